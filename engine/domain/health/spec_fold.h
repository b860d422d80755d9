// From a spec's events to what health remembers of it.
#pragma once

#include "engine/domain/health/life.h"
#include "engine/domain/health/people.h"
#include "gavel/v1/event.pb.h"

namespace gavel::health {

// Applies one event whose `spec` is this one. Events that health does not need change nothing.
// O(people of the spec).
void FoldSpecLife(const v1::Event& event, People& people, SpecLife& life);

// True for what shows that its actor read a spec: a position, a comment, a concern.
bool IsWord(const v1::Event& event);

}  // namespace gavel::health
