// A reading of the database inside one transaction.
#pragma once

#include <memory>
#include <optional>

#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/reader_pool.h"
#include "engine/store/sqlite/transaction.h"
#include "engine/store/view.h"

namespace gavel::store {

class SqliteView final : public View {
 public:
  // What the writing connection sees inside its transaction. `connection` must outlive the view.
  static absl::StatusOr<std::unique_ptr<SqliteView>> OfTransaction(Connection& connection);
  // Everything durable now. Gives `reader` back when destroyed.
  static absl::StatusOr<std::unique_ptr<SqliteView>> OfSnapshot(ReaderPool::Lease reader);

  const Head& head() const override { return head_; }
  absl::StatusOr<std::optional<EntityRow>> Entity(std::string_view subject) const override;
  absl::StatusOr<std::vector<EntityRow>> Entities(const EntityQuery& query) const override;
  absl::StatusOr<std::vector<EntityRow>> EntitiesBetween(std::string_view kind,
                                                         std::string_view area, int64_t from_us,
                                                         int64_t to_us, int limit) const override;
  absl::StatusOr<int64_t> CountEntities(std::string_view kind,
                                        std::string_view area) const override;
  absl::StatusOr<std::vector<EventRow>> EventsAfter(int64_t after_seq, int limit) const override;
  absl::StatusOr<std::vector<EventRow>> EventsOf(std::string_view subject, std::string_view type,
                                                 int64_t after_seq, int limit) const override;
  absl::StatusOr<std::optional<std::string>> Body(std::string_view content_hash) const override;
  absl::StatusOr<std::optional<std::string>> SubjectAt(std::string_view repository,
                                                       std::string_view path) const override;
  absl::StatusOr<std::vector<std::string>> Search(const std::vector<std::string>& words,
                                                  int limit) const override;
  absl::StatusOr<std::optional<IdempotencyRow>> Idempotency(
      std::string_view principal, std::string_view method,
      std::string_view request_id) const override;
  absl::StatusOr<std::vector<TimerRow>> DueTimers(int64_t now_us, int limit) const override;
  absl::StatusOr<std::vector<TimerRow>> TimersOf(std::string_view subject) const override;
  absl::StatusOr<std::optional<int64_t>> NextTimer() const override;
  absl::StatusOr<int64_t> CountTimers() const override;
  absl::StatusOr<std::optional<ReviewCaseRow>> ReviewCase(std::string_view subject) const override;
  absl::Status ScanReviewCases(int32_t since_day, int32_t until_day,
                               VisitCase visit) const override;

  // `subject_version` of the newest event of `subject`; 0 when it has none.
  absl::StatusOr<int64_t> LastVersion(std::string_view subject) const;

 private:
  // A borrowed reader inside its read transaction, which ends before the reader is given back.
  struct Snapshot {
    ReaderPool::Lease reader;
    Transaction transaction;
  };

  SqliteView(std::optional<Snapshot> snapshot, Connection& connection, Head head)
      : snapshot_(std::move(snapshot)), connection_(connection), head_(std::move(head)) {}

  const std::optional<Snapshot> snapshot_;  // Empty inside the writer's transaction.
  Connection& connection_;
  const Head head_;
};

}  // namespace gavel::store
