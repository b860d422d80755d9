// Whether the tests of a policy notice a change of one rule, asked very often.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/condition/program.h"
#include "rules/evaluate/fact_table.h"
#include "rules/policy.h"
#include "rules/rule_test/file.h"

namespace gavel::rules {

// Keeps what every case came to with the rules as they are. A changed rule is first run alone on
// each case; only where its own answer differs is the whole verdict made again.
class TestBench {
 public:
  // Both must outlive the bench. Every case must pass.
  TestBench(const Policy& policy, const std::vector<RuleTestCase>& cases);
  TestBench(const TestBench&) = delete;
  TestBench& operator=(const TestBench&) = delete;

  // True where some case fails once rule `rule` (an index in `policy.rules()`) has the condition
  // `mutant`. O(cases), and one evaluation per case whose answer differs.
  bool Kills(size_t rule, const Program& mutant) const;

 private:
  // All that the rest of a verdict sees of one condition.
  struct Result {
    v1::Truth truth;
    uint32_t missing;  // Fields, as bits, that the author left out and that decide it.

    bool operator==(const Result&) const = default;
  };

  Result Run(const Program& program, size_t test) const;

  const Policy& policy_;
  const std::vector<RuleTestCase>& cases_;
  std::vector<FactTable> tables_;             // One per case.
  std::vector<std::vector<Result>> results_;  // By rule, then case: the rules as they are.
};

}  // namespace gavel::rules
