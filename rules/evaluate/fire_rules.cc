#include <fmt/format.h>

#include <algorithm>

#include "engine/base/contains.h"
#include "rules/date.h"
#include "rules/evaluate/firing.h"
#include "rules/evaluate/leaf.h"
#include "rules/evaluate/run.h"
#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

v1::RuleResult::Effect EffectOf(const v1::Rule& rule) {
  switch (rule.effect_case()) {
    case v1::Rule::kAutoApprove:
      return v1::RuleResult::EFFECT_AUTO_APPROVE;
    case v1::Rule::kRequire:
      return v1::RuleResult::EFFECT_REQUIRE;
    case v1::Rule::kNeedsAuthor:
      return v1::RuleResult::EFFECT_NEEDS_AUTHOR;
    case v1::Rule::kFlag:
      return v1::RuleResult::EFFECT_FLAG;
    case v1::Rule::EFFECT_NOT_SET:
      break;
  }
  return v1::RuleResult::EFFECT_UNSPECIFIED;
}

// Approval needs certainty; asking for people or for the author does not.
bool Fires(v1::RuleResult::Effect effect, v1::Truth truth) {
  if (truth == v1::TRUTH_TRUE) return true;
  return truth == v1::TRUTH_UNKNOWN && (effect == v1::RuleResult::EFFECT_REQUIRE ||
                                        effect == v1::RuleResult::EFFECT_NEEDS_AUTHOR);
}

// Why a rule does not count whose condition is met, or in shadow cannot be told.
v1::RuleResult::Suspension SuspensionOf(const v1::Rule& rule, bool fired, v1::Truth truth,
                                        const EvaluateInputs& inputs) {
  if (rule.state() == v1::Rule::STATE_SHADOW && truth != v1::TRUTH_FALSE)
    return v1::RuleResult::SUSPENSION_NOT_ENFORCED;
  if (!fired) return v1::RuleResult::SUSPENSION_UNSPECIFIED;
  if (Contains(inputs.overridden, rule.id())) return v1::RuleResult::SUSPENSION_OVERRIDDEN;
  if (!rule.has_auto_approve()) return v1::RuleResult::SUSPENSION_UNSPECIFIED;
  if (CompareDates(inputs.as_of, rule.review_by()) > 0) return v1::RuleResult::SUSPENSION_EXPIRED;
  if (Contains(inputs.breaker_open, rule.id())) return v1::RuleResult::SUSPENSION_BREAKER_OPEN;
  return v1::RuleResult::SUSPENSION_UNSPECIFIED;
}

void Explain(const Program& program, const Outcome& outcome, const FactTable& facts,
             const Policy& policy, const v1::Date& as_of, Firing& firing) {
  for (size_t i = 0; i < program.leaves.size(); ++i) {
    const Leaf& leaf = program.leaves[i];
    const FieldValue& value = facts[leaf.field];
    const std::string field(InfoOf(leaf.field).name);
    v1::LeafResult& result = *firing.result.add_leaves();
    result.set_path(leaf.path);
    result.set_field(field);
    result.set_op(std::string(OpWord(leaf.op)));
    result.set_want(WantText(leaf, policy, as_of));
    result.set_got(value.shown);
    result.set_truth(outcome.leaves[i]);
    result.set_from(value.from);
    if ((outcome.undecided >> i & 1) == 0) continue;
    const auto& told = firing.result.could_not_tell();
    if (std::find(told.begin(), told.end(), field) == told.end())
      firing.result.add_could_not_tell(field);
    const std::string key(InfoOf(leaf.field).key);
    if (value.knowledge == Knowledge::kMissing && !Contains(firing.missing_keys, key)) {
      firing.missing_keys.push_back(key);
    }
  }
}

// What kept an approval from being certain: the first test that failed, else the first unknown one.
std::string ObstacleOf(const Program& program, const Outcome& outcome, const FactTable& facts,
                       const Policy& policy, const v1::Date& as_of) {
  for (const v1::Truth truth : {v1::TRUTH_FALSE, v1::TRUTH_UNKNOWN}) {
    const auto found = std::find(outcome.leaves.begin(), outcome.leaves.end(), truth);
    if (found == outcome.leaves.end()) continue;
    const Leaf& leaf = program.leaves[static_cast<size_t>(found - outcome.leaves.begin())];
    return ObstacleText(leaf, facts[leaf.field], policy, as_of);
  }
  return {};
}

void Require(const v1::Require& require, Firing& firing) {
  firing.mode = require.mode();
  firing.area = require.area();
  for (const v1::RequiredReviewers& wanted : require.reviewers()) {
    v1::ReviewerClause& clause = firing.reviewers.emplace_back();
    clause.set_from(wanted.from());
    clause.set_count(wanted.count());
    clause.set_rule(firing.result.id());
  }
}

void ReturnToAuthor(const v1::NeedsAuthor& needs, Firing& firing) {
  const FieldInfo* const field = FindField(needs.field());
  const std::string place =
      field != nullptr ? fmt::format("front_matter.{}", field->key) : needs.section();
  firing.findings.push_back(MakeFinding("GV222", place, needs.message()));
}

Firing FireRule(const v1::Rule& rule, const Program& program, const Policy& policy,
                const FactTable& facts, const EvaluateInputs& inputs) {
  const Outcome outcome = RunProgram(program, facts, policy.catalog_index(), inputs.as_of);
  Firing firing;
  firing.rule = &rule;
  firing.enforced = rule.state() == v1::Rule::STATE_ENFORCE;
  firing.result.set_id(rule.id());
  firing.result.set_title(rule.title());
  firing.result.set_why(rule.why());
  firing.result.set_effect(EffectOf(rule));
  firing.result.set_truth(outcome.truth);
  firing.fired = Fires(firing.result.effect(), outcome.truth);
  firing.result.set_suspension(SuspensionOf(rule, firing.fired, outcome.truth, inputs));
  Explain(program, outcome, facts, policy, inputs.as_of, firing);
  if (rule.has_auto_approve() && outcome.truth != v1::TRUTH_TRUE) {
    firing.obstacle = ObstacleOf(program, outcome, facts, policy, inputs.as_of);
  }
  if (rule.has_require()) Require(rule.require(), firing);
  if (rule.has_needs_author()) ReturnToAuthor(rule.needs_author(), firing);
  firing.reason = Decapitalized(rule.title());
  if (outcome.truth == v1::TRUTH_UNKNOWN) {
    const auto& told = firing.result.could_not_tell();
    firing.reason += fmt::format(" (could not tell: {})", fmt::join(told, ", "));
  }
  return firing;
}

}  // namespace

std::vector<Firing> FireRules(const Policy& policy, const FactTable& facts,
                              const EvaluateInputs& inputs, const Mutation* mutation) {
  std::vector<Firing> firings;
  for (size_t i = 0; i < policy.rules().size(); ++i) {
    const CompiledRule& compiled = policy.rules()[i];
    const v1::Rule::State state = compiled.rule.state();
    if (state != v1::Rule::STATE_ENFORCE && state != v1::Rule::STATE_SHADOW) continue;
    const bool mutated = mutation != nullptr && mutation->rule == i;
    firings.push_back(FireRule(compiled.rule, mutated ? mutation->condition : compiled.program,
                               policy, facts, inputs));
  }
  return firings;
}

}  // namespace gavel::rules
