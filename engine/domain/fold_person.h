// What is remembered of a person: absences, and the auto rules they had a hand in.
#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// How long somebody counts as having changed a rule (rules.md 3.6, `own-rule`).
inline constexpr absl::Duration kRuleEditMemory = absl::Hours(24 * 14);

// Applies one event to the record of `id`: an absence, which replaces those that overlap it, or a
// policy that `id` published or approved. Total; see FoldSpec.
void FoldPerson(const v1::Event& event, std::string_view id, v1::PersonRecord& person);

}  // namespace gavel
