#include "clients/cli/meeting_argument.h"

#include <set>
#include <vector>

#include "absl/time/time.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {
namespace {

constexpr char kNext[] = "next";
// A zone is at most this far from UTC, so a local day lies within the day and this on either side.
constexpr absl::Duration kFarthestZone = absl::Hours(15);
// A meeting that is being held may have begun this long ago; the series allow eight hours.
constexpr absl::Duration kLongestMeeting = absl::Hours(12);
constexpr absl::Duration kLookAhead = absl::Hours(24 * 7 * 9);

bool IsCancelled(const v1::Meeting& meeting) {
  return meeting.state() == v1::Meeting::STATE_CANCELLED;
}

absl::StatusOr<std::vector<v1::Meeting>> Meetings(Session& session, absl::Time from,
                                                  absl::Time to) {
  v1::ListMeetingsRequest request;
  request.set_area(session.Text("area"));
  *request.mutable_from_time() = ToTimestamp(from);
  *request.mutable_to_time() = ToTimestamp(to);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::ListMeetingsResponse>(request));
  return std::vector<v1::Meeting>(response.meetings().begin(), response.meetings().end());
}

absl::StatusOr<std::string> OnlyOne(const std::vector<std::string>& ids, const std::string& text) {
  if (ids.empty()) return absl::NotFoundError(fmt::format("there is no meeting `{}`", text));
  if (ids.size() == 1) return ids.front();
  return UsageError(
      fmt::format("`{}` stands for {}; say which, or give --area", text, ListText(ids)));
}

// A cancelled meeting is meant only where nothing else is on that day.
absl::StatusOr<std::string> OnDay(Session& session, const std::string& text, const v1::Date& day) {
  const absl::Time start =
      absl::FromCivil(absl::CivilDay(day.year(), day.month(), day.day()), absl::UTCTimeZone());
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Meeting> meetings,
      Meetings(session, start - kFarthestZone, start + absl::Hours(24) + kFarthestZone));
  std::vector<std::string> held;
  std::vector<std::string> cancelled;
  for (const v1::Meeting& meeting : meetings) {
    if (!meeting.id().starts_with(text + "-")) continue;
    (IsCancelled(meeting) ? cancelled : held).push_back(meeting.id());
  }
  return OnlyOne(held.empty() ? cancelled : held, text);
}

absl::StatusOr<std::string> Next(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         session.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  const absl::Time now = ToTime(info.now());
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Meeting> meetings,
                         Meetings(session, now - kLongestMeeting, now + kLookAhead));
  std::set<std::string> areas;
  std::vector<std::string> ids;
  for (const v1::Meeting& meeting : meetings) {
    const bool live = meeting.state() == v1::Meeting::STATE_LIVE;
    const bool ahead = ToTime(meeting.end_time()) > now &&
                       meeting.state() != v1::Meeting::STATE_CLOSED && !IsCancelled(meeting);
    if ((live || ahead) && areas.insert(meeting.area()).second) ids.push_back(meeting.id());
  }
  return OnlyOne(ids, kNext);
}

}  // namespace

Positional MeetingPositional() {
  return {"MEETING", "its id, 2026-12-10-media; or its day, or `next`"};
}

Flag MeetingAreaFlag() { return {"--area", "AREA", "whose meeting a day or `next` is"}; }

absl::StatusOr<std::string> MeetingId(Session& session) {
  const std::string text = session.Text("MEETING");
  if (text == kNext) return Next(session);
  const absl::StatusOr<v1::Date> day = ParseDate(text);
  return day.ok() ? OnDay(session, text, *day) : absl::StatusOr<std::string>(text);
}

}  // namespace gavel::cli
