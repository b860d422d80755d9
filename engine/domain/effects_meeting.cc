// Slots and outcomes: rows 12 to 18 and 29.

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/effects.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel {
namespace {

absl::Status RequireSlot(const Effects& effects, CommandKind kind, const std::string& meeting) {
  if (effects.spec().meeting() == meeting) return absl::OkStatus();
  return GuardFailed(
      effects.spec(), kind,
      fmt::format("it is on {}, not on {}",
                  effects.spec().meeting().empty() ? "no agenda" : effects.spec().meeting(),
                  meeting));
}

// Whether somebody comes shows only once the meeting is live.
absl::Status CheckNoShow(const Effects& effects, CommandKind kind) {
  const v1::Meeting* meeting = effects.situation().meeting;
  if (meeting == nullptr || meeting->state() != v1::Meeting::STATE_LIVE) {
    return GuardFailed(effects.spec(), kind, "whether its presenter comes shows once it is live");
  }
  return absl::OkStatus();
}

v1::Outcome MakeOutcome(const Effects& effects, const v1::RecordOutcomeRequest& request) {
  v1::Outcome outcome;
  outcome.set_kind(request.kind());
  outcome.set_text(request.rationale());
  outcome.set_meeting(effects.spec().meeting());
  outcome.set_recorded_by(effects.actor());
  *outcome.mutable_record_time() = ToProto(effects.now());
  outcome.set_state_before(effects.spec().state());
  *outcome.mutable_queue_before() = effects.spec().queue();
  return outcome;
}

absl::Status CheckCondition(const Effects& effects, const v1::Condition& condition) {
  GAVEL_RETURN_IF_ERROR(
      RequireText("conditions.text", condition.text(), "must say what has to hold"));
  if (!effects.situation().organisation.IsPresent(condition.owner(), effects.now())) {
    return FieldError("conditions.owner",
                      fmt::format("`{}` is not a person of the organisation", condition.owner()));
  }
  if (!condition.has_due() || !IsValidDate(condition.due())) {
    return FieldError("conditions.due", "must be a day that exists");
  }
  const Situation& situation = effects.situation();
  if (ToCivilDay(condition.due()) < situation.calendar().DayOf(situation.now)) {
    return FieldError("conditions.due", "must not lie in the past");
  }
  return absl::OkStatus();
}

// What was asked for in the room, then what reviewers asked for in their positions.
absl::StatusOr<std::vector<v1::Condition>> Conditions(const Effects& effects,
                                                      const v1::RecordOutcomeRequest& request) {
  if (request.kind() == v1::Outcome::KIND_REJECT) return std::vector<v1::Condition>{};
  std::vector<v1::Condition> conditions;
  for (const v1::Condition& asked : request.conditions()) {
    GAVEL_RETURN_IF_ERROR(CheckCondition(effects, asked));
    conditions.push_back(asked);
  }
  for (const v1::Condition& asked : ConditionsOfPositions(effects.situation())) {
    conditions.push_back(asked);
  }
  if (request.kind() == v1::Outcome::KIND_APPROVE_WITH_CONDITIONS && conditions.empty()) {
    return FieldError("conditions",
                      "must name at least one condition with an owner and a due date");
  }
  for (size_t i = 0; i < conditions.size(); ++i) {
    conditions[i].set_id(NextConditionId(effects.spec(), static_cast<int>(i)));
  }
  return conditions;
}

void OverruleBlocks(Effects& effects, const std::string& reason) {
  const v1::Spec before = effects.spec();
  for (const v1::Concern* block : OpenBlocks(before)) {
    effects.Emit([&](v1::Event& event) {
      event.mutable_concern_overruled()->set_concern(block->id());
      event.mutable_concern_overruled()->set_reason(reason);
    });
  }
}

// MEETING, or SPONSOR where a block was overruled. Final once it can be neither contested nor
// undone.
v1::Decision DecisionOfMeeting(const Effects& effects, const v1::RecordOutcomeRequest& request,
                               const std::vector<v1::Condition>& conditions) {
  const Situation& situation = effects.situation();
  const bool rejects = request.kind() == v1::Outcome::KIND_REJECT;
  std::vector<v1::Dissent> overruled;
  if (!rejects) overruled = DissentOf(effects.spec());
  const bool by_sponsor = !overruled.empty();
  v1::Decision decision =
      MakeDecision(situation,
                   rejects ? v1::DECISION_OUTCOME_REJECTED
                           : (conditions.empty() ? v1::DECISION_OUTCOME_APPROVED
                                                 : v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS),
                   by_sponsor ? v1::Decision::AUTHORITY_SPONSOR : v1::Decision::AUTHORITY_MEETING,
                   effects.actor(), request.rationale());
  if (by_sponsor) *decision.mutable_final_time() = ToProto(effects.now() + kUndoWindow);
  decision.set_meeting(effects.spec().meeting());
  decision.mutable_conditions()->Add(conditions.begin(), conditions.end());
  *decision.mutable_dissent() = request.dissent();
  decision.mutable_dissent()->Add(overruled.begin(), overruled.end());
  return decision;
}

// Who presents in the meeting: the delegate where the presenter is known to be away on its day.
std::string PresenterOn(const Situation& situation) {
  const std::string& presenter = situation.spec.presenter();
  const absl::CivilDay day = situation.calendar().DayOf(FromProto(situation.meeting->start_time()));
  const std::string stand_in = StandIn(situation.absences, presenter, day);
  return stand_in.empty() ? presenter : stand_in;
}

}  // namespace

absl::Status AssignSlot(Effects& effects, const Command& command) {
  if (command.kind == CommandKind::kPinToMeeting) {
    GAVEL_RETURN_IF_ERROR(RequireText("reason", command.As<v1::PinToMeetingRequest>().reason()));
  }
  v1::Slot slot;
  if (command.slot != nullptr) slot = *command.slot;
  slot.set_spec(effects.spec().key());
  slot.set_title(effects.spec().title());
  slot.set_presenter(PresenterOn(effects.situation()));
  const std::string meeting = effects.situation().meeting->id();
  effects.Move(v1::Spec::STATE_SCHEDULED, [&](v1::Event& event) {
    event.set_meeting(meeting);
    *event.mutable_slot_assigned()->mutable_slot() = slot;
  });
  return absl::OkStatus();
}

absl::Status ReleaseSlot(Effects& effects, const Command& command) {
  v1::SlotReleased released;
  released.set_reason(command.reason);
  released.set_fault(command.author_fault ? v1::SlotReleased::FAULT_AUTHOR
                                          : v1::SlotReleased::FAULT_ORGANISATION);
  if (command.request != nullptr) {
    const auto& request = command.As<v1::ReleaseSlotRequest>();
    GAVEL_RETURN_IF_ERROR(RequireSlot(effects, command.kind, request.meeting()));
    GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason(), "must say why, in a sentence"));
    released.set_reason(request.reason());
    if (request.fault() != v1::SlotReleased::FAULT_UNSPECIFIED) released.set_fault(request.fault());
    if (request.no_show()) {
      GAVEL_RETURN_IF_ERROR(CheckNoShow(effects, command.kind));
      released.set_fault(v1::SlotReleased::FAULT_AUTHOR);
      released.set_no_show(true);
    }
  }
  effects.Move(v1::Spec::STATE_QUEUED,
               [&](v1::Event& event) { *event.mutable_slot_released() = released; });
  // What reviewers said while it had a slot may have settled it meanwhile.
  return effects.Follow({.kind = CommandKind::kSettle, .actor = std::string(kSystemActor)});
}

absl::Status PullBack(Effects& effects, const Command& command) {
  const std::string reason =
      command.request != nullptr ? command.As<v1::PullBackSpecRequest>().reason() : command.reason;
  if (effects.spec().state() == v1::Spec::STATE_SCHEDULED) {
    effects.Move(v1::Spec::STATE_QUEUED, [&](v1::Event& event) {
      event.mutable_slot_released()->set_reason("pulled back by its author");
      event.mutable_slot_released()->set_fault(v1::SlotReleased::FAULT_AUTHOR);
    });
  }
  effects.Move(v1::Spec::STATE_CHANGES_REQUESTED,
               [&](v1::Event& event) { event.mutable_pulled_back()->set_reason(reason); });
  return absl::OkStatus();
}

absl::Status OpenItem(Effects& effects, const Command& command) {
  GAVEL_RETURN_IF_ERROR(
      RequireSlot(effects, command.kind, command.As<v1::OpenItemRequest>().meeting()));
  const v1::Slot* slot = FindSlot(*effects.situation().meeting, effects.spec().key());
  const int pinned = slot == nullptr ? 0 : slot->revision();
  effects.Move(v1::Spec::STATE_IN_MEETING,
               [&](v1::Event& event) { event.mutable_item_opened()->set_revision(pinned); });
  return absl::OkStatus();
}

absl::Status DecideInMeeting(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::RecordOutcomeRequest>();
  GAVEL_RETURN_IF_ERROR(RequireSlot(effects, command.kind, request.meeting()));
  GAVEL_RETURN_IF_ERROR(
      RequireText("rationale", request.rationale(), "must say why, in a sentence"));
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Condition> conditions, Conditions(effects, request));

  v1::Outcome outcome = MakeOutcome(effects, request);
  const bool rejects = request.kind() == v1::Outcome::KIND_REJECT;
  if (!rejects) OverruleBlocks(effects, request.rationale());
  const v1::Decision decision = DecisionOfMeeting(effects, request, conditions);
  outcome.set_decision(decision.id());
  effects.Move(rejects ? v1::Spec::STATE_REJECTED : v1::Spec::STATE_APPROVED,
               [&](v1::Event& event) {
                 *event.mutable_decision_recorded()->mutable_decision() = decision;
                 *event.mutable_decision_recorded()->mutable_outcome() = outcome;
               });
  return absl::OkStatus();
}

absl::Status RecordOtherOutcome(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::RecordOutcomeRequest>();
  GAVEL_RETURN_IF_ERROR(RequireSlot(effects, command.kind, request.meeting()));
  GAVEL_RETURN_IF_ERROR(RequireText("rationale", request.rationale(),
                                    "must say what is left, to change, or to wait for"));
  v1::Spec::State to = v1::Spec::STATE_QUEUED;
  switch (request.kind()) {
    case v1::Outcome::KIND_CONTINUE:
      break;
    case v1::Outcome::KIND_REVISE:
      to = v1::Spec::STATE_CHANGES_REQUESTED;
      break;
    case v1::Outcome::KIND_DEFER:
      to = v1::Spec::STATE_DEFERRED;
      GAVEL_RETURN_IF_ERROR(CheckDeferral(effects, "deferral", request.deferral()));
      break;
    default:
      return FieldError("kind",
                        "must be APPROVE, APPROVE_WITH_CONDITIONS, REJECT, CONTINUE, REVISE "
                        "or DEFER");
  }
  const v1::Outcome outcome = MakeOutcome(effects, request);
  effects.Move(to, [&](v1::Event& event) {
    v1::OutcomeRecorded& recorded = *event.mutable_outcome_recorded();
    *recorded.mutable_outcome() = outcome;
    if (to != v1::Spec::STATE_DEFERRED) return;
    *recorded.mutable_deferral() = request.deferral();
    if (recorded.deferral().person().empty()) {
      recorded.mutable_deferral()->set_person(effects.spec().authors(0));
    }
  });
  return absl::OkStatus();
}

absl::Status EndOverrun(Effects& effects, const Command&) {
  effects.Move(v1::Spec::STATE_QUEUED, [&](v1::Event& event) { event.mutable_item_overran(); });
  return absl::OkStatus();
}

absl::Status UndoOutcome(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::UndoOutcomeRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason(), "must say why, in a sentence"));
  const v1::Outcome undone = effects.spec().last_outcome();
  if (undone.meeting() != request.meeting()) {
    return GuardFailed(effects.spec(), command.kind,
                       fmt::format("its outcome was recorded in {}", undone.meeting()));
  }
  const v1::Meeting* meeting = effects.situation().meeting;
  const bool live = meeting != nullptr && meeting->state() == v1::Meeting::STATE_LIVE;
  effects.Move(live ? v1::Spec::STATE_SCHEDULED : v1::Spec::STATE_QUEUED, [&](v1::Event& event) {
    event.set_meeting(undone.meeting());
    event.mutable_outcome_undone()->set_reason(request.reason());
    *event.mutable_outcome_undone()->mutable_queue() = undone.queue_before();
  });
  return absl::OkStatus();
}

}  // namespace gavel
