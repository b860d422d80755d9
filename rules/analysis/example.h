// A concrete spec out of a box.
#pragma once

#include "gavel/v1/analysis.pb.h"
#include "rules/analysis/box.h"

namespace gavel::rules {

// A plain one: facts that the box leaves free stay unset, the others take their first, known value.
// Names are those of the policy of `view`. `box` must hold a spec.
v1::ExampleSpec ExampleOf(const Box& box, size_t view, BoxAlgebra& algebra);

}  // namespace gavel::rules
