// The workload that all engines judge: 1,000 specs, 12 rules, five possible answers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/policy.h"

namespace gavel::bench {

// A spec the way a program without a rule engine would hold it.
struct Spec {
  std::vector<std::string> storage, compute, new_deps;  // `product/tier`.
  std::vector<std::string> regions, sections;
  std::string cls, blast;
  bool pii = false;
  bool reversible = true;
  int64_t cost = 0;  // USD a month.
};

// What an engine answers, strictest last but for `kDefault`.
enum class Answer : char {
  kAuto = 'A',
  kDefault = 'D',  // Nobody approves and nobody asks: the default, async.
  kAsync = 'Y',
  kSync = 'S',
  kBlock = 'B',
};

// `count` specs, the same on every machine.
std::vector<Spec> MakeSpecs(size_t count);

// The same spec as our facts, and as JSON for the peers.
v1::Facts FactsOf(const Spec& spec);
std::string JsonOf(const std::vector<Spec>& specs);

// The 12 rules in C++ on strings, all of them evaluated: what a rule engine saves one from writing.
// Bit i of `fired`: rule i + 1 did.
Answer JudgeByHand(const Spec& spec, uint32_t& fired);

// The 12 rules from `folder`. Ends the program where they do not compile.
std::shared_ptr<const rules::Policy> BenchPolicy(const std::string& folder);

}  // namespace gavel::bench
