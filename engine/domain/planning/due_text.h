// How long is left, in business days, as people read it. The same words wherever a deadline shows.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"

namespace gavel {

// "due today", "1 working day left", "3 working days left", "due Sat 28 Nov" where only days off
// are left before it; "overdue today", "2 working days overdue", "overdue" where only days off have
// passed since. Empty for the infinite future, which is no deadline.
std::string DueText(const BusinessCalendar& calendar, absl::Time due, absl::Time now);

}  // namespace gavel
