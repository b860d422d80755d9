// Whether concrete facts are in a box: the other direction of ExampleOf, for tests.
#pragma once

#include "gavel/v1/facts.pb.h"
#include "rules/analysis/box.h"

namespace gavel::rules {

// For a space of one view. The title must be empty.
bool Contains(const Box& box, const v1::Facts& facts, const Space& space);

}  // namespace gavel::rules
