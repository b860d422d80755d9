// Whether the review works.
#pragma once

#include <cstdint>
#include <mutex>

#include "absl/status/status.h"
#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "engine/domain/health/health_fold.h"
#include "gavel/v1/health_service.pb.h"

namespace gavel::app {

// One method per RPC of `gavel.v1.HealthService`; the proto documents each. Thread-safe.
// `environment` must outlive it.
//
// The log is read once: the first report folds all of it, each later one only what is new. Reading
// is by pages, each through a view of its own, so that nobody who writes or reads waits for it;
// two reports at a time wait for each other.
class HealthApi {
 public:
  explicit HealthApi(Environment& environment) : environment_(environment) {}

  absl::Status GetHealth(const Caller& caller, const v1::GetHealthRequest& request,
                         v1::GetHealthResponse* response);

 private:
  // Folds what was written since; under `mutex_`.
  absl::Status CatchUp();

  Environment& environment_;
  std::mutex mutex_;
  health::HealthFold fold_;
  int64_t seq_ = 0;  // Of the newest event folded.
};

}  // namespace gavel::app
