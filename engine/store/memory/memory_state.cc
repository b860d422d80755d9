#include "engine/store/memory/memory_state.h"

#include "engine/base/status_macros.h"
#include "engine/store/search_words.h"
#include "engine/store/store_error.h"
#include "fmt/format.h"

namespace gavel::store {

absl::Status MemoryState::Apply(const CommandRows& command) {
  for (const EventRow& event : command.events) {
    events.push_back(std::make_shared<const EventRow>(event));
    head.seq = event.seq;
  }
  for (const EntityRow& row : command.entities) GAVEL_RETURN_IF_ERROR(PutEntity(row));
  for (const BodyRow& row : command.bodies) {
    bodies.try_emplace(row.content_hash, std::make_shared<const std::string>(row.bytes));
  }
  for (const PathRow& row : command.paths) paths[{row.repository, row.path}] = row.subject;
  for (const SearchRow& row : command.searches) PutSearch(row);
  for (const TimerRow& row : command.timers_set) timers[{row.subject, row.kind}] = row;
  for (const TimerKey& key : command.timers_cancelled) timers.erase({key.subject, key.kind});
  for (const ReviewCaseRow& row : command.review_cases) GAVEL_RETURN_IF_ERROR(PutReviewCase(row));
  if (command.idempotency.has_value()) GAVEL_RETURN_IF_ERROR(PutIdempotency(*command.idempotency));
  return absl::OkStatus();
}

absl::Status MemoryState::PutEntity(const EntityRow& row) {
  auto& stored = entities[row.subject];
  if (stored && (stored->kind != row.kind || stored->create_seq != row.create_seq)) {
    return StoreMisuse(fmt::format("kind or create_seq of {} changed", row.subject));
  }
  const auto [owner, inserted] =
      creation_order.try_emplace({row.kind, row.create_seq}, row.subject);
  if (owner->second != row.subject) {
    return StoreMisuse(
        fmt::format("{} and {} share create_seq {}", owner->second, row.subject, row.create_seq));
  }
  stored = std::make_shared<const EntityRow>(row);
  return absl::OkStatus();
}

absl::Status MemoryState::PutIdempotency(const IdempotencyRow& row) {
  auto& stored = idempotency[{row.principal, row.method, row.request_id}];
  if (stored && stored->expires_us > head.last_commit_us) {
    return StoreMisuse(
        fmt::format("request {} of {} is answered already", row.request_id, row.principal));
  }
  stored = std::make_shared<const IdempotencyRow>(row);
  return absl::OkStatus();
}

void MemoryState::PutSearch(const SearchRow& row) {
  SearchEntry entry;
  entry.title_words = SearchWords(row.title);
  entry.all_words = SearchWords(row.text);
  entry.all_words.insert(entry.title_words.begin(), entry.title_words.end());
  entry.update_seq = head.seq;
  searches[row.subject] = std::make_shared<const SearchEntry>(std::move(entry));
}

absl::Status MemoryState::PutReviewCase(const ReviewCaseRow& row) {
  const auto [index, inserted] = review_case_of.try_emplace(row.subject, review_cases.size());
  if (inserted) review_cases.emplace_back();
  auto& stored = review_cases[index->second];
  if (stored && stored->submitted_day != row.submitted_day) {
    return StoreMisuse(fmt::format("submitted_day of {} changed", row.subject));
  }
  stored = std::make_shared<const ReviewCaseRow>(row);
  return absl::OkStatus();
}

}  // namespace gavel::store
