// The life of a meeting as data: what may be asked of it in which state, and by whom.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/meeting.pb.h"

namespace gavel {

enum class MeetingCommandKind {
  kOpenMeeting,
  kCloseMeeting,
  kCancelMeeting,
  kReschedule,
  kConfirmPresenter,
  kSetGo,
  kGrantUrgent,
  kAssignRole,
  kRecordAttendance,
  kAcknowledgePacket,
  kWriteNotes,
  kMarkOffTopic,
  kAddActionItem,
  kCompleteActionItem,
  kPublishMinutes,
  kSubmitPulse,

  kSendPreview,     // Timer, M-5.
  kPlanAgenda,      // Timer: the cut-off.
  kSendPacket,      // Timer: the freeze, with something to discuss.
  kProposeSession,  // Follows the cut-off where specs were passed over three times.
};

inline constexpr int kMeetingCommandKinds =
    static_cast<int>(MeetingCommandKind::kProposeSession) + 1;

std::string MeetingCommandName(MeetingCommandKind kind);

// A set of meeting states; bit = enum value.
using MeetingStateSet = uint32_t;
constexpr MeetingStateSet In(v1::Meeting::State state) {
  return 1u << static_cast<uint32_t>(state);
}

struct MeetingTransition {
  MeetingStateSet from;
  MeetingCommandKind command;
  uint32_t who;        // RoleSet of roles.h.
  MeetingStateSet to;  // Empty: it stays.
  std::string_view event;
};

std::span<const MeetingTransition> MeetingTransitions();

// The row of a command in a state; null when the state refuses it.
const MeetingTransition* FindMeetingTransition(v1::Meeting::State state, MeetingCommandKind kind);

// Public commands possible in `state`, whoever asks.
std::vector<std::string> AllowedMeetingCommands(v1::Meeting::State state);

}  // namespace gavel
