// How two policies differ, and what of the stored approvals that touches.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "engine/app/environment.h"
#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

// Specs whose automatic approval is in force with an envelope that has not run out.
absl::StatusOr<std::vector<v1::Spec>> WithLiveEnvelope(const Transaction& transaction);

// The whole difference on `day`, `changed_auto_rules` and `open_envelopes` filled in. The latter
// are live envelopes that name a tier which auto rules of `base` accept and of `candidate` do not.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` for rules too complex to compare.
absl::StatusOr<v1::PolicyDiff> ComparePolicies(const Transaction& transaction,
                                               const LivePolicy& base, const LivePolicy& candidate,
                                               const v1::Date& day);

}  // namespace gavel::app
