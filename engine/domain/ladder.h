// The ladder of messages about one entry of an attention set (meetings.md, "Attention and
// reminders"): it is your turn, half time, due today, late, and so on. Derived from state, so a
// missed run changes nothing: the present rung is what the clock says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/situation.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// The steps, as `NotifiedItem.step` names them.
namespace step {
inline constexpr std::string_view kTurn = "turn";
inline constexpr std::string_view kHalfTime = "half-time";
inline constexpr std::string_view kDue = "due";
inline constexpr std::string_view kLate = "late";
inline constexpr std::string_view kLapsed = "lapsed";
inline constexpr std::string_view kRemind = "remind";
inline constexpr std::string_view kCondition = "condition";
}  // namespace step

struct Rung {
  std::string_view step;
  absl::Time time;  // From here on it may be said.
  bool direct;      // Else it waits for the digest.
  // It was said where the person was told of it, or of a later rung, at or after this.
  absl::Time fresh_since;
};

// What waits for a person on one spec.
struct OpenItem {
  std::string spec;
  std::string title;
  std::string text;  // What they are to do, as a clause.
  absl::Time since;
  absl::Time due;            // The infinite future where there is no deadline.
  std::vector<Rung> ladder;  // By time; empty for what nobody is told of: drafts, the live item.
};

// What waits for `person` on the spec of `situation`, first task first.
std::vector<OpenItem> OpenItemsOf(const Situation& situation, std::string_view person);

// The rung that `item` stands on at `now`, unless the person was told of it. Nobody is told of a
// turn that is older than kSaidMemory (fold_person.h): by then it is forgotten whether they were.
std::optional<Rung> UnsaidRung(const OpenItem& item, const v1::PersonRecord& person,
                               absl::Time now);

// The first rung after `now`; nothing at the end of the ladder.
std::optional<Rung> NextRung(const OpenItem& item, absl::Time now);

}  // namespace gavel
