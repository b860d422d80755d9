// What became of a spec's concerns.
#pragma once

#include "engine/domain/health/life.h"
#include "engine/domain/health/people.h"
#include "gavel/v1/event.pb.h"

namespace gavel::health {

// Applies one event of the spec. O(its concerns).
void FoldConcernLife(const v1::Event& event, People& people, SpecLife& life);

}  // namespace gavel::health
