// Which meetings a calendar shows, and what becomes of a change. How entries are written down has
// its tests in engine/feed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"

namespace gavel::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Document;
using testing::Service;

v1::GetCalendarFeedResponse Feed(Service& service, std::string_view person,
                                 const std::string& area = "") {
  v1::GetCalendarFeedRequest request;
  request.set_area(area);
  v1::GetCalendarFeedResponse response =
      service.Do(&MeetingApi::GetCalendarFeed, person, request);
  // As a calendar reads it: without the folds of long lines.
  std::string& ics = *response.mutable_ics();
  for (size_t at = ics.find("\r\n "); at != std::string::npos; at = ics.find("\r\n ", at)) {
    ics.erase(at, 3);
  }
  return response;
}

// The entry of one UID; empty where there is none.
std::string EntryOf(const std::string& ics, const std::string& id) {
  const size_t uid = ics.find("UID:" + id + "@acme.gavel\r\n");
  if (uid == std::string::npos) return "";
  const size_t begin = ics.rfind("BEGIN:VEVENT", uid);
  return ics.substr(begin, ics.find("END:VEVENT", uid) - begin);
}

// A spec that waits for the room of the media area.
std::string Queue(Service& service, std::string_view path) {
  const std::string key = service.Submit(
      "ana", path, Document(fmt::format("Move {} elsewhere", path), "s3/glacier", "ana"));
  const v1::Spec spec = service.Get(key);
  for (const v1::Assignment& reviewer : spec.assignments()) {
    service.Take(reviewer.person(), key, v1::Position::KIND_NEEDS_DISCUSSION);
  }
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_QUEUED);
  return key;
}

TEST(CalendarFeedTest, ShowsEightWeeksAhead) {
  Service service;
  const auto feed = Feed(service, "bo", "media");
  EXPECT_THAT(EntryOf(feed.ics(), "2026-12-10-media"),
              HasSubstr("DTSTART;TZID=Europe/Berlin:20261210T150000"));
  EXPECT_THAT(EntryOf(feed.ics(), "2026-12-10-media"),
              HasSubstr("DESCRIPTION:The agenda is picked Mon 7 Dec 12:00 and sent out Tue 8 Dec "
                        "10:00\\, or the meeting is cancelled then."));
  EXPECT_NE(EntryOf(feed.ics(), "2027-01-14-media"), "");
  EXPECT_EQ(EntryOf(feed.ics(), "2027-01-28-media"), "");
  EXPECT_THAT(feed.ics(), Not(HasSubstr("2026-12-08-platform")));
}

TEST(CalendarFeedTest, HoldsTheAgendaOnceItIsOut) {
  Service service;
  const std::string key = Queue(service, "specs/a.md");
  const auto before = Feed(service, "bo", "media");
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 10, 1));
  const auto after = Feed(service, "bo", "media");
  EXPECT_THAT(EntryOf(before.ics(), "2026-12-03-media"), HasSubstr("STATUS:TENTATIVE"));
  EXPECT_THAT(EntryOf(after.ics(), "2026-12-03-media"), HasSubstr("STATUS:CONFIRMED"));
  EXPECT_THAT(EntryOf(after.ics(), "2026-12-03-media"), HasSubstr(key));
  EXPECT_NE(before.etag(), after.etag());
  // Nothing happened since, so nothing is told as new.
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 11, 0));
  EXPECT_EQ(Feed(service, "bo", "media").etag(), after.etag());
}

TEST(CalendarFeedTest, ACancelledMeetingStaysForSixtyDays) {
  Service service;
  const std::string id = "2026-12-03-media";
  EXPECT_THAT(EntryOf(Feed(service, "bo", "media").ics(), id), HasSubstr("SEQUENCE:0"));
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 10, 1));  // Nothing to discuss at the freeze.
  const std::string entry = EntryOf(Feed(service, "bo", "media").ics(), id);
  EXPECT_THAT(entry, HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(entry, HasSubstr("SEQUENCE:1"));
  EXPECT_THAT(entry, HasSubstr("LAST-MODIFIED:20261201T090000Z"));
  EXPECT_THAT(entry, HasSubstr("DESCRIPTION:Cancelled: nothing needed the room."));
  service.AdvanceTo(absl::CivilMinute(2027, 2, 1, 14, 0));
  EXPECT_NE(EntryOf(Feed(service, "bo", "media").ics(), id), "");
  service.AdvanceTo(absl::CivilMinute(2027, 2, 2, 14, 0));
  EXPECT_EQ(EntryOf(Feed(service, "bo", "media").ics(), id), "");
}

TEST(CalendarFeedTest, APersonSeesTheMeetingsTheyHaveAPartInWithTheirDeadlines) {
  Service service;
  const auto facilitator = Feed(service, "kim");
  EXPECT_NE(EntryOf(facilitator.ics(), "2026-12-10-media"), "");
  EXPECT_THAT(EntryOf(facilitator.ics(), "2026-12-10-media-cut-off"),
              HasSubstr("DTSTART;TZID=Europe/Berlin:20261207T120000"));
  EXPECT_THAT(EntryOf(facilitator.ics(), "2026-12-10-media-packet"),
              HasSubstr("TRANSP:TRANSPARENT"));
  EXPECT_EQ(EntryOf(facilitator.ics(), "2026-12-08-platform"), "");
  // The presenter has a part once there is something to present.
  EXPECT_EQ(EntryOf(Feed(service, "ana").ics(), "2026-12-03-media"), "");
  Queue(service, "specs/a.md");
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 10, 1));
  EXPECT_NE(EntryOf(Feed(service, "ana").ics(), "2026-12-03-media"), "");
  EXPECT_EQ(EntryOf(Feed(service, "ana").ics(), "2026-12-10-media"), "");
}

TEST(CalendarFeedTest, AnUnknownAreaIsNotFound) {
  Service service;
  v1::GetCalendarFeedRequest request;
  request.set_area("nowhere");
  v1::GetCalendarFeedResponse response;
  EXPECT_EQ(ErrorReasonOf(service.Call(&MeetingApi::GetCalendarFeed, "bo", request, &response)),
            "AREA_NOT_FOUND");
}

}  // namespace
}  // namespace gavel::app
