#include "engine/app/transaction.h"

#include <algorithm>

#include "engine/app/entity.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int kPageMax = 1000;

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

int64_t Micros(const google::protobuf::Timestamp& time) {
  return absl::ToUnixMicros(FromProto(time));
}

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

template <typename Message>
absl::StatusOr<Message> Transaction::Decode(const std::string& subject) const {
  GAVEL_ASSIGN_OR_RETURN(const auto row, FindRow(subject));
  Message message;
  if (!row.has_value()) return message;
  if (!message.ParseFromString(row->body)) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     fmt::format("The stored state of {} cannot be read.", subject),
                     {{"subject", subject}});
  }
  return message;
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

absl::StatusOr<std::optional<v1::PolicyPublished>> Transaction::Policy() const {
  GAVEL_ASSIGN_OR_RETURN(const auto row, FindRow(kPolicySubject));
  if (!row.has_value()) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(v1::PolicyPublished published,
                         Decode<v1::PolicyPublished>(std::string(kPolicySubject)));
  return published;
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

absl::StatusOr<std::vector<v1::Meeting>> Transaction::Meetings(std::string_view area,
                                                               absl::Time from,
                                                               absl::Time to) const {
  const int64_t from_us = absl::ToUnixMicros(from);
  const int64_t to_us = absl::ToUnixMicros(to);
  std::vector<store::EntityRow> stored;
  int64_t page_us = from_us;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(std::vector<store::EntityRow> page,
                           view_.EntitiesBetween("meeting", area, page_us, to_us, kPageMax));
    const bool last = static_cast<int>(page.size()) < kPageMax;
    // The next page starts with those of the same start; Rows() keeps each once.
    if (!page.empty()) page_us = page.back().sort_us;
    std::move(page.begin(), page.end(), std::back_inserter(stored));
    if (last) break;
  }
  GAVEL_ASSIGN_OR_RETURN(std::vector<store::EntityRow> rows,
                         Rows(std::move(stored), [&](const store::EntityRow& row) {
                           return row.kind == "meeting" && (area.empty() || row.area == area) &&
                                  from_us <= row.sort_us && row.sort_us < to_us;
                         }));
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.sort_us, a.subject) < std::tie(b.sort_us, b.subject);
  });
  std::vector<v1::Meeting> meetings;
  for (const store::EntityRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, MeetingFromRow(row));
    meetings.push_back(std::move(meeting));
  }
  return meetings;
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

absl::Status Transaction::WriteRow(const v1::Event& event, const std::string& subject,
                                   std::string_view kind, std::string area, std::string state,
                                   int64_t sort_us, std::string body) {
  GAVEL_ASSIGN_OR_RETURN(const auto before, FindRow(subject));
  store::EntityRow row;
  row.subject = subject;
  row.kind = kind;
  row.area = std::move(area);
  row.state = std::move(state);
  row.sort_us = sort_us;
  row.version = before.has_value() ? before->version + 1 : 1;
  row.create_seq = before.has_value() ? before->create_seq : event.seq();
  row.update_seq = event.seq();
  row.row_hash = Sha256(body);
  row.body = std::move(body);
  own_.entities[subject] = std::move(row);
  if (std::find(changed_.begin(), changed_.end(), subject) == changed_.end()) {
    changed_.push_back(subject);
  }
  return absl::OkStatus();
}

absl::Status Transaction::FoldOwnSubject(v1::Event& event) {
  const std::string& subject = event.subject();
  if (StartsWith(subject, "specs/")) {
    GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, Decode<v1::Spec>(subject));
    event.set_subject_version(spec.version() + 1);
    FoldSpec(event, spec);
    spec.set_version(event.subject_version());
    if (spec.create_seq() == 0) spec.set_create_seq(event.seq());
    spec.set_update_seq(event.seq());
    *spec.mutable_update_time() = event.time();
    return WriteRow(event, subject, "spec", spec.area(), StateName(spec.state()), 0,
                    spec.SerializeAsString());
  }
  if (StartsWith(subject, "meetings/")) {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, Decode<v1::Meeting>(subject));
    event.set_subject_version(meeting.version() + 1);
    FoldMeeting(event, meeting);
    meeting.set_version(event.subject_version());
    if (meeting.create_seq() == 0) meeting.set_create_seq(event.seq());
    meeting.set_update_seq(event.seq());
    return WriteRow(event, subject, "meeting", meeting.area(), StateName(meeting.state()),
                    Micros(meeting.start_time()), meeting.SerializeAsString());
  }
  if (StartsWith(subject, "people/")) {
    GAVEL_ASSIGN_OR_RETURN(v1::PersonRecord person, Decode<v1::PersonRecord>(subject));
    event.set_subject_version(person.version() + 1);
    FoldPerson(event, person);
    person.set_version(event.subject_version());
    return WriteRow(event, subject, "person", "", "", 0, person.SerializeAsString());
  }
  if (subject == kPolicySubject) {
    GAVEL_ASSIGN_OR_RETURN(const auto before, FindRow(subject));
    event.set_subject_version(before.has_value() ? before->version + 1 : 1);
    return WriteRow(event, subject, "policy", "", "", 0,
                    event.policy_published().SerializeAsString());
  }
  return MakeError(absl::StatusCode::kInternal, "INTERNAL",
                   fmt::format("Event {} has no foldable subject: `{}`.", event.type(), subject));
}

// A slot belongs to a meeting and is remembered by the planner, though the event is the spec's.
absl::Status Transaction::FoldOtherSubjects(const v1::Event& event) {
  const std::string meeting_subject = MeetingSubject(event.meeting());
  if (ConcernsMeeting(event) && meeting_subject != event.subject()) {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, Decode<v1::Meeting>(meeting_subject));
    FoldMeeting(event, meeting);
    meeting.set_update_seq(event.seq());
    GAVEL_RETURN_IF_ERROR(WriteRow(event, meeting_subject, "meeting", meeting.area(),
                                   StateName(meeting.state()), Micros(meeting.start_time()),
                                   meeting.SerializeAsString()));
  }
  if (!ConcernsPlanning(event)) return absl::OkStatus();
  const std::string planning_subject = PlanningSubject(event.area());
  GAVEL_ASSIGN_OR_RETURN(v1::Planning planning, Decode<v1::Planning>(planning_subject));
  FoldPlanning(event, planning);
  planning.set_version(planning.version() + 1);
  return WriteRow(event, planning_subject, "area", event.area(), "", 0,
                  planning.SerializeAsString());
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

store::CommandRows Transaction::TakeRows() {
  for (const std::string& subject : changed_) rows_.entities.push_back(own_.entities[subject]);
  return std::move(rows_);
}

void Transaction::MergeInto(Overlay& overlay) const {
  for (const auto& [subject, row] : own_.entities) overlay.entities[subject] = row;
  for (const auto& [hash, bytes] : own_.bodies) overlay.bodies[hash] = bytes;
  for (const auto& [key, subject] : own_.paths) overlay.paths[key] = subject;
  for (const auto& [subject, timers] : own_.timers) overlay.timers[subject] = timers;
}

}  // namespace gavel::app
