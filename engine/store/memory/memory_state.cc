#include "engine/store/memory/memory_state.h"

#include "engine/store/search_words.h"

namespace gavel::store {

int64_t MemoryState::LastVersionOf(std::string_view subject) const {
  const auto found = events_of.find(subject);
  return found == events_of.end() ? 0 : events[found->second.back()]->subject_version;
}

void MemoryState::Apply(const CommandRows& command) {
  for (const EventRow& row : command.events) PutEvent(row);
  for (const EntityRow& row : command.entities) PutEntity(row);
  for (const BodyRow& row : command.bodies) {
    bodies.try_emplace(row.content_hash, std::make_shared<const std::string>(row.bytes));
  }
  for (const PathRow& row : command.paths) paths[{row.repository, row.path}] = row.subject;
  for (const SearchRow& row : command.searches) PutSearch(row);
  for (const TimerRow& row : command.timers_set) PutTimer(row);
  for (const TimerKey& key : command.timers_cancelled) EraseTimer(key);
  for (const ReviewCaseRow& row : command.review_cases) PutReviewCase(row);
  if (command.idempotency.has_value()) {
    const IdempotencyRow& row = *command.idempotency;
    idempotency[{row.principal, row.method, row.request_id}] =
        std::make_shared<const IdempotencyRow>(row);
  }
}

void MemoryState::PutEvent(const EventRow& row) {
  events_of[row.subject].push_back(events.size());
  events.push_back(std::make_shared<const EventRow>(row));
  head.seq = row.seq;
}

void MemoryState::PutEntity(const EntityRow& row) {
  auto& stored = entities[row.subject];
  if (stored) {
    time_line.erase({stored->kind, stored->sort_us, stored->subject});
    --counts[{stored->kind, stored->area}];
  }
  creation_order.try_emplace({row.kind, row.create_seq}, row.subject);
  if (row.sort_us != 0) time_line.emplace(row.kind, row.sort_us, row.subject);
  ++counts[{row.kind, row.area}];
  stored = std::make_shared<const EntityRow>(row);
}

void MemoryState::PutSearch(const SearchRow& row) {
  SearchEntry entry;
  entry.title_words = SearchWords(row.title);
  entry.all_words = SearchWords(row.text);
  entry.all_words.insert(entry.title_words.begin(), entry.title_words.end());
  entry.update_seq = head.seq;
  searches[row.subject] = std::make_shared<const SearchEntry>(std::move(entry));
}

void MemoryState::PutTimer(const TimerRow& row) {
  EraseTimer({row.subject, row.kind});
  timers[{row.subject, row.kind}] = row;
  timers_due.emplace(row.due_us, row.subject, row.kind);
}

void MemoryState::EraseTimer(const TimerKey& key) {
  const auto found = timers.find({key.subject, key.kind});
  if (found == timers.end()) return;
  timers_due.erase({found->second.due_us, key.subject, key.kind});
  timers.erase(found);
}

void MemoryState::PutReviewCase(const ReviewCaseRow& row) {
  const auto [index, inserted] = review_case_of.try_emplace(row.subject, review_cases.size());
  if (inserted) review_cases.emplace_back();
  review_cases[index->second] = std::make_shared<const ReviewCaseRow>(row);
}

}  // namespace gavel::store
