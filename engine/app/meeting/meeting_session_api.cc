// CreateSession and RescheduleMeeting: what people plan themselves.

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/meeting/meeting_api.h"
#include "engine/app/meeting/meeting_move.h"
#include "engine/app/meeting/meeting_record.h"
#include "engine/app/meeting/meeting_session.h"
#include "engine/app/meeting/meeting_time_check.h"
#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

absl::Status CheckFacilitates(const Workflow& workflow, const std::string& area_id,
                              const std::string& person, bool as_sponsor) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  if (area == nullptr) return AreaNotFound(area_id);
  const bool facilitates = Contains(area->facilitators(), person);
  const bool sponsors = area->sponsor() == person || area->deputy() == person;
  if (sponsors || (facilitates && !as_sponsor)) return absl::OkStatus();
  const std::string needs = as_sponsor ? "sponsor" : "facilitator, sponsor";
  return MakeError(
      absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
      fmt::format("This may be used by: {}. `{}` is none of these in {}.", needs, person, area_id),
      {{"principal", person}, {"needs", needs}});
}

// The usual notice, or none where the sponsor waives it: agenda and packet then follow at once.
absl::Status GiveNotice(const Workflow& workflow, bool waived, v1::Meeting& meeting) {
  if (FromProto(meeting.freeze_time()) > workflow.now()) return absl::OkStatus();
  if (!waived) {
    return FieldError("start_time",
                      "leaves less than the two business days of notice; a later start, or "
                      "the sponsor's `waive_notice`");
  }
  *meeting.mutable_cut_off_time() = ToProto(workflow.now());
  *meeting.mutable_freeze_time() = ToProto(workflow.now() + absl::Microseconds(1));
  return absl::OkStatus();
}

}  // namespace

absl::Status MeetingApi::CreateSession(const Caller& caller,
                                       const v1::CreateSessionRequest& request,
                                       v1::CreateSessionResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::CreateSessionResponse& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(
            CheckFacilitates(workflow, request.area(), caller.principal, request.waive_notice()));
        GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason()));
        if (!request.has_start_time() || FromProto(request.start_time()) <= workflow.now()) {
          return FieldError("start_time", "must lie in the future");
        }
        GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, MakeSession(workflow, request));
        GAVEL_RETURN_IF_ERROR(CheckMeetingTime(workflow, meeting));
        GAVEL_RETURN_IF_ERROR(GiveNotice(workflow, request.waive_notice(), meeting));
        GAVEL_RETURN_IF_ERROR(AppendPlanned(workflow, caller.principal, meeting));
        GAVEL_ASSIGN_OR_RETURN(*answer.mutable_meeting(), workflow.GetMeeting(meeting.id()));
        answer.set_seq(NewestSeq(workflow));
        return absl::OkStatus();
      });
}

absl::Status MeetingApi::RescheduleMeeting(const Caller& caller,
                                           const v1::RescheduleMeetingRequest& request,
                                           v1::RescheduleMeetingResponse* response) {
  return RunCommand(environment_, caller, request, response,
                    [&](Workflow& workflow, v1::RescheduleMeetingResponse& answer) -> absl::Status {
                      GAVEL_RETURN_IF_ERROR(Reschedule(workflow, caller.principal, request));
                      GAVEL_ASSIGN_OR_RETURN(*answer.mutable_meeting(),
                                             workflow.GetMeeting(request.meeting()));
                      answer.set_seq(NewestSeq(workflow));
                      return absl::OkStatus();
                    });
}

}  // namespace gavel::app
