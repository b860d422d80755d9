// What the transport needs to serve WatchEvents: a session per stream, and the hub that wakes it.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/caller.h"
#include "engine/app/watch_hub.h"
#include "engine/app/watch_session.h"
#include "engine/store/store.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::app {

// The promises of time in the watch contract (durability.md 2.6).
struct WatchTiming {
  absl::Duration heartbeat = absl::Seconds(30);       // W6: the longest silence.
  absl::Duration write_patience = absl::Seconds(60);  // Without progress: a slow consumer.
};

// Thread-safe.
class WatchApi {
 public:
  // `store` and `hub` must outlive the api and every session of it.
  WatchApi(const store::Store& store, WatchHub& hub, const WatchTiming& timing,
           const WatchSession::Options& options)
      : store_(store), hub_(hub), timing_(timing), options_(options) {}

  // Everybody who is signed in may watch everything. Blocks for a read. Errors: those of
  // WatchSession::Open.
  absl::StatusOr<WatchSession> Open(const Caller&, const v1::WatchEventsRequest& request) const {
    return WatchSession::Open(store_, request, options_);
  }

  WatchHub& hub() const { return hub_; }
  const WatchTiming& timing() const { return timing_; }

 private:
  const store::Store& store_;
  WatchHub& hub_;
  const WatchTiming timing_;
  const WatchSession::Options options_;
};

}  // namespace gavel::app
