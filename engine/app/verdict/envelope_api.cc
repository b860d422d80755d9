// What is about to be built, compared with what a rule approved.

#include <algorithm>

#include "engine/app/command/run_command.h"
#include "engine/app/policy/rules_api.h"
#include "engine/app/verdict/evidence.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/domain/decision.h"
#include "fmt/format.h"
#include "rules/detect/envelope.h"

namespace gavel::app {
namespace {

// A sentence for the spec's history, not the whole list.
constexpr int kBreachesNamed = 3;

// The automatic approval that holds, or that is challenged already.
absl::StatusOr<v1::Decision> ApprovalOf(const v1::Spec& spec) {
  for (const v1::Decision* decision : {InForce(spec), Stayed(spec)}) {
    if (decision != nullptr && decision->has_envelope()) return *decision;
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, "NO_ENVELOPE",
                   fmt::format("No automatic approval of {} holds, so there is no envelope to "
                               "compare with.",
                               spec.key()),
                   {{"spec", spec.key()}});
}

std::string BreachText(const v1::CheckEnvelopeResponse& checked) {
  std::string text = "Outside what was approved: ";
  const int named = std::min(checked.breaches_size(), kBreachesNamed);
  for (int i = 0; i < named; ++i) {
    text += (i > 0 ? " " : "") + checked.breaches(i).message();
  }
  if (checked.breaches_size() > named) {
    text += fmt::format(" And {} more.", checked.breaches_size() - named);
  }
  return text;
}

}  // namespace

absl::Status RulesApi::CheckEnvelope(const Caller& caller, const v1::CheckEnvelopeRequest& request,
                                     v1::CheckEnvelopeResponse* response) {
  v1::CheckEnvelopeResponse checked;
  std::string decision;
  // Reading a plan takes time, which no other command should wait for.
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(request.spec()));
        GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
        GAVEL_ASSIGN_OR_RETURN(const v1::Decision approval, ApprovalOf(spec));
        GAVEL_ASSIGN_OR_RETURN(const Evidence evidence, EvidenceOf(request.evidence()));
        const rules::EnvelopeResult result = rules::CheckEnvelope(
            approval.envelope(), *workflow.policy().rules, evidence, DateOf(workflow.now()));
        decision = approval.id();
        checked.set_inside(result.inside());
        *checked.mutable_envelope() = approval.envelope();
        checked.mutable_breaches()->Add(result.breaches.begin(), result.breaches.end());
        checked.mutable_warnings()->Add(result.warnings.begin(), result.warnings.end());
        return absl::OkStatus();
      }));
  if (!request.report() || checked.inside()) {
    *response = std::move(checked);
    return absl::OkStatus();
  }
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::CheckEnvelopeResponse& answer) -> absl::Status {
        answer = checked;
        GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(request.spec()));
        const v1::Decision* holds = InForce(spec);
        // Challenged before, or decided anew meanwhile: nothing is left to challenge.
        if (holds == nullptr || holds->id() != decision) return absl::OkStatus();
        Command breach{.kind = CommandKind::kBreachEnvelope, .actor = std::string(kSystemActor)};
        breach.reason = fmt::format("{} Reported by @{}.", BreachText(checked), caller.principal);
        answer.set_reported(true);
        return workflow.RunSpec(spec.key(), breach);
      });
}

}  // namespace gavel::app
