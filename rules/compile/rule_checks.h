// What must hold of a rule as a whole so that unknown facts can only make a verdict stricter.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/rule_set.pb.h"
#include "rules/compile/file_reader.h"

namespace gavel::rules {

// Fields that every auto rule must constrain, or waive with a reason (R017).
const std::vector<std::string>& MandatoryGuards();

// Reports, at the rule's `when`:
//   R002  `spec.title` or `matches` outside a flag: titles are for people and no part of the facts
//   hash R015  a `stated` test that would let a missing fact lower the verdict R016  `only_in` on
//   dependencies without `or_none` in an auto rule R017  a mandatory guard neither constrained nor
//   waived (a warning in a rule that does not decide)
void CheckRule(const v1::Rule& rule, const YamlNode& when, FileReader& file);

}  // namespace gavel::rules
