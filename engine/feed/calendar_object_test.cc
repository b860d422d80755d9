#include "engine/feed/calendar_object.h"

#include <gtest/gtest.h>

#include "engine/feed/time_zone_component.h"

namespace gavel::feed {
namespace {

absl::TimeZone Berlin() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Berlin", &zone));
  return zone;
}

absl::Time At(int month, int day, int hour) {
  return absl::FromCivil(absl::CivilSecond(2026, month, day, hour, 0, 0), Berlin());
}

CalendarEntry Entry() {
  CalendarEntry entry;
  entry.uid = "2026-12-10-media@acme.gavel";
  entry.sequence = 2;
  entry.last_modified = At(12, 8, 10);
  entry.start = At(12, 10, 15);
  entry.end = At(12, 10, 16);
  entry.zone = Berlin();
  entry.summary = "Media spec review";
  entry.description = "1. MEDIA-47 Upload retries";
  entry.category = "Media";
  return entry;
}

std::string Render(const CalendarEntry& entry) {
  return RenderCalendar({.name = "Media spec reviews", .entries = {entry}});
}

// The lines as they were before folding.
std::string Unfolded(std::string text) {
  for (size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) {
    text.erase(at, 3);
  }
  return text;
}

bool Has(const std::string& text, const std::string& line) {
  return Unfolded(text).find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(RenderCalendar, WritesWhatSubscribersNeed) {
  const std::string text = Render(Entry());
  for (const char* line :
       {"METHOD:PUBLISH", "VERSION:2.0", "UID:2026-12-10-media@acme.gavel", "SEQUENCE:2",
        "DTSTAMP:20261208T090000Z", "LAST-MODIFIED:20261208T090000Z",
        "DTSTART;TZID=Europe/Berlin:20261210T150000", "DTEND;TZID=Europe/Berlin:20261210T160000",
        "STATUS:CONFIRMED", "TRANSP:OPAQUE", "SUMMARY:Media spec review", "CATEGORIES:Media",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "TZID:Europe/Berlin",
        "X-WR-CALNAME:Media spec reviews"}) {
    EXPECT_TRUE(Has(text, line)) << line << "\n" << text;
  }
  EXPECT_EQ(text.find("ATTENDEE"), std::string::npos);
  EXPECT_EQ(text.find("RRULE"), std::string::npos);
}

TEST(RenderCalendar, KeepsACancelledEntryAsCancelled) {
  CalendarEntry entry = Entry();
  entry.status = EntryStatus::kCancelled;
  const std::string text = Render(entry);
  EXPECT_TRUE(Has(text, "STATUS:CANCELLED"));
  EXPECT_TRUE(Has(text, "TRANSP:TRANSPARENT"));
}

TEST(RenderCalendar, SaysWhatMayStillBeCancelled) {
  CalendarEntry entry = Entry();
  entry.status = EntryStatus::kTentative;
  const std::string text = Render(entry);
  EXPECT_TRUE(Has(text, "STATUS:TENTATIVE"));
  EXPECT_TRUE(Has(text, "TRANSP:OPAQUE"));
}

TEST(RenderCalendar, ADeadlineTakesNobodysTime) {
  CalendarEntry entry = Entry();
  entry.is_deadline = true;
  EXPECT_TRUE(Has(Render(entry), "TRANSP:TRANSPARENT"));
}

TEST(RenderCalendar, FoldsAt75OctetsBetweenCharacters) {
  CalendarEntry entry = Entry();
  for (int i = 0; i < 60; ++i) entry.summary += "ü€🙂";
  const std::string text = Render(entry);
  size_t start = 0;
  for (size_t end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", start)) {
    const std::string line = text.substr(start, end - start);
    EXPECT_LE(line.size(), 75u) << line;
    // A line never begins inside a character.
    const size_t first = !line.empty() && line[0] == ' ' ? 1 : 0;
    if (line.size() > first) {
      EXPECT_NE(static_cast<unsigned char>(line[first]) & 0xC0u, 0x80u) << line;
    }
    start = end + 2;
  }
  EXPECT_EQ(start, text.size());
  EXPECT_TRUE(Has(text, "SUMMARY:" + entry.summary));
}

TEST(RenderCalendar, TextsCannotBecomeLinesOfTheirOwn) {
  CalendarEntry entry = Entry();
  entry.summary = "a\r\nATTENDEE:mailto:eve@example.org\x01; b, c\\d";
  entry.description = "one\ntwo\r\nEND:VEVENT";
  entry.category = "x\nUID:other";
  const std::string text = Render(entry);
  EXPECT_TRUE(Has(text, "SUMMARY:a  ATTENDEE:mailto:eve@example.org \\; b\\, c\\\\d")) << text;
  EXPECT_TRUE(Has(text, "DESCRIPTION:one\\ntwo \\nEND:VEVENT")) << text;
  const Component parsed(icalparser_parse_string(text.c_str()));
  ASSERT_NE(parsed, nullptr);
  EXPECT_EQ(icalcomponent_count_components(parsed.get(), ICAL_VEVENT_COMPONENT), 1);
  EXPECT_EQ(icalcomponent_count_errors(parsed.get()), 0);
}

TEST(RenderCalendar, NamesEachZoneOnce) {
  CalendarEntry tokyo = Entry();
  ASSERT_TRUE(absl::LoadTimeZone("Asia/Tokyo", &tokyo.zone));
  const std::string text = RenderCalendar({.name = "All", .entries = {Entry(), tokyo, Entry()}});
  const Component parsed(icalparser_parse_string(text.c_str()));
  EXPECT_EQ(icalcomponent_count_components(parsed.get(), ICAL_VTIMEZONE_COMPONENT), 2);
  EXPECT_TRUE(Has(text, "DTSTART;TZID=Asia/Tokyo:20261210T230000"));
}

TEST(RenderCalendar, AnEmptyFeedIsStillACalendar) {
  const std::string text = RenderCalendar({.name = "Nothing yet", .entries = {}});
  const Component parsed(icalparser_parse_string(text.c_str()));
  ASSERT_NE(parsed, nullptr);
  EXPECT_EQ(icalcomponent_isa(parsed.get()), ICAL_VCALENDAR_COMPONENT);
}

TEST(RenderCalendar, TheSameFeedHasTheSameBytes) { EXPECT_EQ(Render(Entry()), Render(Entry())); }

}  // namespace
}  // namespace gavel::feed
