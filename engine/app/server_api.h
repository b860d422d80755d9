// What a client may want to know about the server, and the development clock.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::app {

// One method per RPC of `gavel.v1.ServerService`; the proto documents each. Thread-safe; blocks up
// to one group commit. `environment` must outlive it.
class ServerApi {
 public:
  explicit ServerApi(Environment& environment) : environment_(environment) {}

  absl::Status GetServerInfo(const Caller& caller, const v1::GetServerInfoRequest& request,
                             v1::GetServerInfoResponse* response);
  absl::Status AdvanceClock(const Caller& caller, const v1::AdvanceClockRequest& request,
                            v1::AdvanceClockResponse* response);

 private:
  Environment& environment_;
};

}  // namespace gavel::app
