// `rules.yaml`.
#pragma once

#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/policy.pb.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

inline constexpr int kMaxRules = 500;

// The rule set of `source`, sorted by id, `Nm` dates resolved from `published`. Mistakes are added
// to `problems`; without an error among them every condition can be compiled.
v1::RuleSet ReadRulesFile(const v1::PolicySource& source, const v1::Org& org,
                          const v1::Catalog& catalog, const v1::Date& published,
                          std::vector<PolicyProblem>& problems);

}  // namespace gavel::rules
