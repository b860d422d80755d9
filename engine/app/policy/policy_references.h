// What a new policy may not take away, because specs or meetings stand on it (rules.md 3.4 and edge
// row 41, org.md).
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"

namespace gavel::app {

// Refuses a candidate without an area that ever had a spec or has a meeting under way, without the
// series of an area with open specs, without a person, a group or a tier that open specs or, for
// tiers, live envelopes name. `workflow` is that of the policy in force. O(open specs); reads their
// documents only where a tier was removed.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one violation per name, with some of the specs.
absl::Status CheckReferences(const Workflow& workflow, const LivePolicy& candidate);

}  // namespace gavel::app
