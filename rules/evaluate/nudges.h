// What an author could change so that a rule would approve: other tiers, missing sections.
#pragma once

#include <functional>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// The nudges that belong to `verdict`, sorted by field; empty where nothing of the kind would do,
// or it is approved already. Only what really leads to approval: `decide` gives the verdict on
// changed facts. Never about numbers, classes or detection, which an author could simply claim.
// Several nudges are needed together, and say so.
std::vector<v1::Nudge> NudgesFor(const v1::Facts& facts, const Policy& policy,
                                 const v1::Date& as_of, const v1::Verdict& verdict,
                                 const std::function<v1::Verdict(const v1::Facts&)>& decide);

}  // namespace gavel::rules
