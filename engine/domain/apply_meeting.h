// The meeting's one entry: a command in, events on the meeting out. What it means for the specs on
// it (released slots, overruns) are commands on those specs, in the same transaction.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/domain/meeting_table.h"
#include "engine/domain/organisation.h"
#include "engine/domain/roles.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"
#include "google/protobuf/message.h"

namespace gavel {

struct MeetingSituation {
  const v1::Meeting& meeting;
  const v1::Planning& planning;
  const Organisation& organisation;
  absl::Time now;
};

struct MeetingCommand {
  MeetingCommandKind kind;
  std::string actor;
  const google::protobuf::Message* request = nullptr;  // The RPC's request, or null.
  v1::Event payload = {};  // The finished payload, for commands whose content the planner made.

  template <typename Request>
  const Request& As() const {
    return static_cast<const Request&>(*request);
  }
};

// Roles of `person` towards a meeting. The deputy counts as sponsor here.
RoleSet MeetingRolesOf(const MeetingSituation& situation, std::string_view person);

// The events that a command causes. Pure; see Apply.
//
// Errors: PERMISSION_DENIED `ROLE_MISSING`, `OWN_ITEM`; FAILED_PRECONDITION `STATE_NOT_ALLOWED`,
// `GUARD_FAILED`; INVALID_ARGUMENT `FIELD_INVALID`; NOT_FOUND `PART_NOT_FOUND`.
absl::StatusOr<std::vector<v1::Event>> ApplyMeeting(const MeetingSituation& situation,
                                                    const MeetingCommand& command);

// What a meeting waits for by the clock, by kind.
namespace meeting_timer {
inline constexpr std::string_view kPreview = "meeting.preview";
inline constexpr std::string_view kCutOff = "meeting.cut-off";
inline constexpr std::string_view kFreeze = "meeting.freeze";
inline constexpr std::string_view kNotOpened = "meeting.not-opened";  // The planned end.
inline constexpr std::string_view kAutoClose = "meeting.auto-close";  // 60 minutes after it.
inline constexpr std::string_view kMinutes = "meeting.minutes";       // M+1 bd.
}  // namespace meeting_timer

std::map<std::string, absl::Time> MeetingDeadlinesOf(const v1::Meeting& meeting);

}  // namespace gavel
