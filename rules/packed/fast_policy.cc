#include "rules/packed/fast_policy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "rules/evaluate.h"
#include "rules/packed/condition_plan.h"
#include "rules/packed/digest.h"
#include "rules/packed/known_names.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

constexpr uint32_t kNoArea = NameTable::kNone;

constexpr uint32_t BitOf(Builtin builtin) { return 1u << static_cast<unsigned>(builtin); }

constexpr uint32_t kGateBuiltins = BitOf(Builtin::kDependenciesNotStated) |
                                   BitOf(Builtin::kFactsMissing) |
                                   BitOf(Builtin::kFrontMatterInvalid);

// One evaluated rule, as far as the resolution needs it.
struct RulePlan {
  size_t index;  // In `Policy::rules()`.
  uint32_t slot;
  v1::Rule::EffectCase effect;
  uint8_t fires_from;  // The least truth that makes it fire.
  bool shadow;
  int32_t last_day;  // Of an approval.
  v1::ReviewMode mode;
  uint32_t area;
  int audit_percent;
};

RulePlan PlanOf(const v1::Rule& rule, size_t index, uint32_t slot, uint32_t area) {
  RulePlan plan{};
  plan.index = index;
  plan.slot = slot;
  plan.effect = rule.effect_case();
  // Approval needs certainty; asking for people or for the author does not.
  const bool on_unknown = rule.has_require() || rule.has_needs_author();
  plan.fires_from = on_unknown ? v1::TRUTH_UNKNOWN : v1::TRUTH_TRUE;
  plan.shadow = rule.state() == v1::Rule::STATE_SHADOW;
  plan.last_day =
      rule.has_auto_approve() ? DayOf(rule.review_by()) : std::numeric_limits<int32_t>::max();
  plan.mode = rule.require().mode();
  plan.area = area;
  plan.audit_percent = rule.auto_approve().audit_percent();
  return plan;
}

bool Contains(std::span<const uint8_t> rules, size_t rule) {
  return rule < rules.size() && rules[rule] != 0;
}

v1::RuleResult::Suspension SuspensionOf(const RulePlan& rule, const CaseInputs& inputs) {
  if (rule.shadow) return v1::RuleResult::SUSPENSION_NOT_ENFORCED;
  if (rule.effect != v1::Rule::kAutoApprove) return v1::RuleResult::SUSPENSION_UNSPECIFIED;
  if (inputs.day > rule.last_day) return v1::RuleResult::SUSPENSION_EXPIRED;
  if (Contains(inputs.breaker_open, rule.index)) return v1::RuleResult::SUSPENSION_BREAKER_OPEN;
  return v1::RuleResult::SUSPENSION_UNSPECIFIED;
}

void AddArea(uint32_t area, FastResult& result) {
  if (area != kNoArea) result.areas[area / 64] |= uint64_t{1} << area % 64;
}

}  // namespace

struct FastPolicy::Plan {
  explicit Plan(std::shared_ptr<const Policy> given);

  uint32_t AreaOf(const std::string& id) const {
    return id.empty() ? kNoArea : areas.Find(NameHash(id));
  }
  void FireRules(const CaseInputs& inputs, FastResult& result) const;
  void FireBuiltins(const v1::PackedFacts& facts, const CaseInputs& inputs, const Digest& digest,
                    FastResult& result) const;
  bool FactsMissing(const Digest& digest, const FastResult& result) const;
  void Resolve(const v1::PackedFacts& facts, FastResult& result) const;
  uint64_t Undecided(const FastResult& result, size_t rule) const;

  const std::shared_ptr<const Policy> policy;
  NameTable areas;  // To the index in `org().areas()`.
  MembershipList memberships;
  const ConditionPlan conditions;
  const KnownNames names;
  const Digester digester;
  std::vector<RulePlan> rules;
  std::array<uint32_t, kBuiltinCount> builtin_areas;
  std::array<v1::ReviewMode, kBuiltinCount> builtin_modes;
  const uint64_t policy_category = NameHash("policy");
};

FastPolicy::Plan::Plan(std::shared_ptr<const Policy> given)
    : policy(std::move(given)),
      areas(static_cast<size_t>(policy->org().areas_size())),
      conditions(*policy, memberships),
      names(*policy, memberships),
      digester(*policy, names) {
  for (int i = 0; i < policy->org().areas_size(); ++i)
    areas.Add(NameHash(policy->org().areas(i).id()), static_cast<uint32_t>(i));
  for (size_t i = 0; i < policy->rules().size(); ++i) {
    const v1::Rule& rule = policy->rules()[i].rule;
    if (IsEvaluated(rule))
      rules.push_back(PlanOf(rule, i, conditions.RuleSlot(i), AreaOf(rule.require().area())));
  }
  constexpr std::string_view kPrefix = "builtin/";
  builtin_areas.fill(kNoArea);
  builtin_modes.fill(policy->rule_set().default_mode());
  for (size_t i = 0; i < kBuiltinCount; ++i) {
    const auto area =
        policy->org().builtin_areas().find(std::string(BuiltinIds()[i].substr(kPrefix.size())));
    if (area != policy->org().builtin_areas().end()) builtin_areas[i] = AreaOf(area->second);
  }
  builtin_modes[static_cast<size_t>(Builtin::kChangesRulesOrCatalog)] = v1::REVIEW_MODE_SYNC;
  builtin_modes[static_cast<size_t>(Builtin::kTooManyAuto)] = v1::REVIEW_MODE_ASYNC;
}

// `applied` is "counts" until the mode is known: only then is it clear whether approvals do.
void FastPolicy::Plan::FireRules(const CaseInputs& inputs, FastResult& result) const {
  for (const RulePlan& rule : rules) {
    FastRule& out = result.rules[rule.index];
    out.truth = result.trace[rule.slot];
    out.fired = out.truth >= rule.fires_from;
    const auto suspension = SuspensionOf(rule, inputs);
    out.suspension = out.fired ? static_cast<uint8_t>(suspension) : 0;
    out.applied = out.fired && suspension == v1::RuleResult::SUSPENSION_UNSPECIFIED;
  }
}

uint64_t FastPolicy::Plan::Undecided(const FastResult& result, size_t rule) const {
  const Program& program = policy->rules()[rule].program;
  const std::span<const uint32_t> slots = conditions.LeafSlots(rule);
  struct Value {
    uint8_t truth;
    uint64_t undecided;
  };
  std::array<Value, kMaxLeaves> stack;
  size_t depth = 0;
  if (slots.empty()) return 0;
  for (const Step& step : program.steps) {
    if (step.kind == Step::Kind::kLeaf) {
      const uint8_t truth = result.trace[slots[step.operand]];
      stack[depth++] = {truth, truth == v1::TRUTH_UNKNOWN ? uint64_t{1} << step.operand : 0};
    } else if (step.kind == Step::Kind::kNot) {
      stack[depth - 1].truth =
          static_cast<uint8_t>(v1::TRUTH_TRUE + v1::TRUTH_FALSE - stack[depth - 1].truth);
    } else {
      Value joined = stack[depth - step.operand];
      for (size_t i = depth - step.operand + 1; i < depth; ++i) {
        joined.truth = step.kind == Step::Kind::kAll ? std::min(joined.truth, stack[i].truth)
                                                     : std::max(joined.truth, stack[i].truth);
        joined.undecided |= stack[i].undecided;
      }
      if (joined.truth != v1::TRUTH_UNKNOWN) joined.undecided = 0;
      depth -= step.operand;
      stack[depth++] = joined;
    }
  }
  return stack[0].undecided;
}

// A requirement that fired only because the author left something out.
bool FastPolicy::Plan::FactsMissing(const Digest& digest, const FastResult& result) const {
  if (digest.missing == 0) return false;
  for (const RulePlan& rule : rules) {
    const FastRule& out = result.rules[rule.index];
    const bool undecided =
        out.applied && rule.effect == v1::Rule::kRequire && out.truth == v1::TRUTH_UNKNOWN;
    if (!undecided) continue;
    const auto& leaves = policy->rules()[rule.index].program.leaves;
    for (uint64_t left = Undecided(result, rule.index); left != 0; left &= left - 1) {
      const Field field = leaves[static_cast<size_t>(std::countr_zero(left))].field;
      if ((digest.missing & rules::BitOf(field)) != 0) return true;
    }
  }
  return false;
}

void FastPolicy::Plan::FireBuiltins(const v1::PackedFacts& facts, const CaseInputs& inputs,
                                    const Digest& digest, FastResult& result) const {
  const auto fire = [&](Builtin builtin, bool fires) {
    result.builtins |= fires ? BitOf(builtin) : 0;
  };
  const auto has = [&](PackedFlag flag) { return (facts.flags() & flag) != 0; };
  result.builtins = 0;
  fire(Builtin::kFrontMatterInvalid, digest.wrong);
  fire(Builtin::kDependenciesNotStated, (digest.missing & rules::BitOf(Field::kDepsAll)) != 0);
  fire(Builtin::kFactsMissing, FactsMissing(digest, result));
  fire(Builtin::kUncatalogedDependency, digest.uncataloged);
  fire(Builtin::kSunsetDependency, digest.past_sunset);
  const bool category_known = (digest.known & rules::BitOf(Field::kSpecCategory)) != 0;
  fire(Builtin::kChangesRulesOrCatalog,
       has(kChangesPolicyFlag) || (category_known && facts.category() == policy_category));
  fire(Builtin::kRecentRejection, has(kRecentRejectionFlag));
  fire(Builtin::kSupersedesPeople, has(kSupersedesPeopleFlag));
  fire(Builtin::kTooManyAuto, has(kTooManyAutoFlag));
  fire(Builtin::kSnapshotStale, has(kSnapshotStaleFlag));
  for (size_t i = 0; i < inputs.own_rules.size() && i < result.rules.size(); ++i) {
    const bool approves = result.rules[i].applied && policy->rules()[i].rule.has_auto_approve();
    fire(Builtin::kOwnRule, approves && inputs.own_rules[i] != 0);
  }
}

// The join of everything that counts. As Evaluate does it.
void FastPolicy::Plan::Resolve(const v1::PackedFacts& facts, FastResult& result) const {
  v1::ReviewMode asked = v1::REVIEW_MODE_UNSPECIFIED;
  bool approved = false;
  result.author_gate = (result.builtins & kGateBuiltins) != 0;
  for (const RulePlan& rule : rules) {
    if (!result.rules[rule.index].applied) continue;
    approved |= rule.effect == v1::Rule::kAutoApprove;
    result.author_gate |= rule.effect == v1::Rule::kNeedsAuthor;
    asked = std::max(asked, rule.mode);
    AddArea(rule.area, result);
  }
  for (uint32_t left = result.builtins & ~kGateBuiltins; left != 0; left &= left - 1) {
    const auto builtin = static_cast<size_t>(std::countr_zero(left));
    asked = std::max(asked, builtin_modes[builtin]);
    AddArea(builtin_areas[builtin], result);
  }
  if (const uint32_t own = areas.Find(facts.area()); own != NameTable::kNone)
    result.areas[own / 64] &= ~(uint64_t{1} << own % 64);
  const bool foreign = (facts.flags() & kForeignFlag) != 0;
  const bool certain = approved && !result.author_gate && !foreign;
  const auto wants = static_cast<v1::ReviewMode>(facts.flags() >> kWantsShift & 3u);
  const v1::ReviewMode start = certain ? v1::REVIEW_MODE_AUTO : policy->rule_set().default_mode();
  result.mode = std::max({start, asked, wants});
  for (const RulePlan& rule : rules) {
    FastRule& out = result.rules[rule.index];
    if (rule.effect != v1::Rule::kAutoApprove || !out.applied) continue;
    out.applied = result.mode == v1::REVIEW_MODE_AUTO;
    if (!out.applied) continue;
    if (result.auto_rule < 0) result.auto_rule = static_cast<int>(rule.index);
    result.audit_percent = std::max(result.audit_percent, rule.audit_percent);
  }
}

FastPolicy::FastPolicy(std::shared_ptr<const Policy> policy)
    : plan_(std::make_unique<const Plan>(std::move(policy))) {}
FastPolicy::~FastPolicy() = default;

const Policy& FastPolicy::policy() const { return *plan_->policy; }

void FastPolicy::Evaluate(const v1::PackedFacts& facts, const CaseInputs& inputs,
                          FastResult& result) const {
  const Plan& plan = *plan_;
  result.planes.resize(plan.digester.PlaneWords());
  result.trace.resize(plan.conditions.TraceSize());
  result.rules.assign(plan.policy->rules().size(), {});
  result.areas.assign((static_cast<size_t>(plan.policy->org().areas_size()) + 63) / 64, 0);
  result.auto_rule = -1;
  result.audit_percent = 0;
  Digest digest{};
  plan.digester.Read(facts, inputs.day, result.planes.data(), digest);
  plan.conditions.Run(digest, plan.names.words(), result.trace.data());
  plan.FireRules(inputs, result);
  plan.FireBuiltins(facts, inputs, digest, result);
  plan.Resolve(facts, result);
}

v1::Truth FastPolicy::LeafTruth(const FastResult& result, size_t rule, size_t leaf) const {
  const std::span<const uint32_t> slots = plan_->conditions.LeafSlots(rule);
  return slots.empty() ? v1::TRUTH_UNSPECIFIED : static_cast<v1::Truth>(result.trace[slots[leaf]]);
}

uint64_t FastPolicy::Undecided(const FastResult& result, size_t rule) const {
  return plan_->Undecided(result, rule);
}

bool FastPolicy::reads_title() const {
  for (const CompiledRule& rule : policy().rules()) {
    if (!IsEvaluated(rule.rule)) continue;
    for (const Leaf& leaf : rule.program.leaves) {
      if (leaf.field == Field::kSpecTitle) return true;
    }
  }
  return false;
}

}  // namespace gavel::rules
