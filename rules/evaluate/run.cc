#include "rules/evaluate/run.h"

#include <algorithm>

#include "rules/evaluate/leaf.h"

namespace gavel::rules {
namespace {

struct Value {
  v1::Truth truth;
  uint64_t undecided;
};

v1::Truth Not(v1::Truth truth) {
  if (truth == v1::TRUTH_UNKNOWN) return truth;
  return truth == v1::TRUTH_TRUE ? v1::TRUTH_FALSE : v1::TRUTH_TRUE;
}

// Replaces the last `count` values by their minimum or maximum.
void Combine(std::vector<Value>& stack, size_t count, bool minimum) {
  Value result{minimum ? v1::TRUTH_TRUE : v1::TRUTH_FALSE, 0};
  for (size_t i = stack.size() - count; i < stack.size(); ++i) {
    result.truth =
        minimum ? std::min(result.truth, stack[i].truth) : std::max(result.truth, stack[i].truth);
    result.undecided |= stack[i].undecided;
  }
  if (result.truth != v1::TRUTH_UNKNOWN) result.undecided = 0;
  stack.resize(stack.size() - count);
  stack.push_back(result);
}

}  // namespace

Outcome RunProgram(const Program& program, const FactTable& facts, const CatalogIndex& catalog,
                   const v1::Date& as_of) {
  Outcome outcome;
  std::vector<Value> stack;
  for (const Step& step : program.steps) {
    switch (step.kind) {
      case Step::Kind::kLeaf: {
        const Leaf& leaf = program.leaves[step.operand];
        const v1::Truth truth = LeafTruth(leaf, facts[leaf.field], catalog, as_of);
        outcome.leaves.push_back(truth);
        stack.push_back({truth, truth == v1::TRUTH_UNKNOWN ? uint64_t{1} << step.operand : 0});
        break;
      }
      case Step::Kind::kNot:
        stack.back().truth = Not(stack.back().truth);
        break;
      case Step::Kind::kAll:
      case Step::Kind::kAny:
        Combine(stack, step.operand, step.kind == Step::Kind::kAll);
        break;
    }
  }
  outcome.truth = stack.back().truth;
  outcome.undecided = stack.back().undecided;
  return outcome;
}

}  // namespace gavel::rules
