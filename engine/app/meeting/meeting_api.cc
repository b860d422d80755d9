#include "engine/app/meeting/meeting_api.h"

#include <algorithm>

#include "engine/app/command/command_subject.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/meeting/meeting_queue.h"
#include "engine/app/meeting/meeting_text.h"
#include "engine/app/spec/page_token.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kListAhead = absl::Hours(24 * 7 * 8);

template <typename Response>
absl::Status Answer(const Workflow& workflow, const std::string& meeting, Response& response) {
  GAVEL_ASSIGN_OR_RETURN(*response.mutable_meeting(), workflow.GetMeeting(meeting));
  response.set_seq(NewestSeq(workflow));
  return absl::OkStatus();
}

template <typename Response>
absl::Status AnswerBoth(const Workflow& workflow, const std::string& meeting,
                        const std::string& spec, Response& response) {
  GAVEL_ASSIGN_OR_RETURN(*response.mutable_spec(), workflow.GetSpec(spec));
  return Answer(workflow, meeting, response);
}

// A command on the meeting alone.
template <typename Request, typename Response>
absl::Status OnMeeting(Environment& environment, const Caller& caller, MeetingCommandKind kind,
                       const Request& request, Response* response) {
  return RunCommand(environment, caller, request, response,
                    [&](Workflow& workflow, Response& answer) -> absl::Status {
                      const MeetingCommand command{
                          .kind = kind, .actor = caller.principal, .request = &request};
                      GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(request.meeting(), command));
                      return Answer(workflow, request.meeting(), answer);
                    });
}

// The spec of a request that names a meeting as well.
template <typename Request>
absl::StatusOr<v1::Spec> ItemOf(const Workflow& workflow, const Caller& caller,
                                const Request& request) {
  GAVEL_RETURN_IF_ERROR(workflow.GetMeeting(request.meeting()).status());
  return SubjectOf(workflow, caller, request);
}

// A command on one spec of the meeting.
template <typename Request, typename Response>
absl::Status OnItem(Environment& environment, const Caller& caller, CommandKind kind,
                    const Request& request, Response* response) {
  return RunCommand(
      environment, caller, request, response,
      [&](Workflow& workflow, Response& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(ItemOf(workflow, caller, request).status());
        const Command command{.kind = kind, .actor = caller.principal, .request = &request};
        GAVEL_RETURN_IF_ERROR(workflow.RunSpec(request.spec(), command, request.meeting()));
        return AnswerBoth(workflow, request.meeting(), request.spec(), answer);
      });
}

}  // namespace

absl::Status MeetingApi::ListMeetings(const Caller& caller, const v1::ListMeetingsRequest& request,
                                      v1::ListMeetingsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(CheckArea(workflow.organisation(), request.area()));
    GAVEL_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), 50, 1000));
    const absl::Time from =
        request.has_from_time() ? FromProto(request.from_time()) : workflow.now();
    const absl::Time to = request.has_to_time() ? FromProto(request.to_time()) : from + kListAhead;
    GAVEL_ASSIGN_OR_RETURN(std::vector<v1::Meeting> meetings,
                           workflow.transaction().Meetings(request.area(), from, to));
    for (v1::Meeting& meeting : meetings) {
      if (response->meetings_size() == size) break;
      *response->add_meetings() = std::move(meeting);
    }
    return absl::OkStatus();
  });
}

absl::Status MeetingApi::GetMeeting(const Caller& caller, const v1::GetMeetingRequest& request,
                                    v1::GetMeetingResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    return Answer(workflow, request.meeting(), *response);
  });
}

absl::Status MeetingApi::PinToMeeting(const Caller& caller, const v1::PinToMeetingRequest& request,
                                      v1::PinToMeetingResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::PinToMeetingResponse& answer) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, ItemOf(workflow, caller, request));
        GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason()));
        GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
        v1::Slot slot;
        // What the state or the caller's role forbids is said before what the planner forbids.
        if (spec.state() == v1::Spec::STATE_QUEUED && spec.area() == meeting.area() &&
            meeting.state() == v1::Meeting::STATE_PLANNED) {
          GAVEL_ASSIGN_OR_RETURN(slot, SlotFor(workflow, meeting, spec));
        }
        slot.set_picked_as("pinned");
        slot.set_reason(request.reason());
        Command command{
            .kind = CommandKind::kPinToMeeting, .actor = caller.principal, .request = &request};
        command.slot = &slot;
        GAVEL_RETURN_IF_ERROR(workflow.RunSpec(request.spec(), command, request.meeting()));
        return AnswerBoth(workflow, request.meeting(), request.spec(), answer);
      });
}

absl::Status MeetingApi::SetGo(const Caller& caller, const v1::SetGoRequest& request,
                               v1::SetGoResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::SetGoResponse& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(ItemOf(workflow, caller, request).status());
        const MeetingCommand said{
            .kind = MeetingCommandKind::kSetGo, .actor = caller.principal, .request = &request};
        GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(request.meeting(), said));
        if (request.go() == v1::Slot::GO_NO_GO) {
          GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason()));
          Command release{.kind = CommandKind::kReleaseSlot, .actor = caller.principal};
          release.reason = "no-go: " + request.reason();
          GAVEL_RETURN_IF_ERROR(workflow.RunSpec(request.spec(), release, request.meeting()));
        }
        return AnswerBoth(workflow, request.meeting(), request.spec(), answer);
      });
}

absl::Status MeetingApi::CloseMeeting(const Caller& caller, const v1::CloseMeetingRequest& request,
                                      v1::CloseMeetingResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::CloseMeetingResponse& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(workflow.CloseMeeting(request.meeting(), caller.principal));
        return Answer(workflow, request.meeting(), answer);
      });
}

absl::Status MeetingApi::CancelMeeting(const Caller& caller,
                                       const v1::CancelMeetingRequest& request,
                                       v1::CancelMeetingResponse* response) {
  return RunCommand(environment_, caller, request, response,
                    [&](Workflow& workflow, v1::CancelMeetingResponse& answer) -> absl::Status {
                      GAVEL_RETURN_IF_ERROR(workflow.CancelMeeting(
                          request.meeting(), caller.principal, &request, request.reason()));
                      return Answer(workflow, request.meeting(), answer);
                    });
}

absl::Status MeetingApi::GrantUrgent(const Caller& caller, const v1::GrantUrgentRequest& request,
                                     v1::GrantUrgentResponse* response) {
  return RunCommand(environment_, caller, request, response,
                    [&](Workflow& workflow, v1::GrantUrgentResponse& answer) -> absl::Status {
                      GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec,
                                             ItemOf(workflow, caller, request));
                      MeetingCommand command{.kind = MeetingCommandKind::kGrantUrgent,
                                             .actor = caller.principal,
                                             .request = &request};
                      command.payload.mutable_urgent_granted()->set_team(
                          workflow.organisation().TeamOf(spec.authors(0)));
                      GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(request.meeting(), command));
                      GAVEL_RETURN_IF_ERROR(Answer(workflow, request.meeting(), answer));
                      // A grant for a spec that cannot come would use up the meeting's and the
                      // team's only one.
                      return CheckQueuedFor(spec, answer.meeting());
                    });
}

absl::Status MeetingApi::PublishMinutes(const Caller& caller,
                                        const v1::PublishMinutesRequest& request,
                                        v1::PublishMinutesResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::PublishMinutesResponse& answer) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
        MeetingCommand command{.kind = MeetingCommandKind::kPublishMinutes,
                               .actor = caller.principal};
        GAVEL_ASSIGN_OR_RETURN(*command.payload.mutable_minutes_published()->mutable_minutes(),
                               MinutesText(workflow, meeting));
        GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(request.meeting(), command));
        return Answer(workflow, request.meeting(), answer);
      });
}

// Commands that need nothing but their request: method and command have one name.
#define GAVEL_MEETING_COMMAND(Name)                                                         \
  absl::Status MeetingApi::Name(const Caller& caller, const v1::Name##Request& request,     \
                                v1::Name##Response* response) {                             \
    return OnMeeting(environment_, caller, MeetingCommandKind::k##Name, request, response); \
  }
#define GAVEL_ITEM_COMMAND(Name)                                                        \
  absl::Status MeetingApi::Name(const Caller& caller, const v1::Name##Request& request, \
                                v1::Name##Response* response) {                         \
    return OnItem(environment_, caller, CommandKind::k##Name, request, response);       \
  }

GAVEL_MEETING_COMMAND(OpenMeeting)
GAVEL_MEETING_COMMAND(ConfirmPresenter)
GAVEL_MEETING_COMMAND(AssignRole)
GAVEL_MEETING_COMMAND(RecordAttendance)
GAVEL_MEETING_COMMAND(AcknowledgePacket)
GAVEL_MEETING_COMMAND(WriteNotes)
GAVEL_MEETING_COMMAND(MarkOffTopic)
GAVEL_MEETING_COMMAND(AddActionItem)
GAVEL_MEETING_COMMAND(CompleteActionItem)
GAVEL_MEETING_COMMAND(SubmitPulse)
GAVEL_ITEM_COMMAND(ReleaseSlot)
GAVEL_ITEM_COMMAND(OpenItem)
GAVEL_ITEM_COMMAND(RecordOutcome)
GAVEL_ITEM_COMMAND(UndoOutcome)

#undef GAVEL_MEETING_COMMAND
#undef GAVEL_ITEM_COMMAND

}  // namespace gavel::app
