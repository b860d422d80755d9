// Random policies and specs, for tests. Deterministic: a seed gives the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

class RandomSource {
 public:
  explicit RandomSource(uint64_t seed) : engine_(seed) {}

  // From 0 to `count` - 1.
  size_t Below(size_t count) { return engine_() % count; }
  bool OneIn(size_t count) { return Below(count) == 0; }
  template <typename Values>
  const auto& Pick(const Values& values) {
    return *std::next(std::begin(values), static_cast<ptrdiff_t>(Below(std::size(values))));
  }

 private:
  std::mt19937_64 engine_;
};

// Rules of every effect, state and kind of test over the catalog and organisation of `base`. They
// need not make sense: the compiler's checks are not asked.
std::shared_ptr<const Policy> RandomPolicy(const Policy& base, RandomSource& random);

// A spec and its circumstances, over the names of `policy` and some that it does not know. Days
// cluster where its tiers and rules change.
v1::EvaluationRecord RandomRecord(const Policy& policy, RandomSource& random);

}  // namespace gavel::rules
