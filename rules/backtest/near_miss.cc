#include "rules/backtest/near_miss.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/backtest/kleene.h"
#include "rules/evaluate/leaf.h"

namespace gavel::rules {
namespace {

constexpr size_t kExamples = 5;
constexpr int kWhole = -1;

}  // namespace

// The only test of a rule whose flip alone gives the condition the value `wanted`; kWhole where
// none or several do.
int NearMisses::OnlyTestBehind(size_t rule, v1::Truth wanted) const {
  const Program& program = judge_.policy().policy().rules()[rule].program;
  LeafTruths truths = TruthsOf(judge_.policy(), judge_.result(), rule);
  int only = kWhole;
  for (size_t i = 0; i < program.leaves.size(); ++i) {
    const v1::Truth before = truths[i];
    for (const v1::Truth after : {v1::TRUTH_FALSE, v1::TRUTH_TRUE}) {
      truths[i] = after;
      if (after == before || Rerun(program, truths) != wanted) continue;
      if (only != kWhole) return kWhole;
      only = static_cast<int>(i);
    }
    truths[i] = before;
  }
  return only;
}

void NearMisses::Note(const v1::ReviewCase& review, size_t rule, int leaf) {
  Count& count = counts_[{rule, leaf}];
  ++count.specs;
  if (review.harms_size() > 0) ++count.harmed;
  if (count.examples.size() < kExamples) count.examples.push_back(review.spec());
}

void NearMisses::AddAutoRules(const v1::ReviewCase& review) {
  for (size_t i = 0; i < judge_.result().rules.size(); ++i) {
    if (!judge_.MayApprove(i, review.submitted_day())) continue;
    const int leaf = OnlyTestBehind(i, v1::TRUTH_TRUE);
    if (leaf != kWhole) Note(review, i, leaf);
  }
}

// `rule` is the only requirement that fired.
void NearMisses::AddRequirement(const v1::ReviewCase& review, size_t rule) {
  bool approves = false;
  for (size_t i = 0; i < judge_.result().rules.size(); ++i) {
    approves |= judge_.MayApprove(i, review.submitted_day()) &&
                judge_.result().rules[i].truth == v1::TRUTH_TRUE;
  }
  if (approves) Note(review, rule, OnlyTestBehind(rule, v1::TRUTH_FALSE));
}

void NearMisses::Add(const v1::ReviewCase& review) {
  const v1::PackedFacts& facts = review.facts();
  const FastResult& result = judge_.Evaluate(facts, review.submitted_day());
  if (result.mode == v1::REVIEW_MODE_AUTO) return;
  ++to_people_;
  if (result.builtins != 0 || IsForeign(facts) || AsksForPeople(facts)) return;
  const std::vector<size_t>& stops = judge_.Stops();
  if (stops.size() == 1) return AddRequirement(review, stops.front());
  if (stops.empty()) AddAutoRules(review);
}

v1::NearMiss NearMisses::Describe(size_t rule, int leaf, const Count& count) const {
  const Policy& policy = judge_.policy().policy();
  const CompiledRule& compiled = policy.rules()[rule];
  v1::NearMiss miss;
  miss.set_rule(compiled.rule.id());
  miss.set_condition(compiled.rule.title());
  if (leaf != kWhole) {
    const Leaf& test = compiled.program.leaves[static_cast<size_t>(leaf)];
    miss.set_path(test.path);
    miss.set_condition(fmt::format("{} {} {}", InfoOf(test.field).name, OpWord(test.op),
                                   WantText(test, policy, policy.published())));
  }
  miss.set_specs(count.specs);
  miss.set_share_percent(100.0 * static_cast<double>(count.specs) /
                         static_cast<double>(to_people_));
  miss.set_harmed(count.harmed);
  for (const std::string& spec : count.examples) miss.add_examples(spec);
  return miss;
}

std::vector<v1::NearMiss> NearMisses::Take(size_t limit) const {
  std::vector<v1::NearMiss> misses;
  for (const auto& [place, count] : counts_) {
    misses.push_back(Describe(place.first, place.second, count));
  }
  std::stable_sort(misses.begin(), misses.end(),
                   [](const auto& a, const auto& b) { return a.specs() > b.specs(); });
  misses.resize(std::min(misses.size(), limit));
  return misses;
}

}  // namespace gavel::rules
