// `rules.yaml`.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/policy.pb.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

inline constexpr int kMaxRules = 500;

struct RulesFile {
  v1::RuleSet rule_set;  // Rules sorted by id.
  // Line and column of each rule, by id.
  std::map<std::string, std::pair<int, int>> places;
};

// The rule set of `source`, `Nm` dates resolved from `published`. Mistakes are added to `problems`;
// without an error among them every condition can be compiled.
RulesFile ReadRulesFile(const v1::PolicySource& source, const v1::Org& org,
                        const v1::Catalog& catalog, const v1::Date& published,
                        std::vector<PolicyProblem>& problems);

}  // namespace gavel::rules
