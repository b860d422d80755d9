// What the transport needs to serve WatchEvents: a session per stream, and the hub that wakes it.
#pragma once

#include <functional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/command/caller.h"
#include "engine/app/watch/watch_hub.h"
#include "engine/app/watch/watch_session.h"
#include "engine/store/store.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::app {

// The promises of time in the watch contract (durability.md 2.6).
struct WatchTiming {
  absl::Duration heartbeat = absl::Seconds(30);       // W6: the longest silence.
  absl::Duration write_patience = absl::Seconds(60);  // Without progress: a slow consumer.
};

// The permission of one caller.
using PermissionOf = std::function<WatchPermission(const Caller&)>;

// Thread-safe.
class WatchApi {
 public:
  // `store`, `hub` and what `permission_of` refers to must outlive the api and every session of it.
  WatchApi(const store::Store& store, WatchHub& hub, PermissionOf permission_of,
           const WatchTiming& timing, const WatchSession::Options& options)
      : store_(store),
        hub_(hub),
        permission_of_(std::move(permission_of)),
        timing_(timing),
        options_(options) {}

  // Blocks for a read. Errors: those of WatchSession::Open.
  absl::StatusOr<WatchSession> Open(const Caller& caller,
                                    const v1::WatchEventsRequest& request) const {
    return WatchSession::Open(store_, request, permission_of_(caller), options_);
  }

  WatchHub& hub() const { return hub_; }
  const WatchTiming& timing() const { return timing_; }

 private:
  const store::Store& store_;
  WatchHub& hub_;
  const PermissionOf permission_of_;
  const WatchTiming timing_;
  const WatchSession::Options options_;
};

}  // namespace gavel::app
