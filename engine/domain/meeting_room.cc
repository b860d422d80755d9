// Commands used around and in the room: who runs it, who was there, who has read, what was said and
// promised, and what people thought of it.
#include <array>
#include <vector>

#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/meeting_effects.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel {
namespace {

using enum MeetingCommandKind;

bool IsOnAgenda(const v1::Slot& slot) { return slot.state() != v1::Slot::STATE_RELEASED; }

absl::Status NotOnAgenda(const v1::Meeting& meeting, const std::string& spec) {
  std::vector<std::string> known;
  for (const v1::Slot& slot : meeting.slots()) {
    if (IsOnAgenda(slot)) known.push_back(slot.spec());
  }
  return MakeError(
      absl::StatusCode::kNotFound, "PART_NOT_FOUND",
      fmt::format("{} is not on the agenda of {}. There: {}.", spec, meeting.id(),
                  known.empty() ? "nothing" : fmt::format("{}", fmt::join(known, ", "))),
      {{"meeting", meeting.id()}, {"name", spec}});
}

absl::Status OwnItem(const std::string& person, const std::string& spec) {
  return MakeError(absl::StatusCode::kPermissionDenied, "OWN_ITEM",
                   fmt::format("{} presents {}; somebody else writes its notes.", person, spec),
                   {{"spec", spec}, {"principal", person}});
}

absl::Status CheckPerson(const MeetingSituation& situation, std::string_view field,
                         const std::string& person) {
  if (situation.organisation.IsPresent(person, situation.now)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kNotFound, "PERSON_NOT_FOUND",
                   fmt::format("{}: `{}` is not a person of the organisation.", field, person),
                   {{"person", person}});
}

absl::Status AssignRole(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const auto& request = command.As<v1::AssignRoleRequest>();
  if (request.role() != "facilitator" && request.role() != "notetaker") {
    return FieldError("role", "must be `facilitator` or `notetaker`");
  }
  GAVEL_RETURN_IF_ERROR(CheckPerson(situation, "person", request.person()));
  if (request.role() == "notetaker") {
    for (const v1::Slot& slot : situation.meeting.slots()) {
      if (IsOnAgenda(slot) && slot.presenter() == request.person()) {
        return OwnItem(request.person(), slot.spec());
      }
    }
  }
  event.mutable_role_assigned()->set_role(request.role());
  event.mutable_role_assigned()->set_person(request.person());
  return absl::OkStatus();
}

constexpr std::array<std::string_view, 5> kAttendanceRoles = {"facilitator", "presenter",
                                                              "notetaker", "sponsor", "attendee"};

// What somebody is in a meeting unless the facilitator says otherwise.
std::string SeatOf(const MeetingSituation& situation, const std::string& person) {
  const v1::Meeting& meeting = situation.meeting;
  if (meeting.facilitator() == person) return "facilitator";
  if (meeting.notetaker() == person) return "notetaker";
  const RoleSet roles = MeetingRolesOf(situation, person);
  if ((roles & role::kPresenter) != 0) return "presenter";
  return (roles & role::kSponsor) != 0 ? "sponsor" : "attendee";
}

absl::Status Attendance(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const auto& request = command.As<v1::RecordAttendanceRequest>();
  auto& attendance = *event.mutable_attendance_recorded()->mutable_attendance();
  for (const v1::Attendance& entry : request.attendance()) {
    GAVEL_RETURN_IF_ERROR(CheckPerson(situation, "attendance.person", entry.person()));
    if (!entry.role().empty() && !Contains(kAttendanceRoles, entry.role())) {
      return FieldError("attendance.role", fmt::format("must be one of {}, or empty",
                                                       fmt::join(kAttendanceRoles, ", ")));
    }
    v1::Attendance& seat = *attendance.Add();
    seat = entry;
    if (seat.role().empty()) seat.set_role(SeatOf(situation, entry.person()));
  }
  return absl::OkStatus();
}

// The packet holds every item that is still on the agenda, and the stand-by.
std::vector<std::string> PacketOf(const v1::Meeting& meeting) {
  std::vector<std::string> specs;
  for (const v1::Slot& slot : meeting.slots()) {
    if (IsOnAgenda(slot)) specs.push_back(slot.spec());
  }
  if (!meeting.stand_by().empty()) specs.push_back(meeting.stand_by());
  return specs;
}

absl::Status AcknowledgePacket(const MeetingSituation& situation, const MeetingCommand& command,
                               v1::Event& event) {
  const auto& request = command.As<v1::AcknowledgePacketRequest>();
  const std::vector<std::string> packet = PacketOf(situation.meeting);
  v1::PacketRead& read = *event.mutable_packet_read();
  read.set_person(command.actor);
  for (const std::string& spec : request.specs()) {
    if (!Contains(packet, spec)) return NotOnAgenda(situation.meeting, spec);
    if (!Contains(read.specs(), spec)) read.add_specs(spec);
  }
  if (request.specs().empty()) read.mutable_specs()->Add(packet.begin(), packet.end());
  return absl::OkStatus();
}

absl::Status WriteNotes(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const auto& request = command.As<v1::WriteNotesRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must not be empty"));
  if (situation.meeting.has_minutes_time()) {
    // Nobody would read it: published minutes stay as they are.
    return RefuseMeeting(situation.meeting, command.kind,
                         "its minutes are published; comment on the spec instead");
  }
  if (!request.spec().empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Slot* slot, SlotOf(situation.meeting, request.spec()));
    if (slot->presenter() == command.actor) {
      return OwnItem(command.actor, request.spec());
    }
    event.set_spec(request.spec());
  }
  v1::NotesWritten& written = *event.mutable_notes_written();
  written.set_spec(request.spec());
  written.mutable_note()->set_author(command.actor);
  written.mutable_note()->set_text(request.text());
  *written.mutable_note()->mutable_create_time() = ToProto(situation.now);
  return absl::OkStatus();
}

absl::Status MarkOffTopic(const MeetingSituation& situation, const MeetingCommand& command,
                          v1::Event& event) {
  const auto& spec = command.As<v1::MarkOffTopicRequest>().spec();
  GAVEL_ASSIGN_OR_RETURN(const v1::Slot* slot, SlotOf(situation.meeting, spec));
  if (slot->state() != v1::Slot::STATE_OPEN) {
    return RefuseMeeting(situation.meeting, command.kind,
                         fmt::format("{} is not being discussed", spec));
  }
  event.set_spec(spec);
  event.mutable_off_topic_marked()->set_spec(spec);
  return absl::OkStatus();
}

absl::Status AddAction(const MeetingSituation& situation, const MeetingCommand& command,
                       v1::Event& event) {
  const auto& request = command.As<v1::AddActionItemRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must say what is promised"));
  GAVEL_RETURN_IF_ERROR(CheckPerson(situation, "owner", request.owner()));
  if (request.has_due() && !IsValidDate(request.due())) {
    return FieldError("due", "must be a day that exists");
  }
  if (!request.spec().empty()) {
    GAVEL_RETURN_IF_ERROR(SlotOf(situation.meeting, request.spec()).status());
  }
  v1::ActionItem& item = *event.mutable_action_item_added()->mutable_item();
  item.set_id(fmt::format("a{}", situation.meeting.action_items_size() + 1));
  item.set_text(request.text());
  item.set_owner(request.owner());
  if (request.has_due()) *item.mutable_due() = request.due();
  item.set_spec(request.spec());
  return absl::OkStatus();
}

absl::Status CompleteAction(const MeetingSituation& situation, const MeetingCommand& command,
                            v1::Event& event) {
  const auto& id = command.As<v1::CompleteActionItemRequest>().item();
  for (const v1::ActionItem& item : situation.meeting.action_items()) {
    if (item.id() != id) continue;
    const bool may = item.owner() == command.actor ||
                     (MeetingRolesOf(situation, command.actor) & role::kFacilitator) != 0;
    if (!may) {
      return MakeError(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                       fmt::format("{} belongs to @{}.", id, item.owner()),
                       {{"principal", command.actor}, {"needs", item.owner()}});
    }
    event.mutable_action_item_completed()->set_item(id);
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kNotFound, "PART_NOT_FOUND",
                   fmt::format("{} has no action item `{}`.", situation.meeting.id(), id),
                   {{"meeting", situation.meeting.id()}, {"name", id}});
}

const v1::Attendance* FindAttendance(const v1::Meeting& meeting, const std::string& person) {
  for (const v1::Attendance& entry : meeting.attendance()) {
    if (entry.person() == person) return &entry;
  }
  return nullptr;
}

absl::Status SubmitPulse(const MeetingSituation& situation, const MeetingCommand& command,
                         v1::Event& event) {
  const auto& pulse = command.As<v1::SubmitPulseRequest>().pulse();
  for (const int32_t answer : {pulse.useful(), pulse.heard(), pulse.on_topic()}) {
    if (answer < 1 || answer > 5) return FieldError("pulse", "answers go from 1 (no) to 5 (yes)");
  }
  const v1::Attendance* seat = FindAttendance(situation.meeting, command.actor);
  if (seat == nullptr) {
    return RefuseMeeting(situation.meeting, command.kind,
                         "only those who were there answer, and you are not on its attendance "
                         "list; its facilitator or notetaker records who was");
  }
  if (Contains(situation.meeting.pulse_people(), command.actor)) {
    return RefuseMeeting(situation.meeting, command.kind, "you have answered");
  }
  *event.mutable_pulse_submitted()->mutable_pulse() = pulse;
  event.mutable_pulse_submitted()->mutable_pulse()->set_role(seat->role());
  event.mutable_pulse_submitted()->set_person(command.actor);
  return absl::OkStatus();
}

}  // namespace

absl::Status RefuseMeeting(const v1::Meeting& meeting, MeetingCommandKind kind,
                           std::string_view why) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "GUARD_FAILED",
      fmt::format("{} is not possible for {}: {}.", MeetingCommandName(kind), meeting.id(), why),
      {{"meeting", meeting.id()},
       {"command", MeetingCommandName(kind)},
       {"why", std::string(why)}});
}

absl::StatusOr<const v1::Slot*> SlotOf(const v1::Meeting& meeting, const std::string& spec) {
  if (const v1::Slot* slot = FindSlot(meeting, spec)) return slot;
  return NotOnAgenda(meeting, spec);
}

absl::Status FillInRoom(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  switch (command.kind) {
    case kAssignRole:
      return AssignRole(situation, command, event);
    case kRecordAttendance:
      return Attendance(situation, command, event);
    case kAcknowledgePacket:
      return AcknowledgePacket(situation, command, event);
    case kWriteNotes:
      return WriteNotes(situation, command, event);
    case kMarkOffTopic:
      return MarkOffTopic(situation, command, event);
    case kAddActionItem:
      return AddAction(situation, command, event);
    case kCompleteActionItem:
      return CompleteAction(situation, command, event);
    case kSubmitPulse:
      return SubmitPulse(situation, command, event);
    default:
      event = command.payload;
      return absl::OkStatus();
  }
}

}  // namespace gavel
