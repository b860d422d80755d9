// Writes the rows of a numbered group into the open transaction of the writing connection.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "engine/store/rows.h"
#include "engine/store/sqlite/connection.h"

namespace gavel::store {

class GroupWriter {
 public:
  // `connection` must be inside a write transaction, and outlive the writer. `before` is the head
  // that the group continues.
  GroupWriter(Connection& connection, const Head& before)
      : database_(connection), seq_(before.seq), expired_us_(before.last_commit_us) {}

  // Writes all of `group` and moves the log's head to `after`. INTERNAL where the group breaks the
  // contract of rows.h; errors of the database. Roll back after any.
  absl::Status Write(const Group& group, const Head& after);

 private:
  absl::Status WriteCommand(const CommandRows& command);
  absl::Status InsertEvent(const EventRow& row);
  absl::Status PutEntity(const EntityRow& row);
  absl::Status InsertEntity(const EntityRow& row);
  absl::Status AddToCount(const EntityRow& row, int64_t difference);
  absl::Status PutBody(const BodyRow& row);
  absl::Status PutPath(const PathRow& row);
  absl::Status PutSearch(const SearchRow& row);
  absl::Status PutTimer(const TimerRow& row);
  absl::Status CancelTimer(const TimerKey& key);
  absl::Status PutReviewCase(const ReviewCaseRow& row);
  absl::Status PutIdempotency(const IdempotencyRow& row);
  absl::Status DeleteExpired();

  Connection& database_;
  int64_t seq_;               // Newest event written.
  const int64_t expired_us_;  // Answers that expire by then are as good as gone.
};

}  // namespace gavel::store
