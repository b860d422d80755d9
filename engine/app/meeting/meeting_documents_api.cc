// The agenda and the minutes, asked for: as they were sent out, with what happened since below
// them; before that, as they would be now.
#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/app/command/run_command.h"
#include "engine/app/meeting/meeting_api.h"
#include "engine/app/meeting/meeting_queue.h"
#include "engine/app/meeting/meeting_text.h"
#include "engine/documents/agenda.h"
#include "engine/documents/html.h"
#include "engine/documents/minutes.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

// The agenda as it would be picked now.
absl::Status AddPreview(const Workflow& workflow, v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, meeting.area()));
  const AgendaPlan plan = queue.PlanFor(meeting);
  for (const Pick& pick : plan.picks) {
    const v1::Spec* spec = queue.Find(pick.key);
    if (spec == nullptr) continue;
    v1::Slot slot = MakeSlot(meeting, queue.ItemOf(*spec, meeting), pick.placement);
    slot.set_spec(pick.key);
    slot.set_title(spec->title());
    slot.set_presenter(spec->presenter());
    slot.set_state(v1::Slot::STATE_PLANNED);
    *meeting.add_slots() = std::move(slot);
  }
  if (plan.stand_by.has_value()) meeting.set_stand_by(*plan.stand_by);
  for (const NotPicked& each : plan.not_picked) {
    v1::NotPicked& not_picked = *meeting.add_not_picked();
    not_picked.set_spec(each.key);
    not_picked.set_reason(each.reason);
  }
  return absl::OkStatus();
}

// The newest event of a type on a meeting; nothing where there was none.
absl::StatusOr<std::optional<v1::Event>> NewestEvent(const Workflow& workflow,
                                                     const std::string& meeting,
                                                     std::string_view type) {
  constexpr int kMost = 1000;  // Minutes are published once or twice, a packet goes out once.
  GAVEL_ASSIGN_OR_RETURN(const auto rows, workflow.transaction().view().EventsOf(
                                              MeetingSubject(meeting), type, 0, kMost));
  if (rows.empty()) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(v1::Event event, EventFromRow(rows.back()));
  return event;
}

}  // namespace

absl::Status MeetingApi::GetAgenda(const Caller& caller, const v1::GetAgendaRequest& request,
                                   v1::GetAgendaResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
    if (meeting.state() == v1::Meeting::STATE_PLANNED && !meeting.planned()) {
      GAVEL_RETURN_IF_ERROR(AddPreview(workflow, meeting));
    }
    *response->mutable_readers() = meeting.readers();
    GAVEL_ASSIGN_OR_RETURN(const auto packet, NewestEvent(workflow, meeting.id(), "PacketSent"));
    GAVEL_ASSIGN_OR_RETURN(const documents::MeetingPapers papers,
                           PapersOf(workflow, std::move(meeting)));
    response->set_frozen(packet.has_value());
    response->set_markdown(packet.has_value() ? packet->packet_sent().agenda() +
                                                    documents::ChangesSincePacket(papers)
                                              : documents::AgendaMarkdown(papers));
    if (request.html()) response->set_html(documents::HtmlPage(response->markdown()));
    return absl::OkStatus();
  });
}

absl::Status MeetingApi::GetMinutes(const Caller& caller, const v1::GetMinutesRequest& request,
                                    v1::GetMinutesResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
    GAVEL_ASSIGN_OR_RETURN(const auto published,
                           NewestEvent(workflow, meeting.id(), "MinutesPublished"));
    GAVEL_ASSIGN_OR_RETURN(const documents::MeetingPapers papers,
                           PapersOf(workflow, std::move(meeting)));
    response->set_published(published.has_value());
    response->set_markdown(published.has_value() ? published->minutes_published().minutes() +
                                                       documents::ChangesSinceMinutes(
                                                           papers, FromProto(published->time()))
                                                 : documents::MinutesMarkdown(papers));
    if (request.html()) response->set_html(documents::HtmlPage(response->markdown()));
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
