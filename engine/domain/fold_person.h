// What is remembered of a person: absences, the auto rules they had a hand in, and what they were
// told.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// How long somebody counts as having changed a rule (rules.md 3.6, `own-rule`).
inline constexpr absl::Duration kRuleEditMemory = absl::Hours(24 * 14);

// How long what somebody was told is remembered. What began earlier is never told, so that nothing
// is told twice (ladder.h); waking dates lie within twelve months.
inline constexpr absl::Duration kSaidMemory = absl::Hours(24 * 400);

// `MEDIA-1 due`: what `PersonRecord.said` is kept by, with the time at which it was said.
std::string SaidKey(std::string_view spec, std::string_view step);

// Applies one event to the record of `id`: an absence, which replaces those that overlap it, a
// policy that `id` published or approved, or a message to them. Total; see FoldSpec.
void FoldPerson(const v1::Event& event, std::string_view id, v1::PersonRecord& person);

}  // namespace gavel
