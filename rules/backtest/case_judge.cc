#include "rules/backtest/case_judge.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "rules/backtest/kleene.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

constexpr int32_t kNever = std::numeric_limits<int32_t>::min();

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

bool AsksWhetherStated(const Leaf& leaf) { return leaf.op == Op::kStated; }

}  // namespace

std::string_view MissingName(Field field) {
  const FieldInfo& info = InfoOf(field);
  return info.key.empty() ? info.name : info.key;
}

bool IsForeign(const v1::PackedFacts& facts) { return (facts.flags() & kForeignFlag) != 0; }

bool AsksForPeople(const v1::PackedFacts& facts) {
  const uint32_t wants = facts.flags() >> kWantsShift & 3u;
  return wants > static_cast<uint32_t>(v1::REVIEW_MODE_AUTO);
}

CaseJudge::CaseJudge(std::shared_ptr<const FastPolicy> policy) : policy_(std::move(policy)) {
  for (const CompiledRule& compiled : policy_->policy().rules()) {
    const v1::Rule& rule = compiled.rule;
    const std::vector<Leaf>& leaves = compiled.program.leaves;
    const bool approves = rule.has_auto_approve() && rule.state() == v1::Rule::STATE_ENFORCE;
    uint32_t statable = 0;
    for (const Leaf& leaf : leaves) {
      if (!InfoOf(leaf.field).key.empty()) statable |= BitOf(leaf.field);
    }
    roles_.push_back({.approves_until = approves ? DayOf(rule.review_by()) : kNever,
                      .stops = rule.has_require() || rule.has_needs_author(),
                      .asks_whether_stated =
                          std::any_of(leaves.begin(), leaves.end(), AsksWhetherStated),
                      .statable = statable});
  }
}

const FastResult& CaseJudge::Evaluate(const v1::PackedFacts& facts, int32_t day) {
  policy_->Evaluate(facts, {.day = day}, result_);
  return result_;
}

const std::vector<size_t>& CaseJudge::Stops() {
  stops_.clear();
  for (size_t i = 0; i < roles_.size(); ++i) {
    if (roles_[i].stops && result_.rules[i].applied) stops_.push_back(i);
  }
  return stops_;
}

bool CaseJudge::IsBlocked(const v1::PackedFacts& facts) const {
  if ((result_.builtins & ~kAsksForFacts) != 0 || AsksForPeople(facts)) return true;
  for (size_t i = 0; i < roles_.size(); ++i) {
    if (!roles_[i].stops || !result_.rules[i].applied) continue;
    if (OpenTruthOf(i).truth == v1::TRUTH_TRUE) return true;
  }
  return false;
}

// `stated` is the one test that is never unknown, though what is not stated may still be.
CaseJudge::OpenTruth CaseJudge::WidenStated(size_t index) const {
  const Program& program = policy_->policy().rules()[index].program;
  LeafTruths truths = TruthsOf(*policy_, result_, index);
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

CaseJudge::OpenTruth CaseJudge::OpenTruthOf(size_t index) const {
  if (roles_[index].asks_whether_stated) return WidenStated(index);
  OpenTruth open{.truth = static_cast<v1::Truth>(result_.rules[index].truth)};
  if (open.truth != v1::TRUTH_UNKNOWN) return open;
  const std::vector<Leaf>& leaves = policy_->policy().rules()[index].program.leaves;
  const uint64_t undecided = policy_->Undecided(result_, index);
  for (size_t leaf = 0; leaf < leaves.size(); ++leaf) {
    if ((undecided >> leaf & 1) != 0) open.fields |= BitOf(leaves[leaf].field);
  }
  return open;
}

// What the author of a document without our front matter would have had to state.
uint32_t CaseJudge::StatableFields(int32_t day) const {
  uint32_t fields = 0;
  for (size_t i = 0; i < roles_.size(); ++i) {
    if (MayApprove(i, day)) fields |= roles_[i].statable;
  }
  return fields;
}

// Facts that stand between this and an automatic approval; none where no auto rule can be reached.
uint32_t CaseJudge::MissingFields(int32_t day) const {
  uint32_t fields = 0;
  bool reachable = false;
  for (size_t i = 0; i < roles_.size(); ++i) {
    const bool approves = MayApprove(i, day);
    if (!approves && !result_.rules[i].applied) continue;
    const OpenTruth open = OpenTruthOf(i);
    if (open.truth == v1::TRUTH_UNKNOWN) fields |= open.fields;
    reachable |= approves && open.truth != v1::TRUTH_FALSE;
  }
  if (result_.Fired(Builtin::kDependenciesNotStated)) fields |= BitOf(Field::kDepsAll);
  return reachable ? fields : 0;
}

CaseVerdict CaseJudge::Judge(const v1::PackedFacts& facts, int32_t day) {
  Evaluate(facts, day);
  CaseVerdict verdict{.mode = result_.mode, .author_gate = result_.author_gate};
  if (result_.mode == v1::REVIEW_MODE_AUTO) {
    verdict.bucket = Bucket::kAuto;
    return verdict;
  }
  if (IsForeign(facts)) {
    verdict.missing = StatableFields(day) | MissingFields(day);
  } else {
    if (UndeclaredIsOpen(facts)) {
      // Rare, and the mode above stays: a requirement fires on unknown as on true.
      widened_ = facts;
      ForgetUndeclared(widened_);
      Evaluate(widened_, day);
    }
    if (!IsBlocked(facts)) verdict.missing = MissingFields(day);
  }
  verdict.bucket = verdict.missing != 0 ? Bucket::kCannotTell : Bucket::kNotAuto;
  return verdict;
}

}  // namespace gavel::rules
