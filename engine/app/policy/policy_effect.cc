#include "engine/app/policy/policy_effect.h"

#include "engine/app/verdict/intake.h"
#include "engine/base/status_macros.h"
#include "engine/domain/stricter.h"

namespace gavel::app {
namespace {

// The states in which `Reevaluate` is allowed.
std::vector<v1::Spec::State> InReview() {
  return {v1::Spec::STATE_ASYNC_REVIEW, v1::Spec::STATE_CHANGES_REQUESTED, v1::Spec::STATE_QUEUED};
}

}  // namespace

absl::StatusOr<std::vector<v1::OpenSpecEffect>> EffectOnOpenSpecs(const Workflow& workflow,
                                                                  const LivePolicy& candidate) {
  std::vector<v1::OpenSpecEffect> effects;
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> open,
                         workflow.transaction().Specs("", InReview()));
  for (const v1::Spec& spec : open) {
    GAVEL_ASSIGN_OR_RETURN(
        const Judgement judgement,
        JudgeCurrent(workflow.transaction(), candidate, spec,
                     {.facts_unknown = spec.facts_unknown(), .wants = spec.wants()}));
    if (!IsStricter(judgement.verdict, spec.verdict())) continue;
    v1::OpenSpecEffect effect;
    effect.set_spec(spec.key());
    effect.set_before(spec.verdict().mode());
    effect.set_after(judgement.verdict.mode());
    effect.set_author_gate(judgement.verdict.author_gate());
    effects.push_back(std::move(effect));
  }
  return effects;
}

}  // namespace gavel::app
