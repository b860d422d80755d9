#include "engine/domain/meeting_table.h"

#include <array>

#include "engine/domain/roles.h"

namespace gavel {
namespace {

using enum MeetingCommandKind;

constexpr MeetingStateSet kPlanned = In(v1::Meeting::STATE_PLANNED);
constexpr MeetingStateSet kFrozen = In(v1::Meeting::STATE_FROZEN);
constexpr MeetingStateSet kLive = In(v1::Meeting::STATE_LIVE);
constexpr MeetingStateSet kClosed = In(v1::Meeting::STATE_CLOSED);
constexpr MeetingStateSet kCancelled = In(v1::Meeting::STATE_CANCELLED);
constexpr MeetingStateSet kStays = 0;

constexpr RoleSet kFacilitator = role::kFacilitator;
constexpr RoleSet kSponsor = role::kSponsor;
constexpr RoleSet kPresenter = role::kPresenter;
constexpr RoleSet kSystem = role::kSystem;
constexpr RoleSet kAnyone = role::kMember;

constexpr std::array<std::string_view, kMeetingCommandKinds> kNames = {
    "OpenMeeting", "CloseMeeting", "CancelMeeting", "RescheduleMeeting",  "ConfirmPresenter",
    "SetGo",       "GrantUrgent",  "AssignRole",    "RecordAttendance",   "AcknowledgePacket",
    "WriteNotes",  "MarkOffTopic", "AddActionItem", "CompleteActionItem", "PublishMinutes",
    "SubmitPulse", "SendPreview",  "PlanAgenda",    "SendPacket",         "ProposeSession",
};

// clang-format off
const std::array kMeetingTransitions = std::to_array<MeetingTransition>({
  // From, command, who, to, event.
  {kFrozen, kOpenMeeting, kFacilitator | kSponsor, kLive, "MeetingOpened"},
  {kLive, kCloseMeeting, kFacilitator | kSystem, kClosed, "MeetingClosed"},
  {kPlanned | kFrozen, kCancelMeeting, kFacilitator | kSponsor | kSystem, kCancelled,
   "MeetingCancelled"},
  {kPlanned, kReschedule, kFacilitator | kSponsor | kSystem, kStays, "MeetingMoved"},
  {kPlanned | kFrozen, kConfirmPresenter, kPresenter | kFacilitator, kStays, "PresenterConfirmed"},
  {kFrozen, kSetGo, kFacilitator, kStays, "GoSet"},
  {kPlanned, kGrantUrgent, kSponsor, kStays, "UrgentGranted"},
  {kPlanned | kFrozen | kLive, kAssignRole, kFacilitator | kSystem, kStays, "RoleAssigned"},
  {kLive | kClosed, kRecordAttendance, kFacilitator | role::kNotetaker, kStays,
   "AttendanceRecorded"},
  {kFrozen | kLive, kAcknowledgePacket, kAnyone, kStays, "PacketRead"},
  {kLive | kClosed, kWriteNotes, kAnyone, kStays, "NotesWritten"},
  {kLive, kMarkOffTopic, kAnyone, kStays, "OffTopicMarked"},
  {kLive | kClosed, kAddActionItem, kFacilitator | role::kNotetaker, kStays, "ActionItemAdded"},
  {kLive | kClosed, kCompleteActionItem, kAnyone, kStays, "ActionItemCompleted"},
  {kClosed, kPublishMinutes, kFacilitator | role::kNotetaker | kSystem, kStays, "MinutesPublished"},
  {kClosed, kSubmitPulse, kAnyone, kStays, "PulseSubmitted"},
  {kPlanned, kSendPreview, kSystem, kStays, "PreviewSent"},
  {kPlanned, kPlanAgenda, kSystem, kStays, "AgendaPlanned"},
  {kPlanned, kSendPacket, kSystem, kFrozen, "PacketSent"},
  {kPlanned | kFrozen, kProposeSession, kSystem, kStays, "ExtraSessionProposed"},
});
// clang-format on

}  // namespace

std::string MeetingCommandName(MeetingCommandKind kind) {
  return std::string(kNames[static_cast<size_t>(kind)]);
}

std::span<const MeetingTransition> MeetingTransitions() { return kMeetingTransitions; }

const MeetingTransition* FindMeetingTransition(v1::Meeting::State state, MeetingCommandKind kind) {
  for (const MeetingTransition& transition : kMeetingTransitions) {
    if (transition.command == kind && (transition.from & In(state)) != 0) return &transition;
  }
  return nullptr;
}

std::vector<std::string> AllowedMeetingCommands(v1::Meeting::State state) {
  std::vector<std::string> names;
  for (const MeetingTransition& transition : kMeetingTransitions) {
    const bool is_public = transition.command < kSendPreview;
    if (is_public && (transition.from & In(state)) != 0) {
      names.push_back(MeetingCommandName(transition.command));
    }
  }
  return names;
}

}  // namespace gavel
