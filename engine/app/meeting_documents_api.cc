// The agenda and the minutes, asked for.
#include "engine/app/agenda_text.h"
#include "engine/app/entity.h"
#include "engine/app/event_row.h"
#include "engine/app/meeting_api.h"
#include "engine/app/meeting_queue.h"
#include "engine/app/run_command.h"

namespace gavel::app {

absl::Status MeetingApi::GetAgenda(const Caller& caller, const v1::GetAgendaRequest& request,
                                   v1::GetAgendaResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
    GAVEL_ASSIGN_OR_RETURN(const auto packets,
                           workflow.transaction().view().EventsOf(MeetingSubject(request.meeting()),
                                                                  "PacketSent", 0, 1));
    response->set_frozen(!packets.empty());
    if (!packets.empty()) {
      GAVEL_ASSIGN_OR_RETURN(const v1::Event event, EventFromRow(packets[0]));
      response->set_markdown(event.packet_sent().agenda());
      return absl::OkStatus();
    }
    // Not picked yet: what the agenda would be now.
    if (meeting.state() == v1::Meeting::STATE_PLANNED && !meeting.planned()) {
      GAVEL_ASSIGN_OR_RETURN(const AgendaPlan plan, PreviewPlan(workflow, meeting));
      int order = meeting.slots_size();
      for (const Pick& pick : plan.picks) {
        GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(pick.key));
        v1::Slot& slot = *meeting.add_slots();
        slot.set_spec(pick.key);
        slot.set_order(++order);
        slot.set_timebox_minutes(pick.placement.minutes);
        slot.set_words(spec.revisions(spec.revisions_size() - 1).words());
        slot.set_state(v1::Slot::STATE_PLANNED);
      }
      if (plan.stand_by.has_value()) meeting.set_stand_by(*plan.stand_by);
      for (const NotPicked& each : plan.not_picked) {
        v1::NotPicked& not_picked = *meeting.add_not_picked();
        not_picked.set_spec(each.key);
        not_picked.set_reason(each.reason);
      }
    }
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_markdown(), AgendaText(workflow, meeting));
    return absl::OkStatus();
  });
}

absl::Status MeetingApi::GetMinutes(const Caller& caller, const v1::GetMinutesRequest& request,
                                    v1::GetMinutesResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
    response->set_published(meeting.has_minutes_time());
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_markdown(), MinutesText(workflow, meeting));
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
