#include "rules/compile/holidays.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/date.h"

namespace gavel::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

std::string Calendar(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n" + events + "END:VCALENDAR\r\n";
}

std::string Event(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Day\r\n" + lines + "\r\nEND:VEVENT\r\n";
}

std::vector<std::string> DaysOf(const std::string& ics, int from = 0, int to = 9999) {
  const HolidayFile file = ReadHolidayFile(ics);
  EXPECT_EQ(file.problem, "") << "line " << file.line;
  std::vector<std::string> days;
  for (const v1::Date& day : file.days) {
    if (from <= day.year() && day.year() <= to) days.push_back(DateText(day));
  }
  return days;
}

// As a German state offers them: one event a year and name, escaped text, a folded line in the
// middle of a letter, days moved with Easter.
constexpr char kGermany[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//schulferien.org//iCal Generator//DE\r\n"
    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "END:STANDARD\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nDTSTAMP:20251101T120000Z\r\nUID:f-20263-1@schulferien.org\r\n"
    "DTSTART;VALUE=DATE:20260403\r\nDTEND;VALUE=DATE:20260404\r\n"
    "SUMMARY:Karfreitag\\, bundesweit\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTAMP:20251101T120000Z\r\nUID:f-20263-2@schulferien.org\r\n"
    "DTSTART;VALUE=DATE:20261003\r\nDURATION:P1D\r\n"
    "DESCRIPTION:Gesetzlicher Feiertag in allen Bundesl\xC3\r\n \xA4ndern\r\n"
    "SUMMARY:Tag der Deutschen Einheit\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTAMP:20251101T120000Z\r\nUID:f-weihnachten@schulferien.org\r\n"
    "DTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201227\r\nRRULE:FREQ=YEARLY\r\n"
    "SUMMARY:Weihnachten\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

TEST(Holidays, OfGermanyMoveWithEasterAndRecurAtChristmas) {
  EXPECT_THAT(DaysOf(kGermany, 2026, 2027), ElementsAre("2026-04-03", "2026-10-03", "2026-12-25",
                                                        "2026-12-26", "2027-12-25", "2027-12-26"));
}

// As Google and Outlook show them: nth weekdays, the observed day where the day itself is a
// Saturday or Sunday, an end of series.
const std::string kAmerica = Calendar(
    "BEGIN:VEVENT\r\nUID:mlk\r\nDTSTART;VALUE=DATE:19860120\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=3MO\r\nSUMMARY:Martin Luther King Jr. Day\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:memorial\r\nDTSTART;VALUE=DATE:19710531\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\nSUMMARY:Memorial Day\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:independence\r\nDTSTART;VALUE=DATE:17760704\r\nRRULE:FREQ=YEARLY\r\n"
    "EXDATE;VALUE=DATE:20260704,20270704\r\nRDATE;VALUE=DATE:20260703,20270705\r\n"
    "SUMMARY:Independence Day\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:thanksgiving\r\nDTSTART;VALUE=DATE:19421126\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20271231\r\nSUMMARY:Thanksgiving\r\n"
    "END:VEVENT\r\n");

TEST(Holidays, OfTheUnitedStatesFollowTheirRulesAndSubstitutes) {
  EXPECT_THAT(DaysOf(kAmerica, 2026, 2026),
              ElementsAre("2026-01-19", "2026-05-25", "2026-07-03", "2026-11-26"));
  EXPECT_THAT(DaysOf(kAmerica, 2028, 2028), ElementsAre("2028-01-17", "2028-05-29", "2028-07-04"));
}

// As Japan's cabinet office lists them, with a substitute holiday and a citizens' holiday; lines
// end as on Unix, and a second calendar follows.
constexpr char kJapan[] =
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Japan//JA\n"
    "BEGIN:VEVENT\nUID:seijin\nDTSTART;VALUE=DATE:20000110\n"
    "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=2MO\nSUMMARY:"
    "\xE6\x88\x90\xE4\xBA\xBA\xE3\x81\xAE\xE6\x97\xA5"
    "\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:kenpo\nDTSTART;VALUE=DATE:20260503\nDTEND;VALUE=DATE:20260506\n"
    "SUMMARY:\xE6\x86\xB2\xE6\xB3\x95\xE8\xA8\x98\xE5\xBF\xB5\xE6\x97\xA5\nEND:VEVENT\n"
    "END:VCALENDAR\n"
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Japan//JA\n"
    "BEGIN:VEVENT\nUID:furikae\nDTSTART:20260506T000000\nDTEND:20260507T000000\n"
    "SUMMARY:\xE6\x8C\xAF\xE6\x9B\xBF\xE4\xBC\x91\xE6\x97\xA5\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:kokumin\nDTSTART;TZID=Asia/Tokyo:20260922T000000\nSTATUS:CONFIRMED\n"
    "SUMMARY:\xE5\x9B\xBD\xE6\xB0\x91\xE3\x81\xAE\xE4\xBC\x91\xE6\x97\xA5\nEND:VEVENT\n"
    "END:VCALENDAR\n";

TEST(Holidays, OfJapanMayStandInSeveralCalendarsAndRunFromMidnightToMidnight) {
  EXPECT_THAT(DaysOf(kJapan, 2026, 2026), ElementsAre("2026-01-12", "2026-05-03", "2026-05-04",
                                                      "2026-05-05", "2026-05-06", "2026-09-22"));
}

TEST(Holidays, SeveralDaysCountEach) {
  EXPECT_THAT(DaysOf(Calendar(Event("DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270102"))),
              ElementsAre("2026-12-30", "2026-12-31", "2027-01-01"));
}

TEST(Holidays, AnEndOnTheSameDayIsThatDay) {
  EXPECT_THAT(DaysOf(Calendar(Event("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261224"))),
              ElementsAre("2026-12-24"));
}

TEST(Holidays, ARuleWithoutEndIsFollowedThrough2060) {
  const auto days = DaysOf(Calendar(Event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY")));
  EXPECT_EQ(days.size(), 35u);
  EXPECT_EQ(days.back(), "2060-01-01");
}

TEST(Holidays, ALeapDayIsAHolidayOnlyWhereItExists) {
  EXPECT_THAT(DaysOf(Calendar(Event("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY")), 0, 2032),
              ElementsAre("2024-02-29", "2028-02-29", "2032-02-29"));
}

TEST(Holidays, AMovedOccurrenceReplacesItsOwnAndACancelledOneIsNone) {
  const std::string moved =
      Calendar(Event("DTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=YEARLY;COUNT=4") +
               Event("RECURRENCE-ID;VALUE=DATE:20270501\r\nDTSTART;VALUE=DATE:20270503") +
               Event("RECURRENCE-ID;VALUE=DATE:20280501\r\nSTATUS:CANCELLED\r\n"
                     "DTSTART;VALUE=DATE:20280501"));
  EXPECT_THAT(DaysOf(moved), ElementsAre("2026-05-01", "2027-05-03", "2029-05-01"));
}

TEST(Holidays, AppointmentsOfOtherKindsAreLeftAlone) {
  EXPECT_THAT(DaysOf(Calendar("BEGIN:VTODO\r\nUID:2\r\nDUE:20260101T120000Z\r\nEND:VTODO\r\n" +
                              Event("DTSTART;VALUE=DATE:20260101"))),
              ElementsAre("2026-01-01"));
}

struct WrongFile {
  const char* name;
  std::string ics;
  int line;
  const char* problem;
};

void PrintTo(const WrongFile& row, std::ostream* os) { *os << row.name; }

class WrongHolidays : public ::testing::TestWithParam<WrongFile> {};

TEST_P(WrongHolidays, AreRefusedWithTheirLineAndWhatToWrite) {
  const HolidayFile file = ReadHolidayFile(GetParam().ics);
  EXPECT_THAT(file.problem, HasSubstr(GetParam().problem));
  EXPECT_EQ(file.line, GetParam().line);
  EXPECT_TRUE(file.days.empty());
}

// The event of `Calendar(Event(…))` begins on line 4; its own lines begin on line 7.
INSTANTIATE_TEST_SUITE_P(
    Files, WrongHolidays,
    ::testing::Values(
        WrongFile{"NoCalendar", "holidays: none\n", 0, "no iCalendar"},
        WrongFile{"Empty", "", 0, "no iCalendar"},
        WrongFile{"CutOff", std::string(kGermany).substr(0, 700), 23, "Fetch the whole file"},
        WrongFile{"Time", Calendar(Event("DTSTART:20261225T090000")), 7,
                  "Write DTSTART;VALUE=DATE:20261225."},
        WrongFile{"Utc", Calendar(Event("DTSTART:20261225T000000Z")), 7, "depends on the zone"},
        WrongFile{"EndsAtNoon", Calendar(Event("DTSTART:20261225T000000\r\nDTEND:20261225T120000")),
                  8, "has a time of day"},
        WrongFile{"NoStart", Calendar(Event("DTEND;VALUE=DATE:20261225")), 4, "has no start"},
        WrongFile{"NoSuchDay", Calendar(Event("DTSTART;VALUE=DATE:20260230")), 7, "no day"},
        WrongFile{"Hourly",
                  Calendar(Event("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=HOURLY;COUNT=3")), 8,
                  "Use FREQ=YEARLY"},
        WrongFile{"Exrule",
                  Calendar(Event("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY\r\n"
                                 "EXRULE:FREQ=YEARLY;INTERVAL=2")),
                  9, "Write EXDATE"},
        WrongFile{"UtcExdate",
                  Calendar(Event("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY\r\n"
                                 "EXDATE:20271225T090000Z")),
                  9, "depends on the zone"},
        WrongFile{"EveryDay", Calendar(Event("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=DAILY")), 4,
                  "more than 10000 days"},
        WrongFile{"LongerThanAYear",
                  Calendar(Event("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20280101")), 8,
                  "longer than a year"},
        WrongFile{"TheSecondEvent",
                  Calendar(Event("DTSTART;VALUE=DATE:20260101") + Event("DTSTART:20261225T090000")),
                  12, "\"Day\" has a time of day"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace gavel::rules
