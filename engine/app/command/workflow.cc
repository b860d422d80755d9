#include "engine/app/command/workflow.h"

#include <algorithm>
#include <set>

#include "engine/app/command/entity.h"
#include "engine/app/insight/audit_breaker.h"
#include "engine/app/insight/backtest_case.h"
#include "engine/app/meeting/meeting_calendar.h"
#include "engine/app/timer/person_messages.h"
#include "engine/base/status_macros.h"
#include "engine/domain/apply.h"
#include "engine/domain/deadlines.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"
#include "engine/domain/review_end.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

// The meeting a command is about when it names none: the spec's slot, or where it was decided.
std::string OwnMeeting(const v1::Spec& spec) {
  if (!spec.meeting().empty()) return spec.meeting();
  const v1::Decision* decision = InForce(spec);
  return decision == nullptr ? std::string() : decision->meeting();
}

Command BySystem(CommandKind kind, std::string reason = "") {
  Command command{.kind = kind, .actor = std::string(kSystemActor)};
  command.reason = std::move(reason);
  return command;
}

}  // namespace

absl::StatusOr<v1::Spec> Workflow::GetSpec(const std::string& key) const {
  GAVEL_ASSIGN_OR_RETURN(auto spec, transaction_.FindSpec(key));
  if (!spec.has_value()) return SpecNotFound(key);
  return *std::move(spec);
}

absl::StatusOr<v1::Meeting> Workflow::GetMeeting(const std::string& id) const {
  GAVEL_ASSIGN_OR_RETURN(auto meeting, transaction_.FindMeeting(id));
  if (!meeting.has_value()) return MeetingNotFound(id);
  return *std::move(meeting);
}

absl::StatusOr<Absences> Workflow::AbsencesOf(const std::vector<std::string>& people) const {
  Absences absences;
  for (const std::string& person : people) {
    if (absences.count(person) > 0) continue;
    GAVEL_ASSIGN_OR_RETURN(v1::PersonRecord record, transaction_.Person(person));
    if (record.absences().empty()) continue;
    // A delegate may be away as well; the chain is followed once.
    for (const v1::Absence& absence : record.absences()) {
      if (absence.delegate().empty() || absences.count(absence.delegate()) > 0) continue;
      GAVEL_ASSIGN_OR_RETURN(absences[absence.delegate()], transaction_.Person(absence.delegate()));
    }
    absences[person] = std::move(record);
  }
  return absences;
}

absl::StatusOr<Workflow::Surroundings> Workflow::Around(v1::Spec spec, std::string_view meeting,
                                                        const v1::Facts* facts) const {
  Surroundings around;
  const std::string id = meeting.empty() ? OwnMeeting(spec) : std::string(meeting);
  if (!id.empty()) {
    GAVEL_ASSIGN_OR_RETURN(around.meeting, transaction_.FindMeeting(id));
  }
  std::set<std::string> replaced(spec.supersedes().begin(), spec.supersedes().end());
  if (facts != nullptr) replaced.insert(facts->supersedes().begin(), facts->supersedes().end());
  for (const std::string& key : replaced) {
    GAVEL_ASSIGN_OR_RETURN(auto old, transaction_.FindSpec(key));
    if (old.has_value() && key != spec.key()) around.superseded.push_back(*std::move(old));
  }
  std::vector<std::string> people = InvolvedReviewers(organisation(), spec, now());
  people.push_back(spec.presenter());
  std::set<std::string> areas(spec.consulted().begin(), spec.consulted().end());
  areas.insert(spec.area());
  for (const std::string& area : areas) {
    const v1::Area* involved = organisation().FindArea(area);
    if (involved != nullptr) people.push_back(involved->sponsor());
  }
  GAVEL_ASSIGN_OR_RETURN(around.absences, AbsencesOf(people));
  around.spec = std::move(spec);
  return around;
}

Situation Workflow::SituationOf(const Surroundings& surroundings) const {
  return {.spec = surroundings.spec,
          .organisation = organisation(),
          .absences = surroundings.absences,
          .now = now(),
          .meeting = surroundings.meeting.has_value() ? &*surroundings.meeting : nullptr,
          .superseded = &surroundings.superseded};
}

absl::Status Workflow::RunSpec(const std::string& key, const Command& command,
                               std::string_view meeting) {
  v1::Spec spec;
  if (command.kind == CommandKind::kCreateSpec) {
    spec.set_area(command.facts->area());
    // Whose area it is decides who is a member; the authors are the document's.
    *spec.mutable_authors() = command.facts->authors();
  } else {
    GAVEL_ASSIGN_OR_RETURN(spec, GetSpec(key));
  }
  GAVEL_ASSIGN_OR_RETURN(const Surroundings around,
                         Around(std::move(spec), meeting, command.facts));
  if (!meeting.empty() && !around.meeting.has_value()) return MeetingNotFound(meeting);
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Event> events, Apply(SituationOf(around), command));
  for (const v1::Event& event : events) {
    GAVEL_RETURN_IF_ERROR(transaction_.Append(event));
    GAVEL_RETURN_IF_ERROR(KeepReviewCase(*this, event));
  }
  for (const v1::Event& event : events) GAVEL_RETURN_IF_ERROR(Consequences(event));
  return absl::OkStatus();
}

absl::Status Workflow::Consequences(const v1::Event& event) {
  switch (event.payload_case()) {
    case v1::Event::kDecisionFinal:
      for (const std::string& old : event.decision_final().superseded()) {
        GAVEL_RETURN_IF_ERROR(RunSpec(old, BySystem(CommandKind::kSupersede, event.spec())));
      }
      return absl::OkStatus();
    case v1::Event::kDecisionRecorded:
    case v1::Event::kAuditRecorded:
      return RuleBehind(event).empty() ? absl::OkStatus() : CheckBreaker(*this, RuleBehind(event));
    case v1::Event::kSlotReleased:
      GAVEL_RETURN_IF_ERROR(AfterRelease(event));
      break;
    default:
      break;
  }
  const bool queued =
      event.to_state() == v1::Spec::STATE_QUEUED && event.from_state() != event.to_state();
  return queued ? PlanOnDemand(*this, event.area()) : absl::OkStatus();
}

absl::Status Workflow::RunMeeting(const std::string& id, const MeetingCommand& command) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(id));
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning, transaction_.Planning(meeting.area()));
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Event> events,
      ApplyMeeting(
          {.meeting = meeting, .planning = planning, .organisation = organisation(), .now = now()},
          command));
  for (const v1::Event& event : events) GAVEL_RETURN_IF_ERROR(transaction_.Append(event));
  return absl::OkStatus();
}

absl::Status Workflow::SetTimers(const std::string& subject) {
  Deadlines deadlines;
  if (subject.rfind("specs/", 0) == 0) {
    GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, GetSpec(subject.substr(6)));
    GAVEL_ASSIGN_OR_RETURN(const Surroundings around, Around(std::move(spec), "", nullptr));
    deadlines = DeadlinesOf(SituationOf(around));
    GAVEL_RETURN_IF_ERROR(WakeForSpec(*this, SituationOf(around)));
  } else if (subject.rfind("meetings/", 0) == 0) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(subject.substr(9)));
    deadlines = MeetingDeadlinesOf(meeting);
  } else {
    return absl::OkStatus();
  }
  return transaction_.ReplaceTimers(subject, deadlines);
}

absl::Status Workflow::Finish() {
  for (const std::string& subject : transaction_.changed()) {
    GAVEL_RETURN_IF_ERROR(SetTimers(subject));
  }
  return absl::OkStatus();
}

void LogAlerts(const std::vector<std::string>& alerts) {
  for (const std::string& alert : alerts) spdlog::warn("msg=\"{}\"", alert);
}

}  // namespace gavel::app
