#include "engine/domain/apply_meeting.h"

#include <map>

#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/meeting_effects.h"
#include "engine/domain/names.h"
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

std::string QuarterOf(const MeetingSituation& situation) {
  const absl::CivilDay day =
      situation.organisation.CalendarOf(situation.meeting.area()).DayOf(situation.now);
  return fmt::format("{}-Q{}", day.year(), (day.month() + 2) / 3);
}

absl::Status Open(const MeetingSituation& situation, const MeetingCommand& command,
                  v1::Event& event) {
  const v1::Meeting& meeting = situation.meeting;
  if (situation.now < FromProto(meeting.start_time()) - kOpenEarly) {
    return RefuseMeeting(meeting, command.kind,
                         "it may be opened from 15 minutes before its start");
  }
  event.mutable_meeting_opened()->set_facilitator(command.actor);
  return absl::OkStatus();
}

absl::Status Cancel(const MeetingCommand& command, v1::Event& event) {
  if (command.request == nullptr) {
    event = command.payload;
    return absl::OkStatus();
  }
  const auto& reason = command.As<v1::CancelMeetingRequest>().reason();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", reason, "must say why, in a sentence"));
  *event.mutable_meeting_cancelled() = command.payload.meeting_cancelled();
  event.mutable_meeting_cancelled()->set_reason(reason);
  return absl::OkStatus();
}

absl::Status Confirm(const MeetingSituation& situation, const MeetingCommand& command,
                     v1::Event& event) {
  const auto& spec = command.As<v1::ConfirmPresenterRequest>().spec();
  GAVEL_ASSIGN_OR_RETURN(const v1::Slot* slot, SlotOf(situation.meeting, spec));
  const bool facilitates = (MeetingRolesOf(situation, command.actor) & role::kFacilitator) != 0;
  if (slot->presenter() != command.actor && !facilitates) {
    return MakeError(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                     fmt::format("@{} presents {}.", slot->presenter(), spec),
                     {{"principal", command.actor}, {"needs", slot->presenter()}});
  }
  event.set_spec(spec);
  event.mutable_presenter_confirmed()->set_spec(spec);
  return absl::OkStatus();
}

absl::Status SetGo(const MeetingSituation& situation, const MeetingCommand& command,
                   v1::Event& event) {
  const auto& request = command.As<v1::SetGoRequest>();
  GAVEL_RETURN_IF_ERROR(SlotOf(situation.meeting, request.spec()).status());
  if (request.go() == v1::Slot::GO_UNSPECIFIED) return FieldError("go", "must be GO or NO_GO");
  event.set_spec(request.spec());
  event.mutable_go_set()->set_spec(request.spec());
  event.mutable_go_set()->set_go(request.go());
  return absl::OkStatus();
}

absl::Status Urgent(const MeetingSituation& situation, const MeetingCommand& command,
                    v1::Event& event) {
  const auto& request = command.As<v1::GrantUrgentRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason(), "must say why, in a sentence"));
  if (!situation.meeting.urgent().empty()) {
    return RefuseMeeting(
        situation.meeting, command.kind,
        fmt::format("{} is its urgent item; there is one per meeting", situation.meeting.urgent()));
  }
  const std::string& team = command.payload.urgent_granted().team();
  const std::string quarter = QuarterOf(situation);
  for (const v1::UrgentGrant& grant : situation.planning.urgent_grants()) {
    if (grant.team() == team && grant.quarter() == quarter) {
      return RefuseMeeting(
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

absl::Status Reschedule(const MeetingSituation& situation, const MeetingCommand& command,
                        v1::Event& event) {
  const v1::Meeting& meeting = situation.meeting;
  if (meeting.planned() || situation.now >= FromProto(meeting.cut_off_time())) {
    return RefuseMeeting(meeting, command.kind, "its agenda has been picked; cancel it instead");
  }
  GAVEL_RETURN_IF_ERROR(RequireText("reason", command.payload.meeting_moved().reason()));
  event = command.payload;
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
    case kReschedule:
      return Reschedule(situation, command, event);
    default:
      return FillInRoom(situation, command, event);
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
