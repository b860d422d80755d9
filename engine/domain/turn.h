// Whose turn it is, and by when: the same words in every client.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/situation.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// Who acts next: the first task of the attention set and everybody it is asked of, due when the
// first of them is. Every open spec names somebody. Empty `people` for a spec that waits for
// nobody.
v1::Turn TurnOf(const Situation& situation);

// One sentence about where the spec is and why.
std::string StateText(const Situation& situation);

// `media 1/2: missing one of chen, fay` per gate.
std::vector<std::string> GateLines(const v1::Spec& spec);

// Whom the reminder `timer` tells, and what. `timer` is a kind of deadlines.h. Nobody who is away,
// and nobody whose own time, with their absences counted, has not come.
v1::Turn ReminderOf(const Situation& situation, std::string_view timer);

}  // namespace gavel
