// The organisation that plays a history: one area with a weekly meeting, and nobody more than it
// takes. Its rules approve nothing by themselves; its catalog is empty.
#pragma once

#include "absl/time/civil_time.h"
#include "engine/simulation/settings.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::simulation {

inline constexpr char kArea[] = "simulated";
inline constexpr char kAuthor[] = "author";
inline constexpr char kFacilitator[] = "facilitator";
inline constexpr char kSponsor[] = "sponsor";
// Both are required of every review, and both have to agree.
inline constexpr const char* kReviewers[] = {"reviewer-1", "reviewer-2"};

// The policy's files; its series starts on `first`. Pure. What the settings get wrong is found when
// the files are compiled, as for any policy.
v1::PolicySource PolicyOf(const Settings& settings, absl::CivilDay first);

}  // namespace gavel::simulation
