// A spec on which a rule and a mutant of it differ, brought into the words of a file of tests.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "rules/condition/program.h"
#include "rules/policy.h"
#include "rules/rule_test/file.h"

namespace gavel::rules {

class Contrast {
 public:
  // What a spec gets, as a case would `expect` it: from the rules as they are, and from the mutant.
  struct Pair {
    std::string rule;
    std::string mutant;
  };

  // Both must outlive it. `rule` is an index in `policy.rules()`.
  Contrast(const Policy& policy, size_t rule, const Program& mutant)
      : policy_(policy), rule_(rule), mutant_(mutant) {}

  Pair Answers(const v1::Facts& facts, const v1::Date& as_of) const;

  // `example` on top of what the cases of `tests` start from, with as few of its lines as still
  // tell rule and mutant apart: pasted under `set:`, it does. Nothing where the base hides the
  // difference. O(lines) evaluations.
  std::optional<v1::ExampleSpec> OnBase(const v1::ExampleSpec& example,
                                        const RuleTestFile& tests) const;

 private:
  bool Differ(const v1::Facts& facts, const v1::Date& as_of) const;
  v1::Facts With(const std::vector<std::string>& lines, const v1::Facts& base) const;

  const Policy& policy_;
  const size_t rule_;
  const Program& mutant_;
};

}  // namespace gavel::rules
