#include "engine/app/command/run_command.h"
#include "engine/app/meeting/calendar_feed.h"
#include "engine/app/meeting/meeting_api.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace gavel::app {

absl::Status MeetingApi::GetCalendarFeed(const Caller& caller,
                                         const v1::GetCalendarFeedRequest& request,
                                         v1::GetCalendarFeedResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const feed::CalendarObject object,
                           request.area().empty() ? PersonalFeed(workflow, caller.principal)
                                                  : AreaFeed(workflow, request.area()));
    response->set_ics(feed::RenderCalendar(object));
    response->set_etag(fmt::format("\"{}\"", Sha256Hex(response->ics()).substr(0, 32)));
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
