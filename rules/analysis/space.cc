#include "rules/analysis/space.h"

#include <utility>

namespace gavel::rules {

PolicyView ViewOf(const Policy& policy, const v1::Date& as_of) {
  PolicyView view{&policy, as_of, {}, {}};
  for (const CompiledRule& rule : policy.rules()) {
    if (rule.rule.state() != v1::Rule::STATE_RETIRED) view.programs.push_back(&rule.program);
  }
  return view;
}

Space::Space(std::vector<PolicyView> views) : views_(std::move(views)), cells_(MakeCells(views_)) {
  for (size_t axis = 0; axis < kSetAxisCount; ++axis)
    sets_.emplace_back(static_cast<SetAxis>(axis), views_);
}

size_t Space::CellAxisOf(const Leaf& leaf) const {
  switch (leaf.field) {
    case Field::kSpecCategory:
      return kCategoryAxis;
    case Field::kDataClassification:
      return kClassificationAxis;
    case Field::kDataPersonal:
      return kPersonalAxis;
    case Field::kChangeReversible:
      return kReversibleAxis;
    case Field::kChangeBlastRadius:
      return kBlastRadiusAxis;
    case Field::kDetectCoverage:
      return kCoverageAxis;
    case Field::kCostMonthlyUsd:
      return kCostAxis;
    case Field::kHistorySystemCost90dUsd:
      return kSystemCostAxis;
    default:
      return leaf.op == Op::kMatches ? cells_.patterns.at(leaf.names.front()) : kTitleAxis;
  }
}

}  // namespace gavel::rules
