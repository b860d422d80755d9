// Rules and tiers that come to the end of their time: said ahead, and told to the owner.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"
#include "engine/store/rows.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/policy.h"

namespace gavel::app {

// `expires in 3 days`, `expired` …; for an enforced auto rule also the tiers that soon stop being
// standard, or did. Empty where nothing is due within 30 days.
std::vector<std::string> ExpiryRemarks(const rules::Policy& policy, const v1::Rule& rule,
                                       const v1::Date& today);

// Makes the timers of every enforced rule those of its `review_by`: 30, 14 and 3 days ahead, what
// is past left out. Idempotent; call when a policy comes into force, and at the start.
absl::Status PlanExpiryReminders(Workflow& workflow);

// Tells the rule's owner (`ReminderSent` on `rules/ID`). A timer of a rule that is gone, or whose
// date has moved, is dropped in silence.
absl::Status FireExpiryReminder(Workflow& workflow, const store::TimerRow& timer);

}  // namespace gavel::app
