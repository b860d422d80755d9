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

void Evaluate(Effects& effects, const v1::Verdict& verdict) {
  effects.Emit([&](v1::Event& event) {
    *event.mutable_rules_evaluated()->mutable_verdict() = verdict;
    event.mutable_rules_evaluated()->set_revision(CurrentRevision(effects.spec())->number());
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
    // A spec that returns to the queue for the verdict keeps its place in it.
    const bool returns = effects.spec().queue().has_since() &&
                         effects.spec().queue().reason() == v1::Queue::REASON_VERDICT &&
                         reason == v1::Queue::REASON_VERDICT;
    *queued.mutable_since() = returns ? effects.spec().queue().since() : ToProto(effects.now());
  });
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
  Evaluate(effects, *command.verdict);
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
  Evaluate(effects, *command.verdict);
  return effects.Follow(FollowUp(CommandKind::kRoute, kRulesActor));
}

absl::Status Resume(Effects& effects, const Command& command) {
  effects.Emit([&](v1::Event& event) {
    event.mutable_resumed()->set_wake(command.kind == CommandKind::kWake);
  });
  Evaluate(effects, *command.verdict);
  return effects.Follow(FollowUp(CommandKind::kRoute, kRulesActor));
}

absl::Status AutoApprove(Effects& effects, const Command&) {
  const v1::Verdict& verdict = effects.spec().verdict();
  const v1::Decision decision =
      MakeDecision(effects.situation(), v1::DECISION_OUTCOME_APPROVED, v1::Decision::AUTHORITY_RULE,
                   std::string(kRulesActor), verdict.summary());
  effects.Emit([&](v1::Event& event) { event.mutable_auto_approved()->set_rule(verdict.auto_rule()); });
  effects.Move(v1::Spec::STATE_AUTO_APPROVED, [&](v1::Event& event) {
    *event.mutable_decision_recorded()->mutable_decision() = decision;
    event.mutable_decision_recorded()->mutable_decision()->set_rule(effects.spec().verdict().auto_rule());
  });
  return absl::OkStatus();
}

absl::Status OpenReview(Effects& effects, const Command&) {
  GAVEL_ASSIGN_OR_RETURN(Staffing staffing,
                         StaffGates(effects.situation(), effects.spec().verdict()));
  for (v1::Assignment& assignment : staffing.assignments) assignment.set_lapsed(false);
  const v1::Review review = OpenClock(effects.situation());
  effects.Move(v1::Spec::STATE_ASYNC_REVIEW,
               [&](v1::Event& event) { *event.mutable_review_opened()->mutable_review() = review; });
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
  effects.Emit([&](v1::Event& event) { *event.mutable_review_window_moved()->mutable_review() = review; });
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
  Evaluate(effects, *command.verdict);
  const v1::Spec::State state = effects.spec().state();
  if (state == v1::Spec::STATE_CHANGES_REQUESTED) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(effects.Follow(FollowUp(CommandKind::kReroute)));
  return effects.Follow(FollowUp(CommandKind::kSettle));
}

absl::Status Reevaluate(Effects& effects, const Command& command) {
  Evaluate(effects, *command.verdict);
  if (effects.spec().state() == v1::Spec::STATE_CHANGES_REQUESTED) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(effects.Follow(FollowUp(CommandKind::kReroute)));
  return effects.Follow(FollowUp(CommandKind::kSettle));
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
