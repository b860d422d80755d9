// From an event to the rows that it changes: its own subject's, and those of everything else that
// it concerns.

#include <algorithm>
#include <set>

#include "engine/app/command/entity.h"
#include "engine/app/command/transaction.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/fold_person.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/fold_proposal.h"
#include "engine/domain/fold_rule.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/names.h"
#include "engine/domain/review_end.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

int64_t Micros(const google::protobuf::Timestamp& time) {
  return absl::ToUnixMicros(FromProto(time));
}

// A spec's place on the time line of those that wait for somebody; 0, so none, for the others.
int64_t WaitsSinceMicros(const v1::Spec& spec) {
  int64_t since_us = 0;
  for (const v1::Attention& entry : spec.attention()) {
    const int64_t entry_us = Micros(entry.since_time());
    since_us = since_us == 0 ? entry_us : std::min(since_us, entry_us);
  }
  return since_us;
}

}  // namespace

absl::Status Transaction::WriteRow(const v1::Event& event, const std::string& subject,
                                   std::string_view kind, std::string area, std::string state,
                                   int64_t sort_us, std::string body) {
  GAVEL_ASSIGN_OR_RETURN(const auto before, FindRow(subject));
  store::EntityRow row;
  row.subject = subject;
  row.kind = before.has_value() ? before->kind : std::string(kind);
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
    return WriteRow(event, subject, "spec", spec.area(), StateName(spec.state()),
                    WaitsSinceMicros(spec), spec.SerializeAsString());
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
    FoldPerson(event, subject.substr(std::string("people/").size()), person);
    person.set_version(event.subject_version());
    return WriteRow(event, subject, "person", "", "", 0, person.SerializeAsString());
  }
  if (StartsWith(subject, "rules/")) {
    GAVEL_ASSIGN_OR_RETURN(v1::RuleRecord rule, Decode<v1::RuleRecord>(subject));
    event.set_subject_version(rule.version() + 1);
    FoldRule(event, rule);
    rule.set_version(event.subject_version());
    return WriteRow(event, subject, "rule", "", "", 0, rule.SerializeAsString());
  }
  if (StartsWith(subject, "areas/")) {
    // Folded below, with everything else that the area's planning remembers.
    GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning, Decode<v1::Planning>(subject));
    event.set_subject_version(planning.version() + 1);
    return absl::OkStatus();
  }
  if (subject == kPolicySubject) {
    GAVEL_ASSIGN_OR_RETURN(const auto before, FindRow(subject));
    event.set_subject_version(before.has_value() ? before->version + 1 : 1);
    return WriteRow(event, subject, "policy", "", "", 0,
                    event.policy_published().SerializeAsString());
  }
  if (StartsWith(subject, "proposals/")) {
    GAVEL_ASSIGN_OR_RETURN(v1::PolicyVersion proposal, Decode<v1::PolicyVersion>(subject));
    GAVEL_ASSIGN_OR_RETURN(const auto before, FindRow(subject));
    event.set_subject_version(before.has_value() ? before->version + 1 : 1);
    FoldProposal(event, proposal);
    return WriteRow(event, subject, "proposal", "", "", 0, proposal.SerializeAsString());
  }
  return MakeError(absl::StatusCode::kInternal, "INTERNAL",
                   fmt::format("Event {} has no foldable subject: `{}`.", event.type(), subject));
}

// How a review ended stands on a time line of its own, and its audit with it.
absl::Status Transaction::FoldReviewEnd(const v1::Event& event) {
  const std::string& decision = event.has_audit_recorded()
                                    ? event.audit_recorded().decision()
                                    : event.decision_recorded().decision().id();
  const std::string subject = ReviewEndSubject(
      event.spec(), event.has_withdrawn() ? std::to_string(event.seq()) : decision);
  v1::ReviewEnd end;
  if (EndsReview(event)) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, Decode<v1::Spec>(event.subject()));
    GAVEL_ASSIGN_OR_RETURN(const v1::RuleRecord rule, Rule(RuleBehind(event)));
    end = ReviewEndOf(event, spec, rule);
  } else {
    GAVEL_ASSIGN_OR_RETURN(end, Decode<v1::ReviewEnd>(subject));
    FoldAudit(event, end);
  }
  return WriteRow(event, subject, "review-end", end.area(), "", Micros(end.time()),
                  end.SerializeAsString());
}

// A rule knows what it approved and what came of it, though the events are the specs'.
absl::Status Transaction::FoldRuleBehind(const v1::Event& event) {
  const std::string subject = RuleSubject(RuleBehind(event));
  GAVEL_ASSIGN_OR_RETURN(v1::RuleRecord rule, Decode<v1::RuleRecord>(subject));
  FoldRule(event, rule);
  return WriteRow(event, subject, "rule", "", "", 0, rule.SerializeAsString());
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
  if (event.has_policy_published() || event.has_policy_approved()) {
    return FoldEditors(event.policy_published().version(), event);
  }
  const bool by_rule = !RuleBehind(event).empty();
  if (EndsReview(event) || by_rule) GAVEL_RETURN_IF_ERROR(FoldReviewEnd(event));
  if (by_rule) GAVEL_RETURN_IF_ERROR(FoldRuleBehind(event));
  if (!ConcernsPlanning(event)) return absl::OkStatus();
  const std::string planning_subject = PlanningSubject(event.area());
  GAVEL_ASSIGN_OR_RETURN(v1::Planning planning, Decode<v1::Planning>(planning_subject));
  FoldPlanning(event, planning);
  planning.set_version(planning.version() + 1);
  return WriteRow(event, planning_subject, "area", event.area(), "", 0,
                  planning.SerializeAsString());
}

// Who changed or approved a change of auto rules is remembered with the person. Rows of one kind
// are told apart by the event that began them, and a publish is one event about many people: so
// whoever approves has a record from that on, and only the publisher's may be new here.
absl::Status Transaction::FoldEditors(const v1::PolicyVersion& version, const v1::Event& event) {
  std::set<std::string> editors;
  if (event.has_policy_approved()) editors.insert(event.actor());
  if (!version.changed_auto_rules().empty()) {
    editors.insert(version.approvers().begin(), version.approvers().end());
    if (version.publisher() != kSystemActor) editors.insert(version.publisher());
  }
  for (const std::string& editor : editors) {
    const std::string subject = PersonSubject(editor);
    GAVEL_ASSIGN_OR_RETURN(v1::PersonRecord person, Decode<v1::PersonRecord>(subject));
    FoldPerson(event, editor, person);
    GAVEL_RETURN_IF_ERROR(
        WriteRow(event, subject, "person", "", "", 0, person.SerializeAsString()));
  }
  return absl::OkStatus();
}

}  // namespace gavel::app
