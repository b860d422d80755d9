// The specs that a policy approves without a person.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/analysis/box.h"
#include "rules/analysis/leaf_boxes.h"

namespace gavel::rules {

// The conditions of one policy's rules as boxes, each made when it is first asked for.
class RuleBoxes {
 public:
  // The algebra must outlive this. `view` is the policy's index in its space.
  RuleBoxes(size_t view, BoxAlgebra& algebra) : view_(view), algebra_(algebra) {}

  const PolicyView& view() const { return algebra_.space().views()[view_]; }
  BoxAlgebra& algebra() { return algebra_; }

  // The specs on which rule `rule` is as wanted; empty where it takes too many boxes.
  const std::vector<Box>& Of(size_t rule, Wanted wanted);
  bool IsTooComplex(size_t rule, Wanted wanted);

  // The specs on which no built-in asks for people, given a clear history.
  std::vector<Box> WithoutBuiltins();
  // The specs on which `rule` approves, before requirements are looked at.
  std::vector<Box> Approving(size_t rule);
  // Everything that keeps a rule from approving: of each rule in force that asks for people or for
  // the author, the specs on which it fires.
  std::vector<std::pair<size_t, const Box*>> Objections();
  // TooComplexError where a rule that decides what is approved takes too many boxes.
  absl::Status Check();

 private:
  const std::vector<Box>* Make(size_t rule, Wanted wanted);

  const size_t view_;
  BoxAlgebra& algebra_;
  std::map<std::pair<size_t, Wanted>, std::optional<std::vector<Box>>> made_;
};

// Whether a rule approves on `as_of`, or asks for people or the author, as Evaluate has it.
bool ApprovesOn(const v1::Rule& rule, const v1::Date& as_of);
bool Objects(const v1::Rule& rule);

// INVALID_ARGUMENT `POLICY_INVALID`.
absl::Status TooComplexError(const std::string& message);
std::string TooComplexText(const v1::Rule& rule);
std::string SearchTooLongText();

// The specs that are approved. Boxes may overlap.
//
// Errors: TooComplexError.
absl::StatusOr<std::vector<Box>> AutoRegion(RuleBoxes& rules);

}  // namespace gavel::rules
