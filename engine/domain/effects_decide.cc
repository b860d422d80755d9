// Decisions, and what ends, parks, challenges or replaces them: rows 19 to 25 and 28.

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "engine/domain/effects.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel {
namespace {

void Stay(Effects& effects, const std::string& reason) {
  const v1::Decision* decision = InForce(effects.spec());
  if (decision == nullptr) return;
  const std::string id = decision->id();
  effects.Emit([&](v1::Event& event) {
    event.mutable_decision_stayed()->set_decision(id);
    event.mutable_decision_stayed()->set_reason(reason);
  });
}

// Row 24: the approval is stayed and people look at the spec.
absl::Status Challenge(Effects& effects, const std::string& by, const std::string& reason) {
  effects.Emit([&](v1::Event& event) {
    event.mutable_auto_approval_challenged()->set_reason(reason);
    event.mutable_auto_approval_challenged()->set_by(by);
  });
  Stay(effects, reason);
  return OpenReview(effects, {.kind = CommandKind::kRoute, .actor = std::string(kSystemActor)});
}

absl::Status StopWith(Effects& effects, const std::string& reason, bool stale) {
  if (effects.spec().state() == v1::Spec::STATE_SCHEDULED) {
    effects.Move(v1::Spec::STATE_QUEUED, [&](v1::Event& event) {
      event.mutable_slot_released()->set_reason("withdrawn");
      event.mutable_slot_released()->set_fault(v1::SlotReleased::FAULT_AUTHOR);
    });
  }
  effects.Move(v1::Spec::STATE_WITHDRAWN, [&](v1::Event& event) {
    event.mutable_withdrawn()->set_reason(reason);
    event.mutable_withdrawn()->set_stale(stale);
  });
  return absl::OkStatus();
}

absl::StatusOr<const v1::Condition*> OpenCondition(const Effects& effects, const std::string& id) {
  const v1::Condition* condition = FindCondition(effects.spec(), id);
  if (condition != nullptr) return condition;
  std::vector<std::string> known;
  if (const v1::Decision* decision = InForce(effects.spec())) {
    for (const v1::Condition& each : decision->conditions()) known.push_back(each.id());
  }
  return PartNotFound(effects.spec(), "condition", id, known);
}

std::vector<std::string> AutomaticDecisions(const v1::Spec& spec) {
  std::vector<std::string> ids;
  for (const v1::Decision& decision : spec.decisions()) {
    if (decision.authority() == v1::Decision::AUTHORITY_RULE) ids.push_back(decision.id());
  }
  return ids;
}

}  // namespace

absl::Status Reject(Effects& effects, const Command& command) {
  const std::string& rationale = command.As<v1::RejectSpecRequest>().rationale();
  GAVEL_RETURN_IF_ERROR(RequireText("rationale", rationale, "must say why, in a sentence"));
  const v1::Decision decision =
      MakeDecision(effects.situation(), v1::DECISION_OUTCOME_REJECTED,
                   v1::Decision::AUTHORITY_SPONSOR, command.actor, rationale);
  effects.Move(v1::Spec::STATE_REJECTED, [&](v1::Event& event) {
    *event.mutable_decision_recorded()->mutable_decision() = decision;
  });
  return MakeFinal(effects, command);
}

absl::Status Withdraw(Effects& effects, const Command& command) {
  return StopWith(effects, command.As<v1::WithdrawSpecRequest>().reason(), false);
}

absl::Status WithdrawStale(Effects& effects, const Command&) {
  return StopWith(effects,
                  fmt::format("no word from the author in {} days",
                              effects.situation().settings().withdraw_days()),
                  true);
}

absl::Status CheckDeferral(const Effects& effects, std::string_view field,
                           const v1::Deferral& deferral) {
  GAVEL_RETURN_IF_ERROR(RequireText(fmt::format("{}.waits_for", field), deferral.waits_for(),
                                    "must say what it waits for"));
  if (!IsValidDate(deferral.wake_date())) {
    return FieldError(fmt::format("{}.wake_date", field), "must be a day that exists");
  }
  if (!deferral.person().empty() &&
      !effects.situation().organisation.IsPresent(deferral.person(), effects.now())) {
    return FieldError(fmt::format("{}.person", field),
                      fmt::format("`{}` is not a person of the organisation", deferral.person()));
  }
  return absl::OkStatus();
}

absl::Status Defer(Effects& effects, const Command& command) {
  v1::Deferral deferral = command.As<v1::DeferSpecRequest>().deferral();
  GAVEL_RETURN_IF_ERROR(CheckDeferral(effects, "deferral", deferral));
  if (deferral.person().empty()) deferral.set_person(effects.spec().authors(0));
  effects.Move(v1::Spec::STATE_DEFERRED,
               [&](v1::Event& event) { *event.mutable_deferred()->mutable_deferral() = deferral; });
  return absl::OkStatus();
}

absl::Status Reopen(Effects& effects, const Command& command) {
  const std::string& what_is_new = command.As<v1::ReopenSpecRequest>().what_is_new();
  effects.Move(v1::Spec::STATE_DRAFT,
               [&](v1::Event& event) { event.mutable_reopened()->set_what_is_new(what_is_new); });
  return absl::OkStatus();
}

absl::Status PullIn(Effects& effects, const Command& command) {
  const std::string& reason = command.As<v1::PullInRequest>().reason();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", reason, "must say why, in a sentence"));
  return Challenge(effects, "pull-in", reason);
}

absl::Status RecordAudit(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::RecordAuditRequest>();
  if (request.result() == v1::AuditRecorded::RESULT_UNSPECIFIED) {
    return FieldError("result", "must be FINE, SHOULD_HAVE_BEEN_REVIEWED or HARMFUL");
  }
  const v1::Decision* audited = AuditedDecision(effects.spec(), request.decision());
  if (audited == nullptr && !request.decision().empty()) {
    return PartNotFound(effects.spec(), "automatic decision", request.decision(),
                        AutomaticDecisions(effects.spec()));
  }
  v1::AuditRecorded audit;
  audit.set_result(request.result());
  audit.set_text(request.text());
  if (audited != nullptr) {
    audit.set_decision(audited->id());
    audit.set_rule(audited->rule());
  }
  effects.Emit([&](v1::Event& event) { *event.mutable_audit_recorded() = audit; });
  return absl::OkStatus();
}

absl::Status FailAudit(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::RecordAuditRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must say why, in a sentence"));
  GAVEL_RETURN_IF_ERROR(RecordAudit(effects, command));
  return Challenge(effects, "audit", request.text());
}

absl::Status BreachEnvelope(Effects& effects, const Command& command) {
  return Challenge(effects, "envelope", command.reason);
}

absl::Status Contest(Effects& effects, const Command& command) {
  const std::string& what_is_new = command.As<v1::ContestDecisionRequest>().what_is_new();
  GAVEL_RETURN_IF_ERROR(RequireText("what_is_new", what_is_new, "must say what is new"));
  effects.Emit(
      [&](v1::Event& event) { event.mutable_decision_contested()->set_what_is_new(what_is_new); });
  Stay(effects, what_is_new);
  effects.Move(v1::Spec::STATE_QUEUED, [&](v1::Event& event) {
    event.mutable_queued()->set_reason(v1::Queue::REASON_CONTESTED);
    *event.mutable_queued()->mutable_since() = ToProto(effects.now());
    event.mutable_queued()->set_text(what_is_new);
  });
  return absl::OkStatus();
}

absl::Status Supersede(Effects& effects, const Command& command) {
  effects.Move(v1::Spec::STATE_SUPERSEDED,
               [&](v1::Event& event) { event.mutable_superseded()->set_by(command.reason); });
  return absl::OkStatus();
}

absl::Status MakeFinal(Effects& effects, const Command&) {
  const v1::Decision* decision = InForce(effects.spec());
  if (decision == nullptr || decision->final()) return absl::OkStatus();
  v1::DecisionFinal made;
  made.set_decision(decision->id());
  const bool approves = decision->outcome() != v1::DECISION_OUTCOME_REJECTED;
  if (approves && effects.situation().superseded != nullptr) {
    const auto& named = effects.spec().supersedes();
    for (const v1::Spec& old : *effects.situation().superseded) {
      if (std::find(named.begin(), named.end(), old.key()) == named.end()) continue;
      const bool decided =
          old.state() == v1::Spec::STATE_APPROVED || old.state() == v1::Spec::STATE_AUTO_APPROVED;
      (decided ? made.add_superseded() : made.add_left_alone())->assign(old.key());
    }
  }
  effects.Emit([&](v1::Event& event) { *event.mutable_decision_final() = made; });
  return absl::OkStatus();
}

absl::Status MeetCondition(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::MeetConditionRequest>();
  GAVEL_ASSIGN_OR_RETURN(const v1::Condition* condition,
                         OpenCondition(effects, request.condition()));
  if (condition->owner() != effects.actor()) {
    return MakeError(
        absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
        fmt::format("Only @{} owns the condition {}.", condition->owner(), condition->id()),
        {{"principal", effects.actor()}, {"needs", condition->owner()}});
  }
  if (condition->has_met_time()) return absl::OkStatus();
  effects.Emit([&](v1::Event& event) {
    event.mutable_condition_met()->set_condition(request.condition());
    event.mutable_condition_met()->set_note(request.note());
  });
  return absl::OkStatus();
}

absl::Status ExtendCondition(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::ExtendConditionRequest>();
  if (!request.has_due() || !IsValidDate(request.due())) {
    return FieldError("due", "must be a day that exists");
  }
  GAVEL_RETURN_IF_ERROR(OpenCondition(effects, request.condition()).status());
  effects.Emit([&](v1::Event& event) {
    v1::ConditionExtended& extended = *event.mutable_condition_extended();
    extended.set_condition(request.condition());
    *extended.mutable_due() = request.due();
    extended.set_note(request.note());
  });
  return absl::OkStatus();
}

}  // namespace gavel
