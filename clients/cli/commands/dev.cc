// dev clock: the clock of a development server.
#include "clients/cli/commands/commands.h"
#include "clients/cli/session.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> ShowClock(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         session.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  session.output().Json(info);
  session.output().Line(Rfc3339(info.now()));
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunClock(Session& session) {
  if (session.Has("to") && session.Has("by")) return UsageError("give --to or --by, not both");
  if (!session.Has("to") && !session.Has("by")) return ShowClock(session);
  session.AllowTime(absl::Minutes(5));  // Everything that falls due on the way fires first.
  v1::AdvanceClockRequest request;
  if (session.Has("to")) {
    GAVEL_ASSIGN_OR_RETURN(const absl::Time to, ParseTime(session.Text("to")));
    *request.mutable_to() = ToTimestamp(to);
  } else {
    GAVEL_ASSIGN_OR_RETURN(const absl::Duration by, ParseSpan(session.Text("by")));
    request.mutable_by()->set_seconds(absl::ToInt64Seconds(by));
  }
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::AdvanceClockResponse>(request));
  session.output().Json(response);
  session.output().Line(fmt::format("{}  {} timer{} fired", Rfc3339(response.now()),
                                    response.timers_fired(),
                                    response.timers_fired() == 1 ? "" : "s"));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> DevCommands() {
  return {{"dev clock",
           Group::kHidden,
           "Show or advance the clock of a development server.",
           {},
           {{"--to", "TIME", "to this time, 2026-12-10T14:00:00Z"},
            {"--by", "DURATION", "by this much, 2d3h"}},
           "gavel dev clock --by 2d3h",
           RunClock}};
}

}  // namespace gavel::cli
