// When an auto rule must stop approving until a person has looked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gavel/v1/audit.pb.h"
#include "gavel/v1/rule_set.pb.h"

namespace gavel {

// Specs with a decision. A spec that was decided more than once counts by its newest decision.
struct DecisionCount {
  int decisions = 0;
  int automatic = 0;                 // Of these, by a rule.
  std::vector<std::string> by_rule;  // Keys of these by the rule asked for, in order of decision.
};

// Counts the reviews of `ends` (oldest first) that ended at or after `since`.
DecisionCount CountDecisions(const std::vector<v1::ReviewEnd>& ends, absl::Time since,
                             const std::string& rule);

// From when on cases count: the start of the window, or when a person closed the breaker last.
absl::Time CountedSince(const v1::Breaker& limits, const v1::RuleRecord& record, absl::Time now);

struct BreakerTrip {
  std::string reason;              // For people.
  std::vector<std::string> specs;  // Keys behind it.
};

// Why the rule has to stop now; nothing where it may go on or has stopped already. `ends` are the
// reviews that ended in the window, oldest first. Audits come before the share: they say more.
//
// The share is that of all rules together, since it is the rules as a whole that take reviews away
// from people; the rule that gave the approval above the limit is the one that stops.
std::optional<BreakerTrip> TripOf(const v1::Breaker& limits, const v1::RuleRecord& record,
                                  const std::vector<v1::ReviewEnd>& ends, absl::Time now);

}  // namespace gavel
