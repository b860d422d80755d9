// watch: the event log as one JSON line per event.
#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/output/event_cursor.h"
#include "clients/cli/session.h"
#include "clients/common/backoff.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> RunWatch(Session& session) {
  v1::WatchEventsRequest request;
  if (session.Has("from") && session.Text("from").empty()) {
    return UsageError("--from is empty: a cursor, or a number; 0 is the whole log");
  }
  GAVEL_ASSIGN_OR_RETURN(Place place, ParsePlace(session.Text("from")));
  for (const std::string& filter : session.arguments().List("filter")) {
    GAVEL_RETURN_IF_ERROR(AddFilter(filter, *request.mutable_filter()));
  }
  GAVEL_ASSIGN_OR_RETURN(client::Connection * connection, session.connection());
  client::Backoff backoff;
  bool connected = true;
  const auto on_response = [&](const v1::WatchEventsResponse& response) {
    for (const std::string& line : EventLines(response, place)) session.output().JsonText(line);
    if (!session.output().filter_status().ok()) return false;
    backoff.Reset();
    connected = true;
    return true;
  };
  while (true) {
    StartAt(place, request);
    const absl::Status status = connection->Watch(request, on_response);
    if (!client::IsStreamRetryable(status) && !status.ok()) return status;
    if (!session.output().filter_status().ok()) return ExitCode::kUsage;
    if (connected) {
      session.output().Warn(
          fmt::format("gavel: {} does not answer; trying again", session.config().server.value));
    }
    connected = false;
    absl::SleepFor(backoff.Next());
  }
}

}  // namespace

std::vector<Command> WatchCommands() {
  return {{"watch",
           Group::kTools,
           "Print events as they happen, one JSON object a line, until Ctrl-C.",
           {},
           {{"--from", "CURSOR", "go on after this line's cursor; 0 is the whole log"},
            {"--filter", "FIELD=VALUE,…", "type, area or spec", FlagKind::kList}},
           "gavel watch --from 0 --filter type=DecisionRecorded,area=media",
           RunWatch}};
}

}  // namespace gavel::cli
