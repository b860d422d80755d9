// What ApplyMeeting is made of: checks that several commands share, and the commands used in the
// room. Internal to the domain.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/domain/apply_meeting.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// FAILED_PRECONDITION `GUARD_FAILED`; `why` is a clause.
absl::Status RefuseMeeting(const v1::Meeting& meeting, MeetingCommandKind kind,
                           std::string_view why);

// NOT_FOUND `PART_NOT_FOUND`, with what is on the agenda, where `spec` is not.
absl::StatusOr<const v1::Slot*> SlotOf(const v1::Meeting& meeting, const std::string& spec);

// Fills in the event of a command that is used around or in the room: roles, attendance, reading,
// notes, promises, pulse. Any other command brings its finished payload.
//
// Errors: those of ApplyMeeting but its states.
absl::Status FillInRoom(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event);

}  // namespace gavel
