// meeting queue: what waits for the room.
#include <algorithm>

#include "clients/cli/commands/commands.h"
#include "clients/cli/output/shown_text.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/show/meeting.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "engine/domain/planning/time_text.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

// `Thu 10 Dec`; `none yet` for an unset time.
std::string Day(bool known, const google::protobuf::Timestamp& time) {
  if (!known) return "none yet";
  return DayText(absl::ToCivilDay(ToTime(time), absl::LocalTimeZone()));
}

std::string Expected(const v1::QueueEntry& entry) {
  return Day(entry.forecast().has_expected_time(), entry.forecast().expected_time());
}

std::string Range(const v1::QueueEntry& entry) {
  const v1::Forecast& forecast = entry.forecast();
  if (!forecast.has_earliest_time()) return "";
  const std::string from = Day(true, forecast.earliest_time());
  if (!forecast.has_latest_time()) return "from " + from;
  return from + " to " + Day(true, forecast.latest_time());
}

// One line of figures and one of words for each spec.
void ShowOnTerminal(Output& output, const v1::ListQueueResponse& queue) {
  size_t key = 3;
  size_t range = 5;
  for (const v1::QueueEntry& entry : queue.entries()) {
    key = std::max(key, entry.spec().size());
    range = std::max(range, Range(entry).size());
  }
  const size_t indent = key + 2;
  ShowWrapped(
      output,
      output.Styled(Tone::kDim, fmt::format("{:<{}}  {:>5}  {:>6}  {:<10}  {:<{}}  TITLE", "KEY",
                                            key, "WAIT", "NEEDS", "EXPECTED", "RANGE", range)),
      indent);
  for (const v1::QueueEntry& entry : queue.entries()) {
    ShowWrapped(output,
                fmt::format("{}  {:>5}  {:>6}  {:<10}  {:<{}}  {}",
                            output.Styled(Tone::kStrong, fmt::format("{:<{}}", entry.spec(), key)),
                            fmt::format("{} bd", entry.wait_bd()),
                            fmt::format("{} min", entry.timebox_minutes()), Expected(entry),
                            Range(entry), range, OneLine(entry.title())),
                indent);
    ShowWrapped(
        output,
        fmt::format("{:<{}}  {}", "", key, output.Styled(Tone::kDim, OneLine(entry.standing()))),
        indent);
  }
  output.Line("");
  output.Line(queue.meeting().empty() ? "No meeting is planned."
                                      : fmt::format("The next agenda is that of {}; gavel meeting "
                                                    "agenda {} shows it as things stand.",
                                                    queue.meeting(), queue.meeting()));
}

void ShowInScript(Output& output, const v1::ListQueueResponse& queue) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::QueueEntry& entry : queue.entries()) {
    const v1::Forecast& forecast = entry.forecast();
    rows.push_back({entry.spec(), entry.title(), std::to_string(entry.wait_bd()),
                    std::to_string(entry.timebox_minutes()), Rfc3339(forecast.expected_time()),
                    Rfc3339(forecast.earliest_time()), Rfc3339(forecast.latest_time()),
                    entry.standing()});
  }
  output.Table({"KEY", "TITLE", "WAIT", "MIN", "EXPECTED", "EARLIEST", "LATEST", "STANDING"}, rows);
}

void ShowAlerts(Output& output, const v1::ListQueueResponse& queue) {
  for (const v1::HealthAlert& alert : queue.alerts()) {
    output.Note(output.Styled(Tone::kWarn, alert.text()));
    for (const std::string& proposal : alert.proposals()) output.Note("  Try: " + proposal);
  }
}

absl::StatusOr<ExitCode> RunQueue(Session& session) {
  v1::ListQueueRequest request;
  request.set_area(session.Text("AREA"));
  GAVEL_ASSIGN_OR_RETURN(const auto queue, session.Call<v1::ListQueueResponse>(request));
  Output& output = session.output();
  output.Json(queue);
  if (!output.terminal()) {
    ShowInScript(output, queue);
  } else if (queue.entries().empty()) {
    output.Note(fmt::format("Nothing waits for a meeting of {}.", request.area()));
  } else {
    ShowOnTerminal(output, queue);
  }
  if (output.terminal()) ShowAlerts(output, queue);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> MeetingQueueCommands() {
  return {{"meeting queue",
           Group::kMeeting,
           "List what waits for the room: in which order, why, and until when.",
           {{"AREA", "the area's id"}},
           {},
           "gavel meeting queue media",
           RunQueue}};
}

}  // namespace gavel::cli
