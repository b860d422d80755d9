#include "engine/store/memory/memory_view.h"

#include <algorithm>
#include <tuple>

#include "engine/base/status_macros.h"
#include "engine/store/page_limit.h"
#include "engine/store/search_words.h"

namespace gavel::store {
namespace {

template <typename Row>
void Truncate(std::vector<Row>& rows, int limit) {
  if (rows.size() > static_cast<size_t>(limit)) rows.resize(static_cast<size_t>(limit));
}

bool InArea(const EntityRow& row, std::string_view area) {
  return area.empty() || row.area == area;
}

bool InStates(const EntityRow& row, const std::vector<std::string>& states) {
  return states.empty() || std::find(states.begin(), states.end(), row.state) != states.end();
}

bool HoldsAll(const std::set<std::string>& words, const std::set<std::string>& wanted) {
  return std::includes(words.begin(), words.end(), wanted.begin(), wanted.end());
}

}  // namespace

absl::StatusOr<std::optional<EntityRow>> MemoryView::Entity(std::string_view subject) const {
  const auto found = state_->entities.find(subject);
  if (found == state_->entities.end()) return std::nullopt;
  return *found->second;
}

absl::StatusOr<std::vector<EntityRow>> MemoryView::Entities(const EntityQuery& query) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(query.limit, kMaxEntities));
  std::vector<EntityRow> rows;
  for (auto it = state_->creation_order.upper_bound({query.kind, query.after_create_seq});
       it != state_->creation_order.end() && it->first.first == query.kind &&
       rows.size() < static_cast<size_t>(query.limit);
       ++it) {
    const EntityRow& row = *state_->entities.at(it->second);
    if (InArea(row, query.area) && InStates(row, query.states)) rows.push_back(row);
  }
  return rows;
}

absl::StatusOr<std::vector<EntityRow>> MemoryView::EntitiesBetween(std::string_view kind,
                                                                   std::string_view area,
                                                                   int64_t from_us, int64_t to_us,
                                                                   int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  std::vector<EntityRow> rows;
  const std::string of_kind(kind);
  for (auto it = state_->time_line.lower_bound({of_kind, from_us, ""});
       it != state_->time_line.end() && rows.size() < static_cast<size_t>(limit); ++it) {
    const auto& [entry_kind, sort_us, subject] = *it;
    if (entry_kind != kind || sort_us >= to_us) break;
    const EntityRow& row = *state_->entities.at(subject);
    if (InArea(row, area)) rows.push_back(row);
  }
  return rows;
}

absl::StatusOr<int64_t> MemoryView::CountEntities(std::string_view kind,
                                                  std::string_view area) const {
  int64_t count = 0;
  for (auto it = state_->counts.lower_bound({std::string(kind), std::string(area)});
       it != state_->counts.end() && it->first.first == kind; ++it) {
    if (area.empty() || it->first.second == area) count += it->second;
    if (!area.empty()) break;
  }
  return count;
}

absl::StatusOr<std::vector<EventRow>> MemoryView::EventsAfter(int64_t after_seq, int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  std::vector<EventRow> rows;
  const auto first = static_cast<size_t>(std::max<int64_t>(after_seq, 0));  // Index of seq + 1.
  for (size_t i = first; i < state_->events.size() && rows.size() < static_cast<size_t>(limit);
       ++i) {
    rows.push_back(*state_->events[i]);
  }
  return rows;
}

absl::StatusOr<std::vector<EventRow>> MemoryView::EventsOf(std::string_view subject,
                                                           std::string_view type, int64_t after_seq,
                                                           int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  std::vector<EventRow> rows;
  const auto indexes = state_->events_of.find(subject);
  if (indexes == state_->events_of.end()) return rows;
  for (const size_t index : indexes->second) {
    if (rows.size() == static_cast<size_t>(limit)) break;
    const EventRow& event = *state_->events[index];
    if (event.seq > after_seq && (type.empty() || event.type == type)) rows.push_back(event);
  }
  return rows;
}

absl::StatusOr<std::optional<std::string>> MemoryView::Body(std::string_view content_hash) const {
  const auto found = state_->bodies.find(content_hash);
  if (found == state_->bodies.end()) return std::nullopt;
  return *found->second;
}

absl::StatusOr<std::optional<std::string>> MemoryView::SubjectAt(std::string_view repository,
                                                                 std::string_view path) const {
  const auto found = state_->paths.find({std::string(repository), std::string(path)});
  if (found == state_->paths.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::vector<std::string>> MemoryView::Search(const std::vector<std::string>& words,
                                                            int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  GAVEL_ASSIGN_OR_RETURN(const std::set<std::string> wanted, QueryWords(words));
  if (wanted.empty()) return std::vector<std::string>();
  // Sorts as the contract says: title hits first, newest first, then by subject.
  std::vector<std::tuple<bool, int64_t, std::string>> hits;
  for (const auto& [subject, entry] : state_->searches) {
    if (!HoldsAll(entry->all_words, wanted)) continue;
    hits.emplace_back(!HoldsAll(entry->title_words, wanted), -entry->update_seq, subject);
  }
  std::sort(hits.begin(), hits.end());
  std::vector<std::string> subjects;
  for (const auto& hit : hits) subjects.push_back(std::get<std::string>(hit));
  Truncate(subjects, limit);
  return subjects;
}

absl::StatusOr<std::optional<IdempotencyRow>> MemoryView::Idempotency(
    std::string_view principal, std::string_view method, std::string_view request_id) const {
  const auto found = state_->idempotency.find(
      {std::string(principal), std::string(method), std::string(request_id)});
  if (found == state_->idempotency.end()) return std::nullopt;
  if (found->second->expires_us <= state_->head.last_commit_us) return std::nullopt;
  return *found->second;
}

absl::StatusOr<std::vector<TimerRow>> MemoryView::DueTimers(int64_t now_us, int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  std::vector<TimerRow> rows;
  for (const auto& [due_us, subject, kind] : state_->timers_due) {
    if (due_us > now_us || rows.size() == static_cast<size_t>(limit)) break;
    rows.push_back(state_->timers.at({subject, kind}));
  }
  return rows;
}

absl::StatusOr<std::vector<TimerRow>> MemoryView::TimersOf(std::string_view subject) const {
  std::vector<TimerRow> rows;
  for (auto it = state_->timers.lower_bound({std::string(subject), ""});
       it != state_->timers.end() && it->first.first == subject; ++it) {
    rows.push_back(it->second);
  }
  return rows;
}

absl::StatusOr<std::optional<int64_t>> MemoryView::NextTimer() const {
  if (state_->timers_due.empty()) return std::nullopt;
  return std::get<int64_t>(*state_->timers_due.begin());
}

absl::StatusOr<int64_t> MemoryView::CountTimers() const {
  return static_cast<int64_t>(state_->timers.size());
}

absl::StatusOr<std::optional<ReviewCaseRow>> MemoryView::ReviewCase(
    std::string_view subject) const {
  const auto found = state_->review_case_of.find(subject);
  if (found == state_->review_case_of.end()) return std::nullopt;
  return *state_->review_cases[found->second];
}

absl::Status MemoryView::ScanReviewCases(int32_t since_day, int32_t until_day,
                                         VisitCase visit) const {
  for (const auto& row : state_->review_cases) {
    if (row->submitted_day < since_day || row->submitted_day > until_day) continue;
    GAVEL_RETURN_IF_ERROR(visit(row->body));
  }
  return absl::OkStatus();
}

}  // namespace gavel::store
