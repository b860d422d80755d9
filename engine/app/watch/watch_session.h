// One watcher's way through the log, pulled step by step: what to send next, and where it stands.
// It holds no events and no view between steps, so a slow watcher costs a few words of memory.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/watch/event_filter.h"
#include "engine/app/watch/watch_batch.h"
#include "engine/store/store.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::app {

// What one watcher is allowed, looked up anew at every step: a role that is taken away takes effect
// within one heartbeat.
struct WatchPermission {
  std::function<absl::Status()> may_watch;
  MaySee may_see;
};

// Single-threaded.
class WatchSession {
 public:
  struct Options {
    int64_t oldest_seq = 1;  // Oldest event the log still holds.
    BatchLimits limits;
  };

  // Starts after the cursor; without one after `after_seq`, where -1 is the newest event. `store`
  // must outlive the session.
  //
  // Errors: those of EventFilter::Compile, DecodeCursor and CheckCursor; INVALID_ARGUMENT
  // `FIELD_INVALID` for `after_seq` below -1, or set beside a cursor; those of `may_watch` and of
  // the store.
  static absl::StatusOr<WatchSession> Open(const store::Store& store,
                                           const v1::WatchEventsRequest& request,
                                           WatchPermission permission, const Options& options);

  // Reads one page. The next response, or nothing where no event of the page matches. Responses
  // abut, across pages that sent nothing as well. Errors: those of the permission and of NextBatch.
  absl::StatusOr<std::optional<v1::WatchEventsResponse>> Step();

  // A heartbeat: no events, and how far the log has been read.
  v1::WatchEventsResponse Heartbeat() { return Respond({}); }

  // True where the last step read the log to its end.
  bool caught_up() const { return caught_up_; }
  // Every event up to here has been read.
  int64_t read_seq() const { return read_seq_; }
  // Where a client goes on that got everything sent so far.
  std::string cursor() const;

 private:
  WatchSession(const store::Store& store, EventFilter filter, WatchPermission permission,
               const Options& options, std::string log_id, int64_t seq)
      : store_(&store),
        filter_(std::move(filter)),
        permission_(std::move(permission)),
        options_(options),
        log_id_(std::move(log_id)),
        sent_seq_(seq),
        read_seq_(seq) {}

  v1::WatchEventsResponse Respond(std::vector<v1::Event> events);

  const store::Store* store_;
  EventFilter filter_;
  WatchPermission permission_;
  Options options_;
  std::string log_id_;
  int64_t sent_seq_;  // `through_seq` of the last response.
  int64_t read_seq_;
  bool caught_up_ = false;
};

}  // namespace gavel::app
