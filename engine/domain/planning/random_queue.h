// Random queues and meetings for property tests: skewed towards the edges, with many specs of the
// same age, full packets, few reviewers and every kind of meeting.
#pragma once

#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/planning_testing.h"

namespace gavel::planning_test {

// `A-<number>`.
QueueItem RandomItem(Dice& dice, int number);

// A meeting on kMeetingDay with up to 19 queued specs, A-1 and up. One in ten has pinned specs, one
// in twenty is a dedicated session, one in four has numbers of its own.
PlanInput RandomInput(Dice& dice);

// The plan in full, one line for each thing it says.
std::string Describe(const AgendaPlan& plan);

}  // namespace gavel::planning_test
