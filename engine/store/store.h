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

  // A read-only, point-in-time view. Cheap; do not hold one across network I/O. May be used on one
  // thread at a time and must not outlive the store.
  virtual absl::StatusOr<std::unique_ptr<View>> Read() const = 0;

  // Runs `build` on the newest state and makes the group it returns durable, all or nothing. An
  // empty group commits nothing and returns the current head. `build` must be pure: a retry runs
  // it again.
  //
  // The store numbers the events: the first one gets `head.seq + 1`, and each command of the group
  // gets its own time, `max(last_commit_us + 1, command.time_us)`, so that commit times strictly
  // increase from command to command. `Group::commands[i].first_seq` must already say the number
  // its first event will get (`view.head().seq + 1 + events before it`); a mismatch is an
  // assertion, since rows and responses inside the group name it.
  //
  // Errors: those of `build`, untouched; UNAVAILABLE (`OUTCOME_UNKNOWN`) when the outcome is
  // unknown (ask again with the same request_id); RESOURCE_EXHAUSTED (`DISK_FULL`) when the disk is
  // full, with nothing written; DATA_LOSS (`STORE_CORRUPT`) when the file is damaged.
  using Build = absl::FunctionRef<absl::StatusOr<Group>(const View&)>;
  virtual absl::StatusOr<Head> Commit(Build build) = 0;
};

}  // namespace gavel::store
