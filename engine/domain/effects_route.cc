// Submitting, routing and settling: rows 3 to 11 and 22.

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/effects.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "engine/domain/settling.h"
#include "engine/domain/spec_errors.h"
#include "engine/domain/turn.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel {
namespace {

Command FollowUp(CommandKind kind, std::string_view actor = kSystemActor) {
  return {.kind = kind, .actor = std::string(actor)};
}

void Evaluate(Effects& effects, const Command& command) {
  effects.Emit([&](v1::Event& event) {
    v1::RulesEvaluated& evaluated = *event.mutable_rules_evaluated();
    *evaluated.mutable_verdict() = *command.verdict;
    evaluated.set_revision(CurrentRevision(effects.spec())->number());
    evaluated.set_record_hash(command.record_hash);
  });
}

// The clock of a review that opens now.
v1::Review OpenClock(const Situation& situation) {
  const BusinessCalendar& calendar = situation.calendar();
  const v1::AreaSettings& settings = situation.settings();
  const absl::Time due = calendar.AddBusinessDays(situation.now, settings.first_position_bd());
  v1::Review review;
  *review.mutable_open_time() = ToProto(situation.now);
  *review.mutable_half_time() = ToProto(situation.now + (due - situation.now) / 2);
  *review.mutable_due_time() = ToProto(due);
  *review.mutable_escalate_time() = ToProto(calendar.AddBusinessDays(due, 1));
  *review.mutable_window_end() =
      ToProto(calendar.AddBusinessDays(situation.now, settings.window_bd()));
  *review.mutable_first_open_time() = situation.spec.review().has_first_open_time()
                                          ? situation.spec.review().first_open_time()
                                          : review.open_time();
  return review;
}

void AskForChanges(Effects& effects, const std::string& reason) {
  std::vector<std::string> waiting;
  for (const v1::Concern* block : OpenBlocks(effects.spec())) {
    if (!IsAnswered(*block)) waiting.push_back(block->id());
  }
  effects.Move(v1::Spec::STATE_CHANGES_REQUESTED, [&](v1::Event& event) {
    event.mutable_changes_requested()->set_reason(reason);
    event.mutable_changes_requested()->mutable_concerns()->Add(waiting.begin(), waiting.end());
  });
}

void EnterQueue(Effects& effects, v1::Queue::Reason reason, const std::string& text) {
  effects.Move(v1::Spec::STATE_QUEUED, [&](v1::Event& event) {
    v1::Queued& queued = *event.mutable_queued();
    queued.set_reason(reason);
    queued.set_text(text);
    // Only a spec that a revision took out of the queue still has an entry; it keeps its place.
    const v1::Queue& left = effects.spec().queue();
    *queued.mutable_since() = left.has_since() ? left.since() : ToProto(effects.now());
  });
}

// Another verdict on the same revision. The author's next submit routes what is with the author.
absl::Status Adopt(Effects& effects, const Command& command) {
  Evaluate(effects, command);
  if (effects.spec().state() == v1::Spec::STATE_CHANGES_REQUESTED) return absl::OkStatus();
  return Reroute(effects, v1::Revision::KIND_MINOR);
}

}  // namespace

absl::Status Submit(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::SubmitSpecRequest>();
  effects.Emit([&](v1::Event& event) {
    v1::SpecSubmitted& submitted = *event.mutable_spec_submitted();
    submitted.set_revision(CurrentRevision(effects.spec())->number());
    submitted.set_facts_unknown(request.facts_unknown());
    submitted.set_wants(request.wants());
    *submitted.mutable_reviewers() = request.reviewers();
  });
  Evaluate(effects, command);
  return effects.Follow(FollowUp(CommandKind::kRoute, kRulesActor));
}

absl::Status Resubmit(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::ResubmitSpecRequest>();
  effects.Emit([&](v1::Event& event) {
    v1::Resubmitted& resubmitted = *event.mutable_resubmitted();
    resubmitted.set_revision(CurrentRevision(effects.spec())->number());
    resubmitted.set_facts_unknown(request.facts_unknown());
    resubmitted.set_wants(request.wants());
    *resubmitted.mutable_reviewers() = request.reviewers();
  });
  Evaluate(effects, command);
  return effects.Follow(FollowUp(CommandKind::kRoute, kRulesActor));
}

absl::Status Resume(Effects& effects, const Command& command) {
  const bool by_timer = command.kind == CommandKind::kWake;
  effects.Emit([&](v1::Event& event) { event.mutable_resumed()->set_wake(by_timer); });
  Evaluate(effects, command);
  return effects.Follow(FollowUp(CommandKind::kRoute, kRulesActor));
}

absl::Status Wake(Effects& effects, const Command& command) {
  const absl::Status staffed = StaffGates(effects.situation(), *command.verdict).status();
  if (command.verdict->author_gate() || staffed.ok()) return Resume(effects, command);
  // Nobody could review it. A refused timer would be due for ever, so its person is told instead.
  effects.Emit([&](v1::Event& event) {
    v1::ReminderSent& sent = *event.mutable_reminder_sent();
    sent.set_kind(command.timer);
    *sent.mutable_due_time() = ToProto(command.due);
    sent.add_people(effects.spec().deferral().person());
    sent.set_text(std::string(staffed.message()));
  });
  return absl::OkStatus();
}

absl::Status AutoApprove(Effects& effects, const Command&) {
  const v1::Verdict& verdict = effects.spec().verdict();
  v1::Decision decision =
      MakeDecision(effects.situation(), v1::DECISION_OUTCOME_APPROVED, v1::Decision::AUTHORITY_RULE,
                   std::string(kRulesActor), verdict.summary());
  decision.set_rule(verdict.auto_rule());
  if (verdict.has_envelope()) *decision.mutable_envelope() = verdict.envelope();
  effects.Emit([&](v1::Event& event) { event.mutable_auto_approved()->set_rule(decision.rule()); });
  effects.Move(v1::Spec::STATE_AUTO_APPROVED, [&](v1::Event& event) {
    *event.mutable_decision_recorded()->mutable_decision() = decision;
  });
  return absl::OkStatus();
}

absl::Status OpenReview(Effects& effects, const Command&) {
  GAVEL_ASSIGN_OR_RETURN(Staffing staffing,
                         StaffGates(effects.situation(), effects.spec().verdict()));
  for (v1::Assignment& assignment : staffing.assignments) assignment.set_lapsed(false);
  const v1::Review review = OpenClock(effects.situation());
  effects.Move(v1::Spec::STATE_ASYNC_REVIEW, [&](v1::Event& event) {
    *event.mutable_review_opened()->mutable_review() = review;
  });
  effects.Emit([&](v1::Event& event) {
    v1::ReviewersAssigned& assigned = *event.mutable_reviewers_assigned();
    assigned.mutable_gates()->Add(staffing.gates.begin(), staffing.gates.end());
    assigned.mutable_assignments()->Add(staffing.assignments.begin(), staffing.assignments.end());
    assigned.mutable_added()->Add(staffing.added.begin(), staffing.added.end());
  });
  return effects.Follow(FollowUp(CommandKind::kSettle));
}

absl::Status ReturnToAuthor(Effects& effects, const Command&) {
  effects.Move(v1::Spec::STATE_CHANGES_REQUESTED, [&](v1::Event& event) {
    *event.mutable_returned_to_author()->mutable_findings() = effects.spec().verdict().findings();
  });
  return absl::OkStatus();
}

absl::Status SettleToChanges(Effects& effects, const Command&) {
  AskForChanges(effects, Settle(effects.situation()).text);
  return absl::OkStatus();
}

absl::Status SettleToQueue(Effects& effects, const Command&) {
  const Settling settling = Settle(effects.situation());
  EnterQueue(effects, settling.reason, settling.text);
  return absl::OkStatus();
}

absl::Status SettleToApproved(Effects& effects, const Command&) {
  const std::vector<v1::Condition> conditions = ConditionsOfPositions(effects.situation());
  v1::Decision decision = MakeDecision(
      effects.situation(),
      conditions.empty() ? v1::DECISION_OUTCOME_APPROVED
                         : v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS,
      v1::Decision::AUTHORITY_ASYNC, std::string(kSystemActor), Settle(effects.situation()).text);
  decision.mutable_conditions()->Add(conditions.begin(), conditions.end());
  const std::vector<v1::Dissent> overruled = DissentOf(effects.spec());
  decision.mutable_dissent()->Add(overruled.begin(), overruled.end());
  effects.Move(v1::Spec::STATE_APPROVED, [&](v1::Event& event) {
    *event.mutable_decision_recorded()->mutable_decision() = decision;
  });
  return MakeFinal(effects, FollowUp(CommandKind::kMakeFinal));
}

absl::Status CloseWindow(Effects& effects, const Command& command) {
  for (const std::string& person : MissingReviewers(effects.spec())) {
    effects.Emit([&](v1::Event& event) { event.mutable_reviewer_lapsed()->set_person(person); });
  }
  v1::Review review = effects.spec().review();
  review.set_window_closed(true);
  effects.Emit(
      [&](v1::Event& event) { *event.mutable_review_window_moved()->mutable_review() = review; });
  GAVEL_RETURN_IF_ERROR(Remind(effects, command));
  return effects.Follow(FollowUp(CommandKind::kSettle));
}

absl::Status AgeAnswer(Effects& effects, const Command&) {
  return effects.Follow(FollowUp(CommandKind::kSettle));
}

absl::Status Remind(Effects& effects, const Command& command) {
  const v1::Turn reminder = ReminderOf(effects.situation(), command.timer);
  effects.Emit([&](v1::Event& event) {
    v1::ReminderSent& sent = *event.mutable_reminder_sent();
    sent.set_kind(command.timer);
    *sent.mutable_due_time() = ToProto(command.due);
    *sent.mutable_people() = reminder.people();
    sent.set_text(reminder.action());
  });
  return absl::OkStatus();
}

absl::Status OverrideRule(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::OverrideRuleRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason()));
  effects.Emit([&](v1::Event& event) {
    v1::RuleOverride& entry = *event.mutable_rule_overridden()->mutable_override();
    entry.set_rule(request.rule());
    entry.set_revision(CurrentRevision(effects.spec())->number());
    entry.set_by(command.actor);
    entry.set_reason(request.reason());
  });
  return Adopt(effects, command);
}

absl::Status Reevaluate(Effects& effects, const Command& command) {
  return Adopt(effects, command);
}

absl::Status RequestChanges(Effects& effects, const Command& command) {
  const std::string& reason = command.As<v1::RequestChangesRequest>().reason();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", reason));
  AskForChanges(effects, reason);
  return absl::OkStatus();
}

absl::Status RequestMeeting(Effects& effects, const Command& command) {
  const std::string& reason = command.As<v1::RequestMeetingRequest>().reason();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", reason));
  EnterQueue(effects, v1::Queue::REASON_REQUESTED, reason);
  return absl::OkStatus();
}

}  // namespace gavel
