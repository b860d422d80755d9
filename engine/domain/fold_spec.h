// A spec is the fold of its events.
#pragma once

#include "gavel/v1/event.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// Applies one event to the spec it is about. Total: events carry every computed value (deadlines,
// gates, kinds), so folding needs no organisation and gives the same state for ever.
void FoldSpec(const v1::Event& event, v1::Spec& spec);

}  // namespace gavel
