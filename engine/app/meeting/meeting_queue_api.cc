// ListQueue: nothing here writes.

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/meeting/meeting_api.h"
#include "engine/app/meeting/meeting_queue_view.h"

namespace gavel::app {

absl::Status MeetingApi::ListQueue(const Caller& caller, const v1::ListQueueRequest& request,
                                   v1::ListQueueResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    const v1::Area* area = workflow.organisation().FindArea(request.area());
    if (area == nullptr) return AreaNotFound(request.area());
    if (area->series().empty()) return absl::OkStatus();  // Only consulted: nothing queues there.
    GAVEL_ASSIGN_OR_RETURN(QueueView view, ViewQueue(workflow, area->id()));
    response->set_meeting(view.meeting);
    response->set_stand_by(view.stand_by);
    for (v1::QueueEntry& entry : view.entries) *response->add_entries() = std::move(entry);
    GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning,
                           workflow.transaction().Planning(area->id()));
    *response->mutable_alerts() = planning.alerts();
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
