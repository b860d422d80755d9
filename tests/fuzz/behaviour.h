// What an input made the code do, as libFuzzer counts it: a second kind of coverage beside the
// compiler's, and the only one in a build that is not instrumented.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "engine/base/error.h"

namespace gavel::fuzz {

// libFuzzer reads and clears every byte of this section before and after each input.
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t behaviours[4096];

// Notes that an input led to `behaviour`: a finding code, a rule that fired.
inline void Saw(std::string_view behaviour) {
  ++behaviours[std::hash<std::string_view>{}(behaviour) % sizeof(behaviours)];
}

// The same for every problem that an error names.
inline void SawProblems(const absl::Status& status) {
  for (const FieldViolation& problem : FieldViolationsOf(status)) {
    Saw(problem.reason);
    Saw(problem.description);
  }
}

}  // namespace gavel::fuzz
