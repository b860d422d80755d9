#include "rules/backtest/kleene.h"

#include <algorithm>

namespace gavel::rules {
namespace {

v1::Truth Not(v1::Truth truth) {
  if (truth == v1::TRUTH_UNKNOWN) return truth;
  return truth == v1::TRUTH_TRUE ? v1::TRUTH_FALSE : v1::TRUTH_TRUE;
}

}  // namespace

LeafTruths TruthsOf(const FastPolicy& policy, const FastResult& result, size_t rule) {
  LeafTruths truths{};
  const size_t count = policy.policy().rules()[rule].program.leaves.size();
  for (size_t i = 0; i < count; ++i) truths[i] = policy.LeafTruth(result, rule, i);
  return truths;
}

v1::Truth Rerun(const Program& program, const LeafTruths& leaves) {
  LeafTruths stack;  // Every value on it stands for a leaf at least, so it cannot overflow.
  size_t size = 0;
  for (const Step& step : program.steps) {
    if (step.kind == Step::Kind::kLeaf) {
      stack[size++] = leaves[step.operand];
    } else if (step.kind == Step::Kind::kNot) {
      stack[size - 1] = Not(stack[size - 1]);
    } else {
      const auto end = stack.begin() + static_cast<std::ptrdiff_t>(size);
      const auto first = end - step.operand;
      const v1::Truth joined = step.kind == Step::Kind::kAll ? *std::min_element(first, end)
                                                             : *std::max_element(first, end);
      size -= step.operand;
      stack[size++] = joined;
    }
  }
  return stack[0];
}

}  // namespace gavel::rules
