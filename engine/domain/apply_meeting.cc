#include "engine/domain/apply_meeting.h"

#include <map>

#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel {
namespace {

using enum MeetingCommandKind;

// People may gather this long before the start.
constexpr absl::Duration kOpenEarly = absl::Minutes(15);
// A meeting nobody closes is closed this long after its planned end.
constexpr absl::Duration kAutoCloseAfter = absl::Minutes(60);

absl::Status Refuse(const v1::Meeting& meeting, MeetingCommandKind kind, std::string_view why) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "GUARD_FAILED",
      fmt::format("{} is not possible for {}: {}.", MeetingCommandName(kind), meeting.id(), why),
      {{"meeting", meeting.id()},
       {"command", MeetingCommandName(kind)},
       {"why", std::string(why)}});
}

absl::Status NotNow(const v1::Meeting& meeting, MeetingCommandKind kind) {
  const auto allowed = AllowedMeetingCommands(meeting.state());
  const std::string list =
      allowed.empty() ? "nothing" : fmt::format("{}", fmt::join(allowed, ", "));
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "STATE_NOT_ALLOWED",
      fmt::format("{} is not possible: {} is {}. Allowed now: {}.", MeetingCommandName(kind),
                  meeting.id(), StateName(meeting.state()), list),
      {{"meeting", meeting.id()},
       {"command", MeetingCommandName(kind)},
       {"state", StateName(meeting.state())},
       {"allowed", list}});
}

bool IsOnAgenda(const v1::Slot& slot) { return slot.state() != v1::Slot::STATE_RELEASED; }

absl::StatusOr<const v1::Slot*> SlotOf(const v1::Meeting& meeting, const std::string& spec) {
  if (const v1::Slot* slot = FindSlot(meeting, spec)) return slot;
  std::vector<std::string> known;
  for (const v1::Slot& slot : meeting.slots()) {
    if (IsOnAgenda(slot)) known.push_back(slot.spec());
  }
  return MakeError(absl::StatusCode::kNotFound, "PART_NOT_FOUND",
                   fmt::format("{} is not on the agenda of {}. There: {}.", spec, meeting.id(),
                               fmt::join(known, ", ")),
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

std::string QuarterOf(const MeetingSituation& situation) {
  const absl::CivilDay day =
      situation.organisation.CalendarOf(situation.meeting.area()).DayOf(situation.now);
  return fmt::format("{}-Q{}", day.year(), (day.month() + 2) / 3);
}

template <typename Request>
const Request& As(const MeetingCommand& command) {
  return static_cast<const Request&>(*command.request);
}

absl::Status Open(const MeetingSituation& situation, const MeetingCommand& command,
                  v1::Event& event) {
  const v1::Meeting& meeting = situation.meeting;
  if (situation.now < FromProto(meeting.start_time()) - kOpenEarly) {
    return Refuse(meeting, command.kind, "it may be opened from 15 minutes before its start");
  }
  event.mutable_meeting_opened()->set_facilitator(command.actor);
  return absl::OkStatus();
}

absl::Status Cancel(const MeetingCommand& command, v1::Event& event) {
  if (command.request == nullptr) {
    event = command.payload;
    return absl::OkStatus();
  }
  const auto& reason = As<v1::CancelMeetingRequest>(command).reason();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", reason, "must say why, in a sentence"));
  *event.mutable_meeting_cancelled() = command.payload.meeting_cancelled();
  event.mutable_meeting_cancelled()->set_reason(reason);
  return absl::OkStatus();
}

absl::Status Confirm(const MeetingSituation& situation, const MeetingCommand& command,
                     v1::Event& event) {
  const auto& spec = As<v1::ConfirmPresenterRequest>(command).spec();
  GAVEL_RETURN_IF_ERROR(SlotOf(situation.meeting, spec).status());
  event.set_spec(spec);
  event.mutable_presenter_confirmed()->set_spec(spec);
  return absl::OkStatus();
}

absl::Status SetGo(const MeetingSituation& situation, const MeetingCommand& command,
                   v1::Event& event) {
  const auto& request = As<v1::SetGoRequest>(command);
  GAVEL_RETURN_IF_ERROR(SlotOf(situation.meeting, request.spec()).status());
  if (request.go() == v1::Slot::GO_UNSPECIFIED) return FieldError("go", "must be GO or NO_GO");
  event.set_spec(request.spec());
  event.mutable_go_set()->set_spec(request.spec());
  event.mutable_go_set()->set_go(request.go());
  return absl::OkStatus();
}

absl::Status Urgent(const MeetingSituation& situation, const MeetingCommand& command,
                    v1::Event& event) {
  const auto& request = As<v1::GrantUrgentRequest>(command);
  GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason(), "must say why, in a sentence"));
  if (!situation.meeting.urgent().empty()) {
    return Refuse(
        situation.meeting, command.kind,
        fmt::format("{} is its urgent item; there is one per meeting", situation.meeting.urgent()));
  }
  const std::string& team = command.payload.urgent_granted().team();
  const std::string quarter = QuarterOf(situation);
  for (const v1::UrgentGrant& grant : situation.planning.urgent_grants()) {
    if (grant.team() == team && grant.quarter() == quarter) {
      return Refuse(
          situation.meeting, command.kind,
          fmt::format("team {} had its urgent item of {} with {}", team, quarter, grant.spec()));
    }
  }
  event.set_spec(request.spec());
  v1::UrgentGranted& granted = *event.mutable_urgent_granted();
  granted.set_spec(request.spec());
  granted.set_reason(request.reason());
  granted.set_team(team);
  granted.set_quarter(quarter);
  return absl::OkStatus();
}

absl::Status AssignRole(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const auto& request = As<v1::AssignRoleRequest>(command);
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

absl::Status Attendance(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const auto& request = As<v1::RecordAttendanceRequest>(command);
  for (const v1::Attendance& entry : request.attendance()) {
    GAVEL_RETURN_IF_ERROR(CheckPerson(situation, "attendance.person", entry.person()));
  }
  *event.mutable_attendance_recorded()->mutable_attendance() = request.attendance();
  return absl::OkStatus();
}

absl::Status WriteNotes(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const auto& request = As<v1::WriteNotesRequest>(command);
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must not be empty"));
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
  const auto& spec = As<v1::MarkOffTopicRequest>(command).spec();
  GAVEL_RETURN_IF_ERROR(SlotOf(situation.meeting, spec).status());
  event.set_spec(spec);
  event.mutable_off_topic_marked()->set_spec(spec);
  return absl::OkStatus();
}

absl::Status AddAction(const MeetingSituation& situation, const MeetingCommand& command,
                       v1::Event& event) {
  const auto& request = As<v1::AddActionItemRequest>(command);
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must say what is promised"));
  GAVEL_RETURN_IF_ERROR(CheckPerson(situation, "owner", request.owner()));
  if (request.has_due() && !IsValidDate(request.due())) {
    return FieldError("due", "must be a day that exists");
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
  const auto& id = As<v1::CompleteActionItemRequest>(command).item();
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

absl::Status SubmitPulse(const MeetingSituation& situation, const MeetingCommand& command,
                         v1::Event& event) {
  const auto& pulse = As<v1::SubmitPulseRequest>(command).pulse();
  for (const int32_t answer : {pulse.useful(), pulse.heard(), pulse.on_topic()}) {
    if (answer < 1 || answer > 5) return FieldError("pulse", "answers go from 1 (no) to 5 (yes)");
  }
  if (Contains(situation.meeting.pulse_people(), command.actor)) {
    return Refuse(situation.meeting, command.kind, "you have answered");
  }
  *event.mutable_pulse_submitted()->mutable_pulse() = pulse;
  event.mutable_pulse_submitted()->set_person(command.actor);
  return absl::OkStatus();
}

absl::Status Fill(const MeetingSituation& situation, const MeetingCommand& command,
                  v1::Event& event) {
  switch (command.kind) {
    case kOpenMeeting:
      return Open(situation, command, event);
    case kCancelMeeting:
      return Cancel(command, event);
    case kConfirmPresenter:
      return Confirm(situation, command, event);
    case kSetGo:
      return SetGo(situation, command, event);
    case kGrantUrgent:
      return Urgent(situation, command, event);
    case kAssignRole:
      return AssignRole(situation, command, event);
    case kRecordAttendance:
      return Attendance(situation, command, event);
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

}  // namespace

RoleSet MeetingRolesOf(const MeetingSituation& situation, std::string_view person) {
  if (person == kSystemActor) return role::kSystem;
  if (!situation.organisation.IsPresent(person, situation.now)) return 0;
  RoleSet roles = role::kMember;
  const v1::Area* area = situation.organisation.FindArea(situation.meeting.area());
  if (area == nullptr) return roles;
  if (Contains(area->facilitators(), person) || situation.meeting.facilitator() == person) {
    roles |= role::kFacilitator;
  }
  if (Contains(area->notetakers(), person) || situation.meeting.notetaker() == person) {
    roles |= role::kNotetaker;
  }
  if (area->sponsor() == person || area->deputy() == person) roles |= role::kSponsor;
  for (const v1::Slot& slot : situation.meeting.slots()) {
    if (slot.presenter() == person) roles |= role::kPresenter;
  }
  return roles;
}

absl::StatusOr<std::vector<v1::Event>> ApplyMeeting(const MeetingSituation& situation,
                                                    const MeetingCommand& command) {
  const v1::Meeting& meeting = situation.meeting;
  const MeetingTransition* transition = FindMeetingTransition(meeting.state(), command.kind);
  if (transition == nullptr) return NotNow(meeting, command.kind);
  if ((transition->who & MeetingRolesOf(situation, command.actor)) == 0) {
    return MakeError(
        absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
        fmt::format("{} may be used by: {}. `{}` is none of these here.",
                    MeetingCommandName(command.kind), RoleNames(transition->who), command.actor),
        {{"command", MeetingCommandName(command.kind)},
         {"principal", command.actor},
         {"needs", RoleNames(transition->who)}});
  }
  v1::Event event;
  GAVEL_RETURN_IF_ERROR(Fill(situation, command, event));
  const auto* payload = v1::Event::descriptor()->FindFieldByNumber(event.payload_case());
  event.set_type(payload->message_type()->name());
  event.set_subject("meetings/" + meeting.id());
  event.set_actor(command.actor);
  event.set_area(meeting.area());
  event.set_meeting(meeting.id());
  *event.mutable_time() = ToProto(situation.now);
  return std::vector<v1::Event>{std::move(event)};
}

std::map<std::string, absl::Time> MeetingDeadlinesOf(const v1::Meeting& meeting) {
  std::map<std::string, absl::Time> deadlines;
  const auto add = [&](std::string_view kind, absl::Time due) {
    deadlines[std::string(kind)] = due;
  };
  const absl::Time end = FromProto(meeting.end_time());
  switch (meeting.state()) {
    case v1::Meeting::STATE_PLANNED:
      if (!meeting.previewed() && meeting.has_preview_time()) {
        add(meeting_timer::kPreview, FromProto(meeting.preview_time()));
      }
      if (!meeting.planned()) add(meeting_timer::kCutOff, FromProto(meeting.cut_off_time()));
      add(meeting_timer::kFreeze, FromProto(meeting.freeze_time()));
      break;
    case v1::Meeting::STATE_FROZEN:
      add(meeting_timer::kNotOpened, end);
      break;
    case v1::Meeting::STATE_LIVE:
      add(meeting_timer::kAutoClose, end + kAutoCloseAfter);
      break;
    case v1::Meeting::STATE_CLOSED:
      if (!meeting.has_minutes_time()) {
        add(meeting_timer::kMinutes, FromProto(meeting.minutes_due_time()));
      }
      break;
    default:
      break;
  }
  return deadlines;
}

}  // namespace gavel
