// The one message a person gets on a day, and when: at most one a local day, on business days, in
// working hours, never while they are away (meetings.md, "Attention and reminders"). Derived from
// what waits for them now and from what they were told, so that a missed run repairs itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/ladder.h"
#include "engine/domain/organisation.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// A flurry of changes becomes one message: somebody's turn is told no sooner than this.
inline constexpr absl::Duration kFlurry = absl::Minutes(1);

// To whom, by which calendar. References must outlive it.
struct Addressee {
  std::string_view person;
  const v1::PersonRecord& record;
  const BusinessCalendar& calendar;
  int digest_minute;  // Local minute of the day.
};

// The area whose calendar and digest hour hold for a person: the first, in the policy's order, in
// which they have a role; else `otherwise`, the area of what waits for them.
std::string HomeArea(const Organisation& organisation, std::string_view person,
                     std::string_view otherwise, absl::Time now);

// `record` and the calendar of `area`, which must exist.
Addressee AddresseeIn(const Organisation& organisation, std::string_view area,
                      std::string_view person, const v1::PersonRecord& record);

// The first instant, `now` at the earliest, at which a message about `items` is due, if nothing
// changes: direct rungs as soon as the day allows, the rest at the digest hour. The infinite future
// where nothing is left to say, or they are away for two years.
absl::Time NextMessageTime(const Addressee& addressee, const std::vector<OpenItem>& items,
                           absl::Time now);

// The message itself: everything unsaid, most pressing first. Nothing before NextMessageTime.
std::optional<v1::PersonNotified> MessageAt(const Addressee& addressee,
                                            const std::vector<OpenItem>& items,
                                            int waiting_for_others, absl::Time now);

}  // namespace gavel
