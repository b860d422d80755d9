#include "engine/app/command/transaction.h"

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int kPageMax = 1000;

// The payload as stored: what the columns hold is left out.
std::string StoredPayload(v1::Event event) {
  event.clear_seq();
  event.clear_command_seq();
  event.clear_subject_version();
  event.clear_time();
  return event.SerializeAsString();
}

}  // namespace

Transaction::Transaction(const store::View& view, const Overlay& earlier, int64_t first_seq,
                         absl::Time now)
    : view_(view), earlier_(earlier), first_seq_(first_seq), now_(now), next_seq_(first_seq) {
  rows_.first_seq = first_seq;
  rows_.time_us = absl::ToUnixMicros(now);
}

absl::StatusOr<std::optional<store::EntityRow>> Transaction::FindRow(
    std::string_view subject) const {
  for (const Overlay* overlay : {&own_, &earlier_}) {
    const auto found = overlay->entities.find(subject);
    if (found != overlay->entities.end()) return found->second;
  }
  return view_.Entity(subject);
}

absl::StatusOr<std::optional<v1::Spec>> Transaction::FindSpec(std::string_view key) const {
  GAVEL_ASSIGN_OR_RETURN(const auto row, FindRow(SpecSubject(key)));
  if (!row.has_value()) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, SpecFromRow(*row));
  return spec;
}

absl::StatusOr<std::optional<v1::Meeting>> Transaction::FindMeeting(std::string_view id) const {
  GAVEL_ASSIGN_OR_RETURN(const auto row, FindRow(MeetingSubject(id)));
  if (!row.has_value()) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, MeetingFromRow(*row));
  return meeting;
}

absl::StatusOr<v1::Planning> Transaction::Planning(std::string_view area) const {
  return Decode<v1::Planning>(PlanningSubject(area));
}

absl::StatusOr<v1::PersonRecord> Transaction::Person(std::string_view person) const {
  return Decode<v1::PersonRecord>(PersonSubject(person));
}

absl::StatusOr<v1::RuleRecord> Transaction::Rule(std::string_view rule) const {
  return Decode<v1::RuleRecord>(RuleSubject(rule));
}

absl::StatusOr<std::optional<v1::PolicyPublished>> Transaction::Policy() const {
  GAVEL_ASSIGN_OR_RETURN(const auto row, FindRow(kPolicySubject));
  if (!row.has_value()) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(v1::PolicyPublished published,
                         Decode<v1::PolicyPublished>(std::string(kPolicySubject)));
  return published;
}

absl::StatusOr<v1::PolicyVersion> Transaction::Proposal(std::string_view source_hash) const {
  return Decode<v1::PolicyVersion>(ProposalSubject(source_hash));
}

absl::StatusOr<std::vector<store::EntityRow>> Transaction::Rows(
    std::vector<store::EntityRow> stored,
    const std::function<bool(const store::EntityRow&)>& wanted) const {
  std::map<std::string, store::EntityRow> newest;
  for (store::EntityRow& row : stored) newest[row.subject] = std::move(row);
  for (const Overlay* overlay : {&earlier_, &own_}) {
    for (const auto& [subject, row] : overlay->entities) newest[subject] = row;
  }
  std::vector<store::EntityRow> rows;
  for (auto& [subject, row] : newest) {
    if (wanted(row)) rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<std::vector<v1::Spec>> Transaction::Specs(
    std::string_view area, const std::vector<v1::Spec::State>& states) const {
  store::EntityQuery query;
  query.kind = "spec";
  query.area = area;
  for (const v1::Spec::State state : states) query.states.push_back(StateName(state));
  query.limit = kPageMax;
  std::vector<store::EntityRow> stored;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(std::vector<store::EntityRow> page, view_.Entities(query));
    const bool last = static_cast<int>(page.size()) < query.limit;
    if (!page.empty()) query.after_create_seq = page.back().create_seq;
    std::move(page.begin(), page.end(), std::back_inserter(stored));
    if (last) break;
  }
  GAVEL_ASSIGN_OR_RETURN(
      std::vector<store::EntityRow> rows, Rows(std::move(stored), [&](const store::EntityRow& row) {
        return row.kind == "spec" && (area.empty() || row.area == area) &&
               (query.states.empty() || std::find(query.states.begin(), query.states.end(),
                                                  row.state) != query.states.end());
      }));
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.create_seq < b.create_seq; });
  std::vector<v1::Spec> specs;
  for (const store::EntityRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, SpecFromRow(row));
    specs.push_back(std::move(spec));
  }
  return specs;
}

absl::StatusOr<std::vector<store::EntityRow>> Transaction::RowsBetween(std::string_view kind,
                                                                       std::string_view area,
                                                                       absl::Time from,
                                                                       absl::Time to) const {
  const int64_t from_us = absl::ToUnixMicros(from);
  const int64_t to_us = absl::ToUnixMicros(to);
  std::vector<store::EntityRow> stored;
  int64_t page_us = from_us;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(std::vector<store::EntityRow> page,
                           view_.EntitiesBetween(kind, area, page_us, to_us, kPageMax));
    const bool last = static_cast<int>(page.size()) < kPageMax;
    // The next page starts with those of the same start; Rows() keeps each once.
    if (!page.empty()) page_us = page.back().sort_us;
    std::move(page.begin(), page.end(), std::back_inserter(stored));
    if (last) break;
  }
  GAVEL_ASSIGN_OR_RETURN(std::vector<store::EntityRow> rows,
                         Rows(std::move(stored), [&](const store::EntityRow& row) {
                           return row.kind == kind && (area.empty() || row.area == area) &&
                                  from_us <= row.sort_us && row.sort_us < to_us;
                         }));
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.sort_us, a.subject) < std::tie(b.sort_us, b.subject);
  });
  return rows;
}

absl::StatusOr<std::vector<v1::Spec>> Transaction::WaitingSpecs(std::string_view area) const {
  // A spec that waits for nobody is not on the time line.
  GAVEL_ASSIGN_OR_RETURN(
      const auto rows,
      RowsBetween("spec", area, absl::UnixEpoch() + absl::Seconds(1), absl::InfiniteFuture()));
  std::vector<v1::Spec> specs;
  specs.reserve(rows.size());
  for (const store::EntityRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, SpecFromRow(row));
    specs.push_back(std::move(spec));
  }
  return specs;
}

absl::StatusOr<std::vector<v1::Meeting>> Transaction::Meetings(std::string_view area,
                                                               absl::Time from,
                                                               absl::Time to) const {
  GAVEL_ASSIGN_OR_RETURN(const auto rows, RowsBetween("meeting", area, from, to));
  std::vector<v1::Meeting> meetings;
  for (const store::EntityRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, MeetingFromRow(row));
    meetings.push_back(std::move(meeting));
  }
  return meetings;
}

absl::StatusOr<std::vector<v1::ReviewEnd>> Transaction::ReviewEnds(absl::Time from,
                                                                   absl::Time to) const {
  GAVEL_ASSIGN_OR_RETURN(const auto rows, RowsBetween("review-end", "", from, to));
  std::vector<v1::ReviewEnd> ends;
  ends.reserve(rows.size());
  for (const store::EntityRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::ReviewEnd end, ParseRow<v1::ReviewEnd>(row));
    ends.push_back(std::move(end));
  }
  return ends;
}

absl::StatusOr<std::optional<std::string>> Transaction::Body(std::string_view content_hash) const {
  for (const Overlay* overlay : {&own_, &earlier_}) {
    const auto found = overlay->bodies.find(content_hash);
    if (found != overlay->bodies.end()) return found->second;
  }
  return view_.Body(content_hash);
}

absl::StatusOr<std::optional<std::string>> Transaction::SubjectAt(std::string_view repository,
                                                                  std::string_view path) const {
  const std::pair<std::string, std::string> key(repository, path);
  for (const Overlay* overlay : {&own_, &earlier_}) {
    const auto found = overlay->paths.find(key);
    if (found != overlay->paths.end()) return found->second;
  }
  return view_.SubjectAt(repository, path);
}

absl::StatusOr<int64_t> Transaction::CountSpecs(std::string_view area) const {
  GAVEL_ASSIGN_OR_RETURN(int64_t count, view_.CountEntities("spec", area));
  for (const auto& [subject, row] : earlier_.entities) {
    const bool is_new = row.create_seq > view_.head().seq;
    if (row.kind == "spec" && row.area == area && is_new) ++count;
  }
  for (const auto& [subject, row] : own_.entities) {
    const bool is_new = row.create_seq >= first_seq_;
    if (row.kind == "spec" && row.area == area && is_new) ++count;
  }
  return count;
}

absl::Status Transaction::Append(v1::Event event) {
  event.set_seq(next_seq_++);
  event.set_command_seq(first_seq_);
  *event.mutable_time() = ToProto(now_);
  if (event.type().empty()) {
    const auto* field = v1::Event::descriptor()->FindFieldByNumber(event.payload_case());
    event.set_type(field == nullptr ? "" : field->message_type()->name());
  }
  GAVEL_RETURN_IF_ERROR(FoldOwnSubject(event));
  GAVEL_RETURN_IF_ERROR(FoldOtherSubjects(event));

  store::EventRow row;
  row.seq = event.seq();
  row.command_seq = event.command_seq();
  row.subject = event.subject();
  row.subject_version = event.subject_version();
  row.type = event.type();
  row.time_us = rows_.time_us;
  row.actor = event.actor();
  row.payload = StoredPayload(std::move(event));
  rows_.events.push_back(std::move(row));
  return absl::OkStatus();
}

void Transaction::PutBody(std::string content_hash, std::string bytes) {
  own_.bodies[content_hash] = bytes;
  rows_.bodies.push_back({std::move(content_hash), std::move(bytes)});
}

void Transaction::PutPath(std::string repository, std::string path, std::string subject) {
  own_.paths[{repository, path}] = subject;
  rows_.paths.push_back({std::move(repository), std::move(path), std::move(subject)});
}

void Transaction::PutSearch(std::string subject, std::string title, std::string text) {
  rows_.searches.push_back({std::move(subject), std::move(title), std::move(text)});
}

absl::StatusOr<v1::ReviewCase> Transaction::ReviewCase(const std::string& subject) const {
  std::optional<store::ReviewCaseRow> row;
  for (const Overlay* overlay : {&earlier_, &own_}) {
    const auto found = overlay->review_cases.find(subject);
    if (found != overlay->review_cases.end()) row = found->second;
  }
  if (!row.has_value()) {
    GAVEL_ASSIGN_OR_RETURN(row, view_.ReviewCase(subject));
  }
  v1::ReviewCase review;
  if (!row.has_value() || review.ParseFromString(row->body)) return review;
  return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                   fmt::format("The review case of {} cannot be read.", subject),
                   {{"subject", subject}});
}

void Transaction::PutReviewCase(const std::string& subject, const v1::ReviewCase& review) {
  own_.review_cases[subject] = {subject, review.submitted_day(), review.SerializeAsString()};
}

absl::StatusOr<std::map<std::string, store::TimerRow>> Transaction::TimersOf(
    const std::string& subject) const {
  for (const Overlay* overlay : {&own_, &earlier_}) {
    const auto found = overlay->timers.find(subject);
    if (found != overlay->timers.end()) return found->second;
  }
  GAVEL_ASSIGN_OR_RETURN(const std::vector<store::TimerRow> stored, view_.TimersOf(subject));
  std::map<std::string, store::TimerRow> timers;
  for (const store::TimerRow& timer : stored) timers[timer.kind] = timer;
  return timers;
}

absl::Status Transaction::ReplaceTimers(const std::string& subject,
                                        const std::map<std::string, absl::Time>& timers) {
  GAVEL_ASSIGN_OR_RETURN(const auto before, TimersOf(subject));
  std::map<std::string, store::TimerRow> after;
  for (const auto& [kind, due] : timers) {
    const auto old = before.find(kind);
    store::TimerRow row{subject, kind, absl::ToUnixMicros(due), 1};
    if (old != before.end()) row.generation = old->second.generation;
    const bool unchanged = old != before.end() && old->second.due_us == row.due_us;
    if (!unchanged && old != before.end()) ++row.generation;
    if (!unchanged) rows_.timers_set.push_back(row);
    after[kind] = std::move(row);
  }
  for (const auto& [kind, row] : before) {
    if (after.count(kind) == 0) rows_.timers_cancelled.push_back({subject, kind});
  }
  own_.timers[subject] = std::move(after);
  return absl::OkStatus();
}

bool Transaction::empty() const {
  return rows_.events.empty() && rows_.bodies.empty() && own_.review_cases.empty() &&
         rows_.timers_set.empty() && rows_.timers_cancelled.empty();
}

store::CommandRows Transaction::TakeRows() {
  for (const std::string& subject : changed_) rows_.entities.push_back(own_.entities[subject]);
  for (const auto& [subject, row] : own_.review_cases) rows_.review_cases.push_back(row);
  return std::move(rows_);
}

void Transaction::MergeInto(Overlay& overlay) const {
  for (const auto& [subject, row] : own_.entities) overlay.entities[subject] = row;
  for (const auto& [hash, bytes] : own_.bodies) overlay.bodies[hash] = bytes;
  for (const auto& [key, subject] : own_.paths) overlay.paths[key] = subject;
  for (const auto& [subject, timers] : own_.timers) overlay.timers[subject] = timers;
  for (const auto& [subject, row] : own_.review_cases) overlay.review_cases[subject] = row;
}

}  // namespace gavel::app
