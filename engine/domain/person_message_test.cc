#include "engine/domain/person_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/fold_person.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/story.h"
#include "fmt/format.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilMinute;
using namespace testing;  // NOLINT: the stories are written in its words.
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One person, one spec, and the days that pass. The review opens on Monday, 30 November 2026, at
// 10:00 in Berlin: half time on Tuesday night, due on Thursday, late on Friday, closed on Monday.
class PersonMessageTest : public ::testing::Test {
 protected:
  void Open() { scene_.PlayTo(v1::Spec::STATE_ASYNC_REVIEW); }

  void IsAway(CivilDay first, CivilDay last) {
    v1::Absence& absence = *record_.add_absences();
    *absence.mutable_from() = ToDate(first);
    *absence.mutable_to() = ToDate(last);
    scene_.absences["fay"] = record_;
  }

  absl::Time Next() {
    return NextMessageTime(Addressed(), OpenItemsOf(scene_.situation(), "fay"), scene_.now);
  }

  // Lets the clock run to `until`, telling fay whatever is due: `Tue 1 09:15 half-time`.
  std::vector<std::string> Told(CivilMinute until) {
    std::vector<std::string> told;
    const absl::Time end = absl::FromCivil(until, zone());
    for (absl::Time next = Next(); next <= end; next = Next()) {
      scene_.now = std::max(scene_.now, next);
      const auto message =
          MessageAt(Addressed(), OpenItemsOf(scene_.situation(), "fay"), 0, scene_.now);
      if (!message.has_value()) {
        ADD_FAILURE() << "nothing to say at " << next;
        break;
      }
      v1::Event event;
      *event.mutable_time() = ToProto(scene_.now);
      *event.mutable_person_notified() = *message;
      FoldPerson(event, "fay", record_);
      told.push_back(fmt::format("{}{}", absl::FormatTime("%a %-e %H:%M", scene_.now, zone()),
                                 Steps(*message)));
    }
    scene_.now = end;
    return told;
  }

  static std::string Steps(const v1::PersonNotified& message) {
    std::string steps;
    for (const v1::NotifiedItem& item : message.items()) steps += " " + item.step();
    return steps + (message.direct() ? "!" : "");
  }

  static absl::TimeZone zone() { return Acme().CalendarOf("media").zone(); }

  Addressee Addressed() const { return AddresseeIn(*scene_.organisation, "media", "fay", record_); }

  Scene scene_;
  v1::PersonRecord record_;
};

TEST_F(PersonMessageTest, TheLadderOfAPositionIsClimbedOnce) {
  Open();
  EXPECT_THAT(Told(CivilMinute(2026, 12, 20, 0, 0)),
              ElementsAre("Mon 30 10:01 turn!", "Wed 2 09:15 half-time", "Thu 3 09:15 due!",
                          "Fri 4 10:00 late!"));
  EXPECT_EQ(Next(), absl::InfiniteFuture());
}

TEST_F(PersonMessageTest, WhoAnswersIsToldNothingMore) {
  Open();
  EXPECT_THAT(Told(CivilMinute(2026, 11, 30, 11, 0)), ElementsAre("Mon 30 10:01 turn!"));
  scene_.Position("fay");
  EXPECT_THAT(Told(CivilMinute(2026, 12, 20, 0, 0)), IsEmpty());
}

TEST_F(PersonMessageTest, ADayOfAbsenceIsADayOfSilenceAndPutsTheDeadlineOff) {
  IsAway(CivilDay(2026, 12, 2), CivilDay(2026, 12, 3));
  Open();
  EXPECT_THAT(Told(CivilMinute(2026, 12, 20, 0, 0)),
              ElementsAre("Mon 30 10:01 turn!", "Fri 4 09:15 half-time", "Mon 7 09:15 due!"));
}

TEST_F(PersonMessageTest, AfterTheAbsenceThereIsOneWordForThePresentState) {
  Open();
  IsAway(CivilDay(2026, 11, 30), CivilDay(2026, 12, 4));
  EXPECT_THAT(Told(CivilMinute(2026, 12, 20, 0, 0)), ElementsAre("Mon 7 09:15 due!"));
}

TEST_F(PersonMessageTest, AfterDowntimeThereIsOneMessageNotOnePerMissedDay) {
  Open();
  scene_.now = absl::FromCivil(CivilMinute(2026, 12, 5, 23, 0), zone());  // A Saturday.
  EXPECT_THAT(Told(CivilMinute(2026, 12, 20, 0, 0)), ElementsAre("Mon 7 09:15 late!"));
}

TEST_F(PersonMessageTest, ADigestMissedByDowntimeIsMadeUpForTheSameDay) {
  Open();
  Told(CivilMinute(2026, 12, 1, 12, 0));
  scene_.now = absl::FromCivil(CivilMinute(2026, 12, 2, 14, 30), zone());
  EXPECT_THAT(Told(CivilMinute(2026, 12, 2, 23, 0)), ElementsAre("Wed 2 14:30 half-time"));
}

TEST_F(PersonMessageTest, NothingIsSaidAfterHoursOrOnHolidays) {
  scene_.now = absl::FromCivil(CivilMinute(2026, 12, 24, 17, 59), zone());
  Open();
  // A minute later it is too late for Christmas Eve, and the 25th is a holiday; on Monday it is
  // half time already.
  EXPECT_THAT(Told(CivilMinute(2026, 12, 28, 12, 0)), ElementsAre("Mon 28 09:15 half-time"));
}

TEST_F(PersonMessageTest, AHolidayAddedLaterMovesTheWordAndNotTheDeadline) {
  Open();
  const absl::Time due = OpenItemsOf(scene_.situation(), "fay").front().due;
  Told(CivilMinute(2026, 12, 2, 12, 0));
  v1::Org org = AcmeOrg();
  *org.mutable_calendars(0)->add_holidays() = ToDate(CivilDay(2026, 12, 3));
  scene_.organisation = MakeOrganisation(org);
  EXPECT_EQ(OpenItemsOf(scene_.situation(), "fay").front().due, due);
  // "Due today" would come on the day off: the working day before is used, but that has its
  // message already.
  EXPECT_THAT(Told(CivilMinute(2026, 12, 20, 0, 0)),
              ElementsAre("Fri 4 09:15 due!", "Mon 7 09:15 late!"));
}

TEST_F(PersonMessageTest, TheDigestHourIsTheAreasAndLiesWithinTheWorkingDay) {
  v1::Org org = AcmeOrg();
  AreaIn(org, "media").mutable_settings()->set_digest_minute(16 * 60);
  scene_.organisation = MakeOrganisation(org);
  Open();
  EXPECT_THAT(Told(CivilMinute(2026, 12, 1, 0, 0)), ElementsAre("Mon 30 16:00 turn!"));
  AreaIn(org, "media").mutable_settings()->set_digest_minute(5 * 60);
  scene_.organisation = MakeOrganisation(org);
  EXPECT_THAT(Told(CivilMinute(2026, 12, 3, 0, 0)), ElementsAre("Wed 2 09:00 half-time"));
}

// Both clock changes, with people who work on Sundays: the hour from 2 to 3 does not exist on 28
// March 2027 and comes twice on 31 October.
TEST_F(PersonMessageTest, ADayOfAClockChangeHasItsMessageAtTheSameWallTime) {
  v1::Org org = AcmeOrg();
  org.mutable_calendars(0)->add_days(6);
  org.mutable_calendars(0)->add_days(7);
  AreaIn(org, "media").mutable_settings()->set_digest_minute(2 * 60 + 30);
  org.mutable_calendars(0)->set_open_minute(60);
  for (const CivilDay day : {CivilDay(2027, 3, 27), CivilDay(2027, 10, 30)}) {
    Scene scene(MakeOrganisation(org));
    scene.now = absl::FromCivil(CivilMinute(day.year(), day.month(), day.day(), 17, 59), zone());
    scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
    const v1::PersonRecord nothing;
    const Addressee fay = AddresseeIn(*scene.organisation, "media", "fay", nothing);
    const absl::Time next = NextMessageTime(fay, OpenItemsOf(scene.situation(), "fay"), scene.now);
    const int hour = day.month() == 3 ? 3 : 2;  // What is skipped moves forward by the gap.
    EXPECT_EQ(absl::ToCivilMinute(next, zone()),
              CivilMinute(day.year(), day.month(), day.day() + 1, hour, 30));
    // The first of the two, where there are two: no hour is lost or gained on the way.
    EXPECT_EQ(next, scene.organisation->CalendarOf("media").LocalTime(day + 1, 2 * 60 + 30));
    EXPECT_LT(next - scene.now, absl::Hours(9));
  }
}

TEST_F(PersonMessageTest, TheAuthorIsRemindedTwiceAndNotForEverythingTheyDo) {
  Open();
  scene_.Block("fay");
  scene_.Must("kim", CommandKind::kRequestChanges, "reason: 'x'");
  const auto told = [&] {
    const auto items = OpenItemsOf(scene_.situation(), "ana");
    EXPECT_EQ(items.size(), 1u);
    std::vector<std::string> steps;
    for (const Rung& rung : items.front().ladder) steps.emplace_back(rung.step);
    return steps;
  };
  EXPECT_THAT(told(), ElementsAre("turn", "remind", "remind"));
  scene_.Answer();
  EXPECT_THAT(told(), ElementsAre("turn", "remind", "remind"));
}

TEST_F(PersonMessageTest, NobodyIsToldOfDraftsAndOfWhatHappensInTheRoom) {
  for (const auto state : {v1::Spec::STATE_DRAFT, v1::Spec::STATE_IN_MEETING}) {
    Scene scene;
    scene.PlayTo(state);
    for (const char* person : {"ana", "kim"}) {
      for (const OpenItem& item : OpenItemsOf(scene.situation(), person)) {
        EXPECT_THAT(item.ladder, IsEmpty()) << StateName(state);
      }
    }
  }
}

TEST_F(PersonMessageTest, TheOwnerOfALateGateIsToldOnce) {
  Open();
  ASSERT_TRUE(scene_.Fire("review.escalate").ok());
  const auto items = OpenItemsOf(scene_.situation(), "chen");
  ASSERT_EQ(items.size(), 1u);
  ASSERT_EQ(items[0].ladder.size(), 1u);
  EXPECT_EQ(items[0].ladder[0].step, "late");
  EXPECT_TRUE(items[0].ladder[0].direct);
}

TEST_F(PersonMessageTest, AConditionIsToldWhenItIsMadeAndOnItsDay) {
  InMeetingWithApprovals(scene_);
  scene_.Outcome("APPROVE_WITH_CONDITIONS",
                 "conditions { text: 'a' owner: 'fay' due { year: 2027 month: 1 day: 4 } }");
  EXPECT_THAT(Told(CivilMinute(2027, 2, 1, 0, 0)),
              ElementsAre("Thu 10 15:01 turn!", "Mon 4 09:15 condition!"));
}

TEST(PersonMessageOrder, TheMostPressingComesFirst) {
  const auto& calendar = Acme().CalendarOf("media");
  const absl::Time now = Morning(CivilDay(2026, 12, 1));
  const auto item = [&](const char* spec, absl::Time due, absl::Time since) {
    return OpenItem{.spec = spec,
                    .title = "",
                    .text = "",
                    .since = since,
                    .due = due,
                    .ladder = {{step::kTurn, since, true, since}}};
  };
  const absl::Time old = now - absl::Hours(30);
  const v1::PersonRecord record;
  const Addressee fay{
      .person = "fay", .record = record, .calendar = calendar, .digest_minute = 555};
  const auto message =
      MessageAt(fay,
                {item("C-1", absl::InfiniteFuture(), old),
                 item("B-1", now + absl::Hours(5), now - absl::Hours(1)),
                 item("A-1", now + absl::Hours(5), old), item("D-1", now - absl::Hours(20), old)},
                3, now);
  ASSERT_TRUE(message.has_value());
  std::vector<std::string> specs;
  for (const v1::NotifiedItem& each : message->items()) specs.push_back(each.spec());
  EXPECT_THAT(specs, ElementsAre("D-1", "A-1", "B-1", "C-1"));
  EXPECT_EQ(message->waiting_for_others(), 3);
  EXPECT_EQ(message->person(), "fay");
  EXPECT_EQ(message->day().day(), 1);
}

TEST(HomeAreaTest, IsWhereSomebodyHasARoleElseWhereTheWorkIs) {
  const absl::Time now = Morning(CivilDay(2026, 12, 1));
  EXPECT_EQ(HomeArea(Acme(), "fay", "security", now), "media");  // Reviews there; first in order.
  EXPECT_EQ(HomeArea(Acme(), "dee", "media", now), "security");
  EXPECT_EQ(HomeArea(Acme(), "ana", "platform", now), "platform");
}

}  // namespace
}  // namespace gavel
