// From what a user types for a meeting (`2026-12-10-media`, `2026-12-10`, `next`) to its id.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "clients/cli/session.h"

namespace gavel::cli {

// The positional MEETING, and the flag --area that says whose meeting a day or `next` is.
Positional MeetingPositional();
Flag MeetingAreaFlag();

// The id that the positional MEETING stands for: itself; that of the meeting on a day; or with
// `next` that of the meeting that is being held, else of the next one that is not cancelled.
//
// Errors: INVALID_ARGUMENT that lists them where a day or `next` stands for more than one;
// NOT_FOUND where it stands for none; those of ListMeetings.
absl::StatusOr<std::string> MeetingId(Session& session);

}  // namespace gavel::cli
