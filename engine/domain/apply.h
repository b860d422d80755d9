// The lifecycle's one entry: a command in, events out.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/domain/command.h"
#include "engine/domain/situation.h"
#include "gavel/v1/event.pb.h"

namespace gavel {

// The events that a command causes, each with subject, actor, area, states, type and payload; their
// numbers and times are the transaction's to set. Empty when the command was already in effect.
// Pure: the same input gives the same events on every machine. O(size of the spec).
//
// Errors: PERMISSION_DENIED `ROLE_MISSING` or `OWN_SPEC`; FAILED_PRECONDITION `STATE_NOT_ALLOWED`
// (metadata `state`, `allowed`), `GUARD_FAILED`, `NO_ELIGIBLE_REVIEWER` (`gate`),
// `NOTHING_ANSWERED`; INVALID_ARGUMENT `FIELD_INVALID`; NOT_FOUND `PART_NOT_FOUND`.
absl::StatusOr<std::vector<v1::Event>> Apply(const Situation& before, const Command& command);

// Commands by which somebody decides on a spec: never its authors, whatever else they are.
bool IsDeciding(CommandKind kind);

}  // namespace gavel
