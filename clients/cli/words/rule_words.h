// A rule of a policy in words.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/output/output.h"
#include "gavel/v1/date.pb.h"
#include "rules/policy.h"

namespace gavel::cli {

// `approves without a person; 10 % are audited`.
std::string EffectText(const v1::Rule& rule);

// `enforce`, `shadow`, `draft`, `retired`.
std::string RuleStateWord(const v1::Rule& rule);

// The condition as an indented list, sets counted as of `as_of`:
//     all of
//       deps.storage: only members of @standard (6 tiers), or none
std::vector<std::string> ConditionLines(const rules::CompiledRule& rule,
                                        const rules::Policy& policy, const v1::Date& as_of);

// The whole rule: what it is called and does, when, and why.
std::vector<std::string> RuleLines(const Output& output, const rules::CompiledRule& rule,
                                   const rules::Policy& policy, const v1::Date& as_of);

// The rule of that id.
//
// Errors: NOT_FOUND that lists the rules there are.
absl::StatusOr<const rules::CompiledRule*> FindRule(const rules::Policy& policy,
                                                    const std::string& id);

}  // namespace gavel::cli
