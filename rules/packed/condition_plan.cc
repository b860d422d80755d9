#include "rules/packed/condition_plan.h"

#include <algorithm>
#include <limits>

namespace gavel::rules {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

enum TestKind { kSetKind, kMaskKind, kRangeKind, kStatedKind };

constexpr uint8_t kFalse = v1::TRUTH_FALSE;
constexpr uint8_t kUnknown = v1::TRUTH_UNKNOWN;
constexpr uint8_t kTrue = v1::TRUTH_TRUE;

// By whether a fact is known, then by what a test says of it.
constexpr uint8_t kTruths[2][2] = {{kUnknown, kUnknown}, {kFalse, kTrue}};

// The index of `test` in `tests`, added where it is new.
template <typename Test>
size_t Intern(std::vector<Test>& tests, const Test& test) {
  const auto found = std::find(tests.begin(), tests.end(), test);
  if (found != tests.end()) return static_cast<size_t>(found - tests.begin());
  tests.push_back(test);
  return tests.size() - 1;
}

// The numbers that a comparison accepts; low > high where it accepts none.
std::pair<int64_t, int64_t> RangeOf(const Leaf& leaf) {
  const int64_t limit = leaf.numbers[0];
  switch (leaf.op) {
    case Op::kLt:
    case Op::kSizeLt:
      return limit == kMin ? std::pair(kMax, kMin) : std::pair(kMin, limit - 1);
    case Op::kLte:
    case Op::kSizeLte:
      return {kMin, limit};
    case Op::kGt:
    case Op::kSizeGt:
      return limit == kMax ? std::pair(kMax, kMin) : std::pair(limit + 1, kMax);
    case Op::kGte:
    case Op::kSizeGte:
      return {limit, kMax};
    default:
      return {limit, leaf.numbers[1]};
  }
}

bool AcceptsRank(const Leaf& leaf, int64_t rank) {
  const auto& ranks = leaf.numbers;
  if (leaf.op == Op::kAtLeast) return rank >= ranks[0];
  if (leaf.op == Op::kAtMost) return rank <= ranks[0];
  const bool listed = std::find(ranks.begin(), ranks.end(), rank) != ranks.end();
  return listed == (leaf.op != Op::kNotIn);
}

uint32_t RanksOf(const Leaf& leaf) {
  uint32_t ranks = kInsideAlways;
  for (int64_t rank = 0; rank < 16; ++rank) {
    if (AcceptsRank(leaf, rank)) ranks |= 1u << rank;
  }
  return ranks;
}

bool IsSize(Op op) {
  return op == Op::kSizeLt || op == Op::kSizeLte || op == Op::kSizeGt || op == Op::kSizeGte;
}

}  // namespace

bool IsEvaluated(const v1::Rule& rule) {
  return rule.state() == v1::Rule::STATE_ENFORCE || rule.state() == v1::Rule::STATE_SHADOW;
}

ConditionPlan::ConditionPlan(const Policy& policy, MembershipList& memberships) {
  std::vector<std::vector<TestRef>> tests;
  for (const CompiledRule& rule : policy.rules()) {
    std::vector<TestRef>& refs = tests.emplace_back();
    if (!IsEvaluated(rule.rule)) continue;
    for (const Leaf& leaf : rule.program.leaves) refs.push_back(AddTest(leaf, memberships));
  }
  words_ = memberships.Words();
  // Only now is it known where each kind begins.
  first_node_ = set_tests_.size() + mask_tests_.size() + range_tests_.size() + stated_tests_.size();
  for (size_t i = 0; i < tests.size(); ++i) {
    RulePlan& plan = rules_.emplace_back();
    for (const TestRef ref : tests[i]) plan.leaves.push_back(SlotOf(ref));
    if (!tests[i].empty()) plan.slot = AddProgram(policy.rules()[i].program, plan.leaves);
  }
}

ConditionPlan::TestRef ConditionPlan::AddTest(const Leaf& leaf, MembershipList& memberships) {
  if (leaf.op == Op::kStated)
    return {kStatedKind, Intern(stated_tests_, {FactBit(leaf.field), leaf.flag})};
  switch (InfoOf(leaf.field).type) {
    case FieldType::kMoney: {
      const auto [low, high] = RangeOf(leaf);
      return {kRangeKind, Intern(range_tests_, {leaf.field, FactBit(leaf.field), low, high})};
    }
    case FieldType::kOrderedEnum:
      return {kMaskKind, Intern(mask_tests_, {leaf.field, RanksOf(leaf)})};
    case FieldType::kBool:
      return {kMaskKind, Intern(mask_tests_, {leaf.field, kInsideAlways | (leaf.flag ? 2u : 1u)})};
    case FieldType::kString:  // The title, which is not packed: unknown whatever it is asked.
      return {kMaskKind, Intern(mask_tests_, {leaf.field, kInsideAlways})};
    case FieldType::kEnum:
    case FieldType::kSet:
      break;
  }
  return AddSetTest(leaf, memberships);
}

ConditionPlan::TestRef ConditionPlan::AddSetTest(const Leaf& leaf, MembershipList& memberships) {
  if (IsSize(leaf.op)) {
    const auto [low, high] = RangeOf(leaf);
    return {kRangeKind, Intern(range_tests_, {leaf.field, FactBit(leaf.field), low, high})};
  }
  enum Plane : uint32_t { kAny, kAll, kAllOfSome };
  const bool any = leaf.op != Op::kOnlyIn;
  const bool flip = leaf.op == Op::kNoneIn || leaf.op == Op::kLacks || leaf.op == Op::kNotIn;
  const Plane plane = any ? kAny : leaf.or_none ? kAll : kAllOfSome;
  const SetTest test{static_cast<uint32_t>(static_cast<size_t>(leaf.field) * kPlanes) + plane,
                     FactBit(leaf.field), memberships.BitOf(leaf), flip};
  return {kSetKind, Intern(set_tests_, test)};
}

uint32_t ConditionPlan::SlotOf(TestRef ref) const {
  size_t slot = ref.index;
  if (ref.kind > kSetKind) slot += set_tests_.size();
  if (ref.kind > kMaskKind) slot += mask_tests_.size();
  if (ref.kind > kRangeKind) slot += range_tests_.size();
  return static_cast<uint32_t>(slot);
}

uint32_t ConditionPlan::AddNode(Step::Kind kind, std::vector<uint32_t> operands) {
  if (kind != Step::Kind::kNot && operands.size() == 1) return operands[0];
  const auto slot = static_cast<uint32_t>(first_node_ + nodes_.size());
  const auto [entry, added] = node_slots_.try_emplace({kind, operands}, slot);
  if (!added) return entry->second;
  nodes_.push_back(
      {kind, static_cast<uint32_t>(operands_.size()), static_cast<uint32_t>(operands.size())});
  operands_.insert(operands_.end(), operands.begin(), operands.end());
  return slot;
}

uint32_t ConditionPlan::AddProgram(const Program& program, const std::vector<uint32_t>& leaves) {
  std::vector<uint32_t> stack;
  for (const Step& step : program.steps) {
    if (step.kind == Step::Kind::kLeaf) {
      stack.push_back(leaves[step.operand]);
      continue;
    }
    const auto first = stack.end() - (step.kind == Step::Kind::kNot ? 1 : step.operand);
    const uint32_t slot = AddNode(step.kind, {first, stack.end()});
    stack.erase(first, stack.end());
    stack.push_back(slot);
  }
  return stack.back();
}

void ConditionPlan::Run(const Digest& facts, uint8_t* trace) const {
  if (words_ == 1) {
    RunTests<true>(facts, trace);
  } else {
    RunTests<false>(facts, trace);
  }
  RunNodes(trace);
}

template <bool kOneWord>
void ConditionPlan::RunTests(const Digest& facts, uint8_t* next) const {
  // Bytes may alias anything, so what is read again and again is kept here.
  const uint32_t known = facts.known;
  const uint64_t* const planes = facts.planes.data();
  for (const SetTest& test : set_tests_) {
    const size_t word = kOneWord ? test.plane : test.plane * words_ + test.bit / 64;
    const uint64_t member = (planes[word] >> test.bit % 64 & 1) ^ uint64_t { test.flip };
    const uint64_t stated = (known & test.fact) != 0 ? 1 : 0;
    *next++ = kTruths[stated][member];
  }
  for (const MaskTest& test : mask_tests_) {
    const uint32_t ranks = facts.ranks[static_cast<size_t>(test.field)];
    const int inside = (ranks & test.ranks) != 0 ? 1 : 0;
    const int outside = (ranks & ~test.ranks) != 0 ? 1 : 0;
    *next++ = static_cast<uint8_t>(kUnknown + inside - outside);
  }
  for (const RangeTest& test : range_tests_) {
    const auto field = static_cast<size_t>(test.field);
    const int64_t low = facts.low[field], high = facts.high[field];
    const int inside = (low >= test.low) & (high <= test.high) ? 1 : 0;
    const int outside = (high < test.low) | (low > test.high) ? 1 : 0;
    *next++ = static_cast<uint8_t>(kUnknown + (inside - outside) * ((known & test.fact) != 0));
  }
  for (const StatedTest& test : stated_tests_)
    *next++ = ((known & test.fact) != 0) == test.flag ? kTrue : kFalse;
}

void ConditionPlan::RunNodes(uint8_t* trace) const {
  uint8_t* next = trace + first_node_;
  for (const Node& node : nodes_) {
    const uint32_t* operand = operands_.data() + node.first;
    const uint32_t* const end = operand + node.count;
    uint8_t value = trace[*operand++];
    switch (node.kind) {
      case Step::Kind::kAll:
        for (; operand != end; ++operand) value = std::min(value, trace[*operand]);
        break;
      case Step::Kind::kAny:
        for (; operand != end; ++operand) value = std::max(value, trace[*operand]);
        break;
      default:
        value = static_cast<uint8_t>(kTrue + kFalse - value);
    }
    *next++ = value;
  }
}

}  // namespace gavel::rules
