// Single conditions that alone stood between reviews and an automatic approval.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/backtest/case_judge.h"

namespace gavel::rules {

// A review misses nearly where flipping one test, and no other single one, of one rule would have
// approved it: a test of an auto rule that is not true, or one of the only requirement that fired.
// Built-ins are not negotiable, so what they stopped missed by more.
class NearMisses {
 public:
  explicit NearMisses(std::shared_ptr<const FastPolicy> policy) : judge_(std::move(policy)) {}

  // O(tests²) for a review that one rule alone kept from approval, else O(tests).
  void Add(const v1::ReviewCase& review);

  // Most reviews first, at most `limit`.
  std::vector<v1::NearMiss> Take(size_t limit) const;

 private:
  struct Count {
    int64_t specs = 0;
    int64_t harmed = 0;
    std::vector<std::string> examples;
  };

  void AddAutoRules(const v1::ReviewCase& review);
  void AddRequirement(const v1::ReviewCase& review, size_t rule);
  void Note(const v1::ReviewCase& review, size_t rule, int leaf);
  int OnlyTestBehind(size_t rule, v1::Truth wanted) const;
  v1::NearMiss Describe(size_t rule, int leaf, const Count& count) const;

  CaseJudge judge_;
  int64_t to_people_ = 0;
  std::map<std::pair<size_t, int>, Count> counts_;  // By rule and leaf; -1: the whole condition.
};

}  // namespace gavel::rules
