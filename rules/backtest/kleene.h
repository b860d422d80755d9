// A condition's value from given values of its tests: what if one of them were different?
#pragma once

#include <array>
#include <cstddef>

#include "gavel/v1/verdict.pb.h"
#include "rules/condition/program.h"
#include "rules/packed/fast_policy.h"

namespace gavel::rules {

// By leaf of the program; those beyond its leaves are unspecified.
using LeafTruths = std::array<v1::Truth, kMaxLeaves>;

// What the tests of rule `rule` said in `result`.
LeafTruths TruthsOf(const FastPolicy& policy, const FastResult& result, size_t rule);

// The condition's value where its tests have the values of `leaves`. O(steps), allocates nothing.
v1::Truth Rerun(const Program& program, const LeafTruths& leaves);

}  // namespace gavel::rules
