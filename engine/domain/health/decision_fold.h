// What was decided of a spec, on whose word, and what became of it.
#pragma once

#include "engine/domain/health/life.h"
#include "gavel/v1/event.pb.h"

namespace gavel::health {

// Applies one event of the spec. O(its decisions + conditions + reviewers).
void FoldDecisionLife(const v1::Event& event, SpecLife& life);

}  // namespace gavel::health
