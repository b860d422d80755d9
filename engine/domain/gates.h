// Gates: whose approval is needed, whether it can be had, and whether it is there.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/domain/situation.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

struct Staffing {
  std::vector<v1::Gate> gates;              // By id.
  std::vector<v1::Assignment> assignments;  // By person; existing ones stay while their gate does.
  std::vector<std::string> added;           // People who are new among them.
};

// The gates of a spec under `verdict` and who is asked: its area's, one per consulted area, one per
// reviewer clause, one per area of a superseded spec. Each gate that has fewer eligible people than
// its quorum gets the sponsor (or deputy) and a quorum of what is left, never below 1. For each
// gate as many people are asked as its quorum wants: those asked already or wished for by the
// author first, then in turn by the spec's number, so that the load spreads and every machine
// agrees.
//
// Errors: FAILED_PRECONDITION `NO_ELIGIBLE_REVIEWER` (metadata `gate`).
absl::StatusOr<Staffing> StaffGates(const Situation& situation, const v1::Verdict& verdict);

// Recounts `approvals` and `satisfied` of every gate from the fresh positions.
void RecountGates(v1::Spec& spec);

// True where all gates are satisfied and, if they have such a person, one approval comes from
// outside the authors' teams.
bool GatesSatisfied(const Situation& situation);

// The first gate without any fresh approval; null when each has one.
const v1::Gate* GateWithoutApproval(const v1::Spec& spec);

// The person's position on the current major revision; null when there is none.
const v1::Position* FreshPosition(const v1::Spec& spec, std::string_view person);

// Number of the newest major revision.
int LatestMajorRevision(const v1::Spec& spec);

}  // namespace gavel
