// A file of rule tests (`rules.test.yaml`), read and checked against the policy it tests.
//
//   kind: RuleTest, version: 1, rule_set: ID, as_of: DAY
//   base:  {FACT: value, …}                        what every case starts from
//   cases: [{name, as_of, set: {FACT: value}, unset: [FACT], facts_unknown, overridden: [RULE],
//            expect: {KEY: value}}]
//   table: {columns: [FACT…, "-> KEY"…], rows: [[value…]…]}
//   KEY    gate, mode; fired, unknown, shadow, expired, breaker_open, overridden (rule ids); areas;
//          reviewers (`group:ID`); flags (labels). A list is exact unless it is `{contains:
//          [...]}`.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/facts.pb.h"
#include "rules/evaluate.h"
#include "rules/policy.h"

namespace gavel::rules {

// One thing that a verdict must say.
struct Expectation {
  std::string key;
  int line = 0;                    // Where it stands, from 1.
  std::string word;                // Of `gate` and `mode`.
  std::vector<std::string> names;  // Of the other keys; sorted.
  bool contains = false;           // The list may hold more.
};

// A case, or a row of the table.
struct RuleTestCase {
  std::string name;
  v1::Facts facts;
  EvaluateInputs inputs;
  std::vector<Expectation> expectations;  // At least one.
};

struct RuleTestFile {
  v1::Facts base;  // What every case starts from.
  v1::Date as_of;
  std::vector<RuleTestCase> cases;  // Rows of the table last.
};

// Reads `text`, the content of `rules.test.yaml`.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one violation per problem: `field` is `FILE:LINE:COL`,
// `description` names the value, the fix and the nearest name.
absl::StatusOr<RuleTestFile> ReadRuleTests(const Policy& policy, const std::string& text);

}  // namespace gavel::rules
