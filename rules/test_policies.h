// Policies that tests run against.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rules/policy.h"

namespace gavel::rules {

// The worked organisation of the design: stricter than the shipped policy, async by default.
std::shared_ptr<const Policy> WorkedPolicy();

// `deploy/policy`, as it ships, published on 2026-11-23.
std::shared_ptr<const Policy> ShippedPolicy();

// The files of the worked organisation, to be edited by a test.
v1::PolicySource WorkedSource();

// The shipped policy with its shadow rules in force: a sync default with async requirements.
std::shared_ptr<const Policy> ShippedAllEnforced();

// The worked organisation with a system that lends a high data class, so that values have ranges.
std::shared_ptr<const Policy> WorkedWithClassifiedSystem();

// `rules.yaml` in pieces: what stands before the first rule, then one piece a rule, each with its
// line end. In any order behind the first they are the same rule set.
std::vector<std::string> RuleBlocks(const std::string& rules);

v1::Date Day(int year, int month, int day);

}  // namespace gavel::rules
