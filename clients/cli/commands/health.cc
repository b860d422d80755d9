// health: whether the review itself works.
#include "clients/cli/show/health.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/output/pager.h"
#include "clients/cli/output/terminal_width.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/health_service.pb.h"

namespace gavel::cli {
namespace {

// A log of years is read once.
constexpr absl::Duration kWorkTime = absl::Minutes(2);

// `2026-12-31` at local midnight, or RFC 3339.
absl::StatusOr<google::protobuf::Timestamp> TimeOf(const std::string& text) {
  if (text.find('T') != std::string::npos) {
    GAVEL_ASSIGN_OR_RETURN(const absl::Time time, ParseTime(text));
    return ToTimestamp(time);
  }
  GAVEL_ASSIGN_OR_RETURN(const v1::Date date, ParseDate(text));
  return ToTimestamp(absl::FromCivil(absl::CivilDay(date.year(), date.month(), date.day()),
                                     absl::LocalTimeZone()));
}

absl::StatusOr<ExitCode> RunHealth(Session& session) {
  v1::GetHealthRequest request;
  request.set_area(session.Text("area"));
  if (session.Has("from")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_from_time(), TimeOf(session.Text("from")));
  }
  if (session.Has("to")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_to_time(), TimeOf(session.Text("to")));
  }
  session.AllowTime(kWorkTime);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::GetHealthResponse>(request));
  const v1::HealthReport& report = response.report();
  Output& output = session.output();
  output.Json(report);
  if (output.json()) return ExitCode::kDone;
  if (!output.terminal()) {
    output.Table(
        {"GROUP", "ID", "VALUE", "UNIT", "STATE", "BEFORE", "THRESHOLD", "ALARM", "OF", "BEHIND"},
        HealthRows(report));
    return ExitCode::kDone;
  }
  Page(session, HealthText(report, {.width = TerminalWidth(),
                                    .all_specs = session.Has("specs"),
                                    .styled = [&](Tone tone, std::string_view text) {
                                      return output.Styled(tone, text);
                                    }}));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> HealthCommands() {
  return {{"health",
           Group::kMeeting,
           "Show whether the review works: five questions, four anti-patterns, alerts.",
           {},
           {{"--area", "AREA", "only of this area; else of all"},
            {"--from", "DAY", "from here on; else 13 weeks before the end"},
            {"--to", "DAY", "up to here, without; else now"},
            {"--specs", "", "every spec behind each figure, not the first few", FlagKind::kSwitch}},
           "gavel health --area media --from 2026-09-01",
           RunHealth}};
}

}  // namespace gavel::cli
