#include "rules/backtest/case_judge.h"

#include <algorithm>

#include "rules/backtest/kleene.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

constexpr uint32_t BitOf(Field field) { return 1u << static_cast<unsigned>(field); }
constexpr uint32_t BitOf(Builtin builtin) { return 1u << static_cast<unsigned>(builtin); }

// What these ask for is a fact that is missing; every other built-in is a reason by itself.
constexpr uint32_t kAsksForFacts =
    BitOf(Builtin::kDependenciesNotStated) | BitOf(Builtin::kFactsMissing);

// Something is undeclared only in the light of what is declared: without dependencies both facts
// are as unknown as those.
bool UndeclaredIsOpen(const v1::PackedFacts& facts) {
  return StatusOf(facts.statuses(), PackedFact::kDependencies) != PackedStatus::kKnown &&
         facts.mentions_size() + facts.undeclared_size() > 0;
}

void ForgetUndeclared(v1::PackedFacts& facts) {
  for (const PackedFact fact : {PackedFact::kMentions, PackedFact::kUndeclared}) {
    const unsigned shift = 2 * static_cast<unsigned>(fact);
    const uint32_t others = facts.statuses() & ~(uint32_t{3} << shift);
    facts.set_statuses(others | static_cast<uint32_t>(PackedStatus::kUnknown) << shift);
  }
}

// What the condition of a rule says when every fact that is not known might still become known: its
// value, and the fields that keep it from being certain.
struct OpenTruth {
  v1::Truth truth = v1::TRUTH_FALSE;
  uint32_t fields = 0;
};

bool AsksWhetherStated(const Leaf& leaf) { return leaf.op == Op::kStated; }

// `stated` is the one test that is never unknown, though what is not stated may still be.
OpenTruth WidenStated(const FastPolicy& policy, const FastResult& result, size_t index) {
  const Program& program = policy.policy().rules()[index].program;
  LeafTruths truths = TruthsOf(policy, result, index);
  OpenTruth open;
  for (size_t i = 0; i < program.leaves.size(); ++i) {
    const Leaf& leaf = program.leaves[i];
    const bool stated = (truths[i] == v1::TRUTH_TRUE) == leaf.flag;
    if (AsksWhetherStated(leaf) && !stated) truths[i] = v1::TRUTH_UNKNOWN;
    if (truths[i] == v1::TRUTH_UNKNOWN) open.fields |= BitOf(leaf.field);
  }
  open.truth = Rerun(program, truths);
  return open;
}

OpenTruth OpenTruthOf(const FastPolicy& policy, const FastResult& result, size_t index) {
  const std::vector<Leaf>& leaves = policy.policy().rules()[index].program.leaves;
  if (std::any_of(leaves.begin(), leaves.end(), AsksWhetherStated)) {
    return WidenStated(policy, result, index);
  }
  OpenTruth open{.truth = static_cast<v1::Truth>(result.rules[index].truth)};
  if (open.truth != v1::TRUTH_UNKNOWN) return open;
  const uint64_t undecided = policy.Undecided(result, index);
  for (size_t leaf = 0; leaf < leaves.size(); ++leaf) {
    if ((undecided >> leaf & 1) != 0) open.fields |= BitOf(leaves[leaf].field);
  }
  return open;
}

// What the author of a document without our front matter would have had to state.
uint32_t StatableFields(const FastPolicy& policy, int32_t day) {
  uint32_t fields = 0;
  for (size_t i = 0; i < policy.policy().rules().size(); ++i) {
    if (!MayApprove(policy, i, day)) continue;
    for (const Leaf& leaf : policy.policy().rules()[i].program.leaves) {
      if (!InfoOf(leaf.field).key.empty()) fields |= BitOf(leaf.field);
    }
  }
  return fields;
}

// Facts that stand between this and an automatic approval; none where no auto rule can be reached.
uint32_t MissingFields(const FastPolicy& policy, const FastResult& result, int32_t day) {
  uint32_t fields = 0;
  bool reachable = false;
  for (size_t i = 0; i < result.rules.size(); ++i) {
    const bool approves = MayApprove(policy, i, day);
    if (!approves && !result.rules[i].applied) continue;
    const OpenTruth open = OpenTruthOf(policy, result, i);
    if (open.truth == v1::TRUTH_UNKNOWN) fields |= open.fields;
    reachable |= approves && open.truth != v1::TRUTH_FALSE;
  }
  if (result.Fired(Builtin::kDependenciesNotStated)) fields |= BitOf(Field::kDepsAll);
  return reachable ? fields : 0;
}

}  // namespace

bool IsForeign(const v1::PackedFacts& facts) { return (facts.flags() & kForeignFlag) != 0; }

bool AsksForPeople(const v1::PackedFacts& facts) {
  const uint32_t wants = facts.flags() >> kWantsShift & 3u;
  return wants > static_cast<uint32_t>(v1::REVIEW_MODE_AUTO);
}

std::string_view MissingName(Field field) {
  const FieldInfo& info = InfoOf(field);
  return info.key.empty() ? info.name : info.key;
}

bool MayApprove(const FastPolicy& policy, size_t index, int32_t day) {
  const v1::Rule& rule = policy.policy().rules()[index].rule;
  return rule.has_auto_approve() && rule.state() == v1::Rule::STATE_ENFORCE &&
         day <= DayOf(rule.review_by());
}

bool IsBlocked(const FastPolicy& policy, const FastResult& result, const v1::PackedFacts& facts) {
  if ((result.builtins & ~kAsksForFacts) != 0 || AsksForPeople(facts)) return true;
  for (size_t i = 0; i < result.rules.size(); ++i) {
    const v1::Rule& rule = policy.policy().rules()[i].rule;
    const bool stops = rule.has_require() || rule.has_needs_author();
    if (!stops || !result.rules[i].applied) continue;
    if (OpenTruthOf(policy, result, i).truth == v1::TRUTH_TRUE) return true;
  }
  return false;
}

void CaseJudge::Evaluate(const FastPolicy& policy, const v1::PackedFacts& facts, int32_t day) {
  policy.Evaluate(facts, {.day = day}, result_);
}

CaseVerdict CaseJudge::operator()(const FastPolicy& policy, const v1::PackedFacts& facts,
                                  int32_t day) {
  Evaluate(policy, facts, day);
  CaseVerdict verdict{.mode = result_.mode, .author_gate = result_.author_gate};
  if (result_.mode == v1::REVIEW_MODE_AUTO) {
    verdict.bucket = Bucket::kAuto;
    return verdict;
  }
  if (IsForeign(facts)) {
    verdict.missing = StatableFields(policy, day) | MissingFields(policy, result_, day);
  } else if (UndeclaredIsOpen(facts)) {
    // Rare, and the mode above stays: a requirement fires on unknown as on true.
    widened_ = facts;
    ForgetUndeclared(widened_);
    Evaluate(policy, widened_, day);
    if (!IsBlocked(policy, result_, facts)) verdict.missing = MissingFields(policy, result_, day);
  } else if (!IsBlocked(policy, result_, facts)) {
    verdict.missing = MissingFields(policy, result_, day);
  }
  verdict.bucket = verdict.missing != 0 ? Bucket::kCannotTell : Bucket::kNotAuto;
  return verdict;
}

}  // namespace gavel::rules
