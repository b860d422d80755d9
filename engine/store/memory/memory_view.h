// A reading of one MemoryState.
#pragma once

#include <memory>

#include "engine/store/memory/memory_state.h"
#include "engine/store/view.h"

namespace gavel::store {

class MemoryView final : public View {
 public:
  // The view keeps `state` alive; nobody may change it any more.
  explicit MemoryView(std::shared_ptr<const MemoryState> state) : state_(std::move(state)) {}

  const Head& head() const override { return state_->head; }
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

 private:
  const std::shared_ptr<const MemoryState> state_;
};

}  // namespace gavel::store
