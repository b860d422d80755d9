#include "rules/packed/fast_policy.h"

#include <algorithm>
#include <array>
#include <bit>

#include "rules/evaluate.h"
#include "rules/packed/condition_plan.h"
#include "rules/packed/known_names.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

constexpr uint32_t kNoArea = kNoIndex;

constexpr uint32_t BitOf(Builtin builtin) { return 1u << static_cast<unsigned>(builtin); }

constexpr uint32_t kGateBuiltins = BitOf(Builtin::kDependenciesNotStated) |
                                   BitOf(Builtin::kFactsMissing) |
                                   BitOf(Builtin::kFrontMatterInvalid);

// What a rule that counts contributes to the verdict, one bit each.
enum Effect : uint8_t { kAsksAsync = 1, kAsksSync = 2, kReturns = 4, kApproves = 8 };

// One evaluated rule. Which truth it has differs from spec to spec and is hard to predict, so all
// that follows from it stands ready, by v1::Truth.
struct RulePlan {
  uint32_t index;  // In `Policy::rules()`.
  uint32_t slot;
  std::array<FastRule, 4> outcomes;
  std::array<uint8_t, 4> effects;
};

// A rule that approves until its last day, or until its breaker opens.
struct Approval {
  uint32_t index;
  int32_t last_day;
  int audit_percent;
};

// A rule that asks for an area.
struct AreaRequest {
  uint32_t index;
  uint32_t area;
};

uint8_t EffectOf(const v1::Rule& rule) {
  if (rule.has_auto_approve()) return kApproves;
  if (rule.has_needs_author()) return kReturns;
  if (!rule.has_require()) return 0;
  return rule.require().mode() == v1::REVIEW_MODE_SYNC ? kAsksSync : kAsksAsync;
}

RulePlan PlanOf(const v1::Rule& rule, uint32_t index, uint32_t slot) {
  RulePlan plan{};
  plan.index = index;
  plan.slot = slot;
  const bool shadow = rule.state() == v1::Rule::STATE_SHADOW;
  // Approval needs certainty; asking for people or for the author does not.
  const bool on_unknown = rule.has_require() || rule.has_needs_author();
  for (uint8_t truth = v1::TRUTH_FALSE; truth <= v1::TRUTH_TRUE; ++truth) {
    FastRule& outcome = plan.outcomes[truth];
    outcome.truth = truth;
    outcome.fired = truth == v1::TRUTH_TRUE || (truth == v1::TRUTH_UNKNOWN && on_unknown);
    outcome.applied = outcome.fired && !shadow;
    if (shadow && truth != v1::TRUTH_FALSE)
      outcome.suspension = v1::RuleResult::SUSPENSION_NOT_ENFORCED;
    if (outcome.applied) plan.effects[truth] = EffectOf(rule);
  }
  return plan;
}

bool Contains(std::span<const uint8_t> rules, size_t rule) {
  return rule < rules.size() && rules[rule] != 0;
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
  void AddRule(uint32_t index);
  void Start(FastResult& result) const;
  uint8_t FireRules(const CaseInputs& inputs, FastResult& result) const;
  bool SuspendApprovals(const CaseInputs& inputs, FastResult& result) const;
  void FireBuiltins(const v1::PackedFacts& facts, const CaseInputs& inputs,
                    FastResult& result) const;
  bool FactsMissing(const FastResult& result) const;
  void Resolve(const v1::PackedFacts& facts, uint8_t effects, FastResult& result) const;
  void AddAreas(const v1::PackedFacts& facts, FastResult& result) const;
  void Approve(FastResult& result) const;
  uint64_t Undecided(const FastResult& result, size_t rule) const;

  const std::shared_ptr<const Policy> policy;
  IndexTable areas;  // To the index in `org().areas()`.
  MembershipList memberships;
  const ConditionPlan conditions;
  const KnownNames names;
  const Digester digester;
  std::vector<RulePlan> rules;
  std::vector<Approval> approvals;
  std::vector<AreaRequest> area_requests;
  std::vector<uint32_t> requirements;  // Rules that ask for people, by index.
  std::vector<uint32_t> drafts;        // Rules that are not evaluated.
  std::array<uint32_t, kBuiltinCount> builtin_areas;
  std::array<v1::ReviewMode, kBuiltinCount> builtin_modes;
  const v1::ReviewMode default_mode = policy->rule_set().default_mode();
  const uint64_t policy_category = NameHash("policy");
};

FastPolicy::Plan::Plan(std::shared_ptr<const Policy> given)
    : policy(std::move(given)),
      areas(static_cast<size_t>(policy->org().areas_size()), kNoArea),
      conditions(*policy, memberships),
      names(*policy, memberships),
      digester(*policy, names) {
  for (int i = 0; i < policy->org().areas_size(); ++i)
    areas.Add(NameHash(policy->org().areas(i).id()), static_cast<uint32_t>(i));
  for (size_t i = 0; i < policy->rules().size(); ++i) AddRule(static_cast<uint32_t>(i));
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

void FastPolicy::Plan::AddRule(uint32_t index) {
  const v1::Rule& rule = policy->rules()[index].rule;
  if (!IsEvaluated(rule)) {
    drafts.push_back(index);
    return;
  }
  rules.push_back(PlanOf(rule, index, conditions.RuleSlot(index)));
  if (rule.has_auto_approve())
    approvals.push_back({index, DayOf(rule.review_by()), rule.auto_approve().audit_percent()});
  if (rule.has_require()) requirements.push_back(index);
  if (const uint32_t area = AreaOf(rule.require().area()); area != kNoArea)
    area_requests.push_back({index, area});
}

void FastPolicy::Plan::Start(FastResult& result) const {
  result.trace.resize(conditions.TraceSize());
  result.rules.resize(policy->rules().size());
  result.areas.resize((static_cast<size_t>(policy->org().areas_size()) + 63) / 64);
  std::fill(result.areas.begin(), result.areas.end(), 0);
  for (const uint32_t draft : drafts) result.rules[draft] = {};
  result.builtins = 0;
  result.auto_rule = -1;
  result.audit_percent = 0;
}

// `applied` is "counts" until the mode is known: only then is it clear whether approvals do.
// Returns the effects of all that count.
uint8_t FastPolicy::Plan::FireRules(const CaseInputs& inputs, FastResult& result) const {
  uint8_t effects = 0;
  const uint8_t* const trace = result.trace.data();
  FastRule* const out = result.rules.data();
  for (const RulePlan& rule : rules) {
    const uint8_t truth = trace[rule.slot];
    out[rule.index] = rule.outcomes[truth];
    effects |= rule.effects[truth];
  }
  if ((effects & kApproves) == 0 || SuspendApprovals(inputs, result)) return effects;
  return effects & static_cast<uint8_t>(~kApproves);
}

// What only the day and the breakers say. Returns whether an approval is left.
bool FastPolicy::Plan::SuspendApprovals(const CaseInputs& inputs, FastResult& result) const {
  bool left = false;
  for (const Approval& approval : approvals) {
    FastRule& out = result.rules[approval.index];
    if (!out.applied) continue;
    if (inputs.day > approval.last_day) {
      out.suspension = v1::RuleResult::SUSPENSION_EXPIRED;
    } else if (Contains(inputs.breaker_open, approval.index)) {
      out.suspension = v1::RuleResult::SUSPENSION_BREAKER_OPEN;
    }
    out.applied = out.suspension == 0;
    left |= out.applied;
  }
  return left;
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
bool FastPolicy::Plan::FactsMissing(const FastResult& result) const {
  if (result.digest.missing == 0) return false;
  for (const uint32_t rule : requirements) {
    const FastRule& out = result.rules[rule];
    if (!out.applied || out.truth != v1::TRUTH_UNKNOWN) continue;
    const auto& leaves = policy->rules()[rule].program.leaves;
    for (uint64_t left = Undecided(result, rule); left != 0; left &= left - 1) {
      const Field field = leaves[static_cast<size_t>(std::countr_zero(left))].field;
      if ((result.digest.missing & FactBit(field)) != 0) return true;
    }
  }
  return false;
}

void FastPolicy::Plan::FireBuiltins(const v1::PackedFacts& facts, const CaseInputs& inputs,
                                    FastResult& result) const {
  const Digest& digest = result.digest;
  const auto fire = [&](Builtin builtin, bool fires) {
    result.builtins |= fires ? BitOf(builtin) : 0;
  };
  const auto has = [&](PackedFlag flag) { return (facts.flags() & flag) != 0; };
  fire(Builtin::kFrontMatterInvalid, digest.wrong);
  fire(Builtin::kDependenciesNotStated, (digest.missing & FactBit(Field::kDepsAll)) != 0);
  fire(Builtin::kFactsMissing, FactsMissing(result));
  fire(Builtin::kUncatalogedDependency, digest.uncataloged);
  fire(Builtin::kSunsetDependency, digest.past_sunset);
  const bool category_known = (digest.known & FactBit(Field::kSpecCategory)) != 0;
  fire(Builtin::kChangesRulesOrCatalog,
       has(kChangesPolicyFlag) || (category_known && facts.category() == policy_category));
  fire(Builtin::kRecentRejection, has(kRecentRejectionFlag));
  fire(Builtin::kSupersedesPeople, has(kSupersedesPeopleFlag));
  fire(Builtin::kTooManyAuto, has(kTooManyAutoFlag));
  fire(Builtin::kSnapshotStale, has(kSnapshotStaleFlag));
  if (inputs.own_rules.empty()) return;
  for (const Approval& approval : approvals) {
    const bool own = Contains(inputs.own_rules, approval.index);
    fire(Builtin::kOwnRule, own && result.rules[approval.index].applied);
  }
}

// The join of everything that counts. As Evaluate does it.
void FastPolicy::Plan::Resolve(const v1::PackedFacts& facts, uint8_t effects,
                               FastResult& result) const {
  result.author_gate = (effects & kReturns) != 0 || (result.builtins & kGateBuiltins) != 0;
  const bool foreign = (facts.flags() & kForeignFlag) != 0;
  const bool certain = (effects & kApproves) != 0 && !result.author_gate && !foreign;
  v1::ReviewMode mode = certain ? v1::REVIEW_MODE_AUTO : default_mode;
  if ((effects & kAsksAsync) != 0) mode = std::max(mode, v1::REVIEW_MODE_ASYNC);
  if ((effects & kAsksSync) != 0) mode = v1::REVIEW_MODE_SYNC;
  for (uint32_t left = result.builtins & ~kGateBuiltins; left != 0; left &= left - 1)
    mode = std::max(mode, builtin_modes[static_cast<size_t>(std::countr_zero(left))]);
  result.mode = std::max(mode, static_cast<v1::ReviewMode>(facts.flags() >> kWantsShift & 3u));
  AddAreas(facts, result);
  if ((effects & kApproves) != 0) Approve(result);
}

// Never the spec's own.
void FastPolicy::Plan::AddAreas(const v1::PackedFacts& facts, FastResult& result) const {
  for (const AreaRequest& request : area_requests) {
    if (result.rules[request.index].applied) AddArea(request.area, result);
  }
  for (uint32_t left = result.builtins & ~kGateBuiltins; left != 0; left &= left - 1)
    AddArea(builtin_areas[static_cast<size_t>(std::countr_zero(left))], result);
  if (const uint32_t own = areas.Find(facts.area()); own != kNoArea)
    result.areas[own / 64] &= ~(uint64_t{1} << own % 64);
}

// Every auto rule that counts approves, or none does.
void FastPolicy::Plan::Approve(FastResult& result) const {
  for (const Approval& approval : approvals) {
    FastRule& out = result.rules[approval.index];
    out.applied = out.applied && result.mode == v1::REVIEW_MODE_AUTO;
    if (!out.applied) continue;
    if (result.auto_rule < 0) result.auto_rule = static_cast<int>(approval.index);
    result.audit_percent = std::max(result.audit_percent, approval.audit_percent);
  }
}

FastPolicy::FastPolicy(std::shared_ptr<const Policy> policy)
    : plan_(std::make_unique<const Plan>(std::move(policy))) {}
FastPolicy::~FastPolicy() = default;

const Policy& FastPolicy::policy() const { return *plan_->policy; }

void FastPolicy::Evaluate(const v1::PackedFacts& facts, const CaseInputs& inputs,
                          FastResult& result) const {
  plan_->Start(result);
  plan_->digester.Read(facts, inputs.day, result.digest);
  plan_->conditions.Run(result.digest, result.trace.data());
  const uint8_t effects = plan_->FireRules(inputs, result);
  plan_->FireBuiltins(facts, inputs, result);
  plan_->Resolve(facts, effects, result);
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
