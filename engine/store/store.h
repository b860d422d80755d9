// The narrow waist between the service and its database. One log, one order: everything a command
// changes becomes durable in one transaction, as the next gap-free sequence numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/store/rows.h"
#include "engine/store/view.h"

namespace gavel::store {

// Thread-safe for reads. `Commit` is called by one thread at a time (the committer).
class Store {
 public:
  virtual ~Store() = default;

  // A read-only, point-in-time view of everything durable. Cheap; do not hold one across network
  // I/O. May be used on one thread at a time and must not outlive the store. Take one view per
  // thread: a back end may have few, and blocks up to 5 s for one to be given back.
  //
  // Errors: UNAVAILABLE (`STORE_UNAVAILABLE`) when there is none in time.
  virtual absl::StatusOr<std::unique_ptr<View>> Read() const = 0;

  // Runs `build` on the newest state and makes the group it returns durable, all or nothing, as the
  // next gap-free sequence numbers. An empty group commits nothing and returns the current head.
  // `build` must be pure: a retry runs it again. Its view lives no longer than the call.
  //
  // The caller chooses the numbers and times, since rows and responses inside the group name them;
  // the store verifies and stamps them. For a command with events,
  //   first_seq = head.seq + 1 + events of the group's earlier commands, and
  //   time_us   > head.last_commit_us and the time of the group's earlier commands,
  // which `max(last + 1, now)` gives. A command without events leaves the head where it stands, and
  // neither its `first_seq` nor its `time_us` is looked at.
  //
  // Blocks for one fsync.
  //
  // Errors: those of `build`, untouched; INTERNAL when the group breaks the contract of rows.h (our
  // bug); RESOURCE_EXHAUSTED (`DISK_FULL`); UNAVAILABLE (`STORE_UNAVAILABLE`); DATA_LOSS
  // (`STORE_CORRUPT`) when the file is damaged. After each of these nothing was written.
  // UNAVAILABLE (`OUTCOME_UNKNOWN`): the group may be durable or not, and every later Commit
  // answers the same until the store is opened again. Clients ask again with the same request_id.
  using Build = absl::FunctionRef<absl::StatusOr<Group>(const View&)>;
  virtual absl::StatusOr<Head> Commit(Build build) = 0;
};

}  // namespace gavel::store
