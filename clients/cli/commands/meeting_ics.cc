// meeting ics: meetings for a calendar program.
#include "clients/cli/commands/commands.h"
#include "clients/cli/files.h"
#include "clients/cli/session.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

int CountEntries(const std::string& ics) {
  int entries = 0;
  for (size_t at = ics.find("BEGIN:VEVENT\r\n"); at != std::string::npos;
       at = ics.find("BEGIN:VEVENT\r\n", at + 1)) {
    ++entries;
  }
  return entries;
}

// A calendar program may read the file at any moment, and one that has not changed is left alone,
// so that the program need not read it again.
absl::Status Write(Session& session, const std::string& path, const std::string& ics) {
  const auto before = ReadFile(path);
  if (before.ok() && *before == ics) {
    session.output().Note(fmt::format("{} is up to date.", path));
    return absl::OkStatus();
  }
  GAVEL_RETURN_IF_ERROR(WriteFileAtomically(path, ics));
  const int entries = CountEntries(ics);
  session.output().Note(
      fmt::format("Wrote {} {} to {}.", entries, entries == 1 ? "entry" : "entries", path));
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunIcs(Session& session) {
  v1::GetCalendarFeedRequest request;
  request.set_area(session.Text("area"));
  GAVEL_ASSIGN_OR_RETURN(const auto feed, session.Call<v1::GetCalendarFeedResponse>(request));
  session.output().Json(feed);
  if (session.Has("output")) {
    GAVEL_RETURN_IF_ERROR(Write(session, session.Text("output"), feed.ics()));
  } else if (!session.output().json()) {
    session.output().Raw(feed.ics());
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> MeetingIcsCommands() {
  return {{"meeting ics",
           Group::kMeeting,
           "Print meetings as iCalendar: my own with their deadlines, or an area's.",
           {},
           {{"--area", "AREA", "every meeting of this area instead of mine"},
            {"-o,--output", "FILE", "write them to a file, only where something changed"}},
           "gavel meeting ics --area media -o ~/specs.ics",
           RunIcs}};
}

}  // namespace gavel::cli
