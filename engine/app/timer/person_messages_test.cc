// What people are told over days and weeks, on the in-memory store with a clock the test moves.
#include "engine/app/timer/person_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/command/event_row.h"
#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/ranges.h"

namespace gavel::app {
namespace {

using absl::CivilMinute;
using testing::Document;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Service;

class PersonMessagesTest : public ::testing::Test {
 protected:
  // A spec under review from Monday, 23 November 2026, 09:00 in Berlin: due on Thursday, late on
  // Friday, closed on the Monday after.
  std::string Submit(std::string_view path = "specs/a.md") {
    return service_.Submit("ana", path, Document("A database", "postgres/dedicated-xl", "ana"));
  }

  // `Mon 23 09:15 turn, turn` of everything that `person` was told.
  std::vector<std::string> ToldTo(std::string_view person) {
    std::vector<std::string> told;
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/Berlin", &zone);
    const auto view = *service_.environment().store.Read();
    const auto rows = *view->EventsOf("people/" + std::string(person), "PersonNotified", 0, 1000);
    for (const store::EventRow& row : rows) {
      const v1::Event event = *EventFromRow(row);
      std::vector<std::string> steps;
      for (const v1::NotifiedItem& item : event.person_notified().items()) {
        steps.push_back(item.step());
      }
      told.push_back(fmt::format("{} {}",
                                 absl::FormatTime("%a %-e %H:%M", FromProto(event.time()), zone),
                                 fmt::join(steps, ", ")));
    }
    return told;
  }

  std::string FirstReviewer(const std::string& key) {
    return service_.Get(key).assignments(0).person();
  }

  // The server is down until then.
  void Sleep(CivilMinute berlin) {
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/Berlin", &zone);
    service_.environment().dev_clock->SetTime(absl::FromCivil(berlin, zone));
    const auto fired = TimerSource(service_.environment()).FireDue(service_.now(), /*brake=*/false);
    EXPECT_TRUE(fired.ok()) << fired.status();
  }

  absl::Status SetAway(std::string_view person, int from, int to, const std::string& delegate) {
    v1::SetAbsenceRequest request;
    *request.mutable_absence()->mutable_from() = ToDate(absl::CivilDay(2026, 11, from));
    *request.mutable_absence()->mutable_to() = ToDate(absl::CivilDay(2026, 11, to));
    request.mutable_absence()->set_delegate(delegate);
    v1::SetAbsenceResponse response;
    return service_.Call(&OrgApi::SetAbsence, person, request, &response);
  }

  v1::ListInboxResponse Inbox(std::string_view person) {
    return service_.Do(&SpecApi::ListInbox, person, v1::ListInboxRequest());
  }

  Service service_;
};

TEST_F(PersonMessagesTest, AReviewerWhoStaysSilentClimbsTheLadderAndTheFacilitatorsHearOfTheEnd) {
  const std::string reviewer = FirstReviewer(Submit());
  service_.AdvanceTo(CivilMinute(2026, 11, 30, 8, 0));
  EXPECT_THAT(ToldTo(reviewer), ElementsAre("Mon 23 09:15 turn", "Wed 25 09:15 half-time",
                                            "Thu 26 09:15 due", "Fri 27 09:15 late"));
  service_.AdvanceTo(CivilMinute(2026, 12, 1, 12, 0));
  EXPECT_THAT(ToldTo("lee"), ElementsAre("Mon 30 09:15 turn"));
  // Picked at noon's cut-off: the author presents.
  EXPECT_THAT(ToldTo("ana"), ElementsAre("Mon 30 12:01 turn"));
}

TEST_F(PersonMessagesTest, WhatComesTogetherIsOneMessage) {
  const std::string foreign = "# An old design\n\nSome words about it.\n";
  for (const char* path : {"a.md", "b.md", "c.md"}) service_.Submit("ana", path, foreign);
  service_.AdvanceTo(CivilMinute(2026, 11, 24, 8, 0));
  EXPECT_THAT(ToldTo("ana"), ElementsAre("Mon 23 09:15 turn, turn, turn"));
  service_.Submit("ana", "d.md", foreign);  // Before Tuesday's digest.
  service_.AdvanceTo(CivilMinute(2026, 11, 24, 12, 0));
  service_.Submit("ana", "e.md", foreign);  // After it: tomorrow.
  service_.AdvanceTo(CivilMinute(2026, 11, 25, 12, 0));
  EXPECT_THAT(ToldTo("ana"), ElementsAre("Mon 23 09:15 turn, turn, turn", "Tue 24 09:15 turn",
                                         "Wed 25 09:15 turn"));
}

TEST_F(PersonMessagesTest, AfterDowntimeThereIsOneMessageForThePresentState) {
  const std::string reviewer = FirstReviewer(Submit());
  Sleep(CivilMinute(2026, 11, 27, 12, 0));
  EXPECT_THAT(ToldTo(reviewer), ElementsAre("Fri 27 12:00 late"));
  Sleep(CivilMinute(2026, 11, 27, 17, 0));
  EXPECT_EQ(ToldTo(reviewer).size(), 1u);
}

TEST_F(PersonMessagesTest, AfterDowntimeNobodyHearsOfAReviewThatIsOver) {
  const std::string key = Submit();
  Sleep(CivilMinute(2026, 11, 30, 17, 0));  // The window closed that morning.
  EXPECT_NE(service_.Get(key).state(), v1::Spec::STATE_ASYNC_REVIEW);
  for (const char* person : {"chen", "fay", "kim", "lee"}) {
    for (const std::string& told : ToldTo(person)) EXPECT_EQ(told.substr(13), "turn") << person;
  }
  EXPECT_THAT(ToldTo("fay"), IsEmpty());
}

TEST_F(PersonMessagesTest, AServerThatComesBackAtNightWaitsForTheMorning) {
  const std::string reviewer = FirstReviewer(Submit());
  Sleep(CivilMinute(2026, 11, 26, 23, 0));
  EXPECT_THAT(ToldTo(reviewer), IsEmpty());
  service_.AdvanceTo(CivilMinute(2026, 11, 27, 12, 0));
  EXPECT_THAT(ToldTo(reviewer), ElementsAre("Fri 27 09:15 late"));
}

TEST_F(PersonMessagesTest, NothingIsSaidInAbsenceAndALongerOneCountsAtOnce) {
  const std::string reviewer = FirstReviewer(Submit());
  ASSERT_TRUE(SetAway(reviewer, 23, 24, "").ok());
  service_.AdvanceTo(CivilMinute(2026, 11, 24, 20, 0));
  EXPECT_THAT(ToldTo(reviewer), IsEmpty());
  ASSERT_TRUE(SetAway(reviewer, 24, 25, "").ok());
  service_.AdvanceTo(CivilMinute(2026, 11, 26, 20, 0));
  ASSERT_EQ(ToldTo(reviewer).size(), 1u);
  EXPECT_EQ(ToldTo(reviewer).front().substr(0, 12), "Thu 26 09:15");
}

TEST_F(PersonMessagesTest, AnAbsenceThatIsCutShortBringsTheWordForward) {
  const std::string reviewer = FirstReviewer(Submit());
  ASSERT_TRUE(SetAway(reviewer, 23, 27, "").ok());
  service_.AdvanceTo(CivilMinute(2026, 11, 24, 8, 0));
  ASSERT_TRUE(SetAway(reviewer, 23, 23, "").ok());
  service_.AdvanceTo(CivilMinute(2026, 11, 24, 12, 0));
  EXPECT_THAT(ToldTo(reviewer), ElementsAre("Tue 24 09:15 turn"));
}

TEST_F(PersonMessagesTest, TheDelegateSeesWhatTheyStandInForAndHearsOfItWhenItIsLate) {
  const std::string key = Submit();
  const std::string reviewer = FirstReviewer(key);
  EXPECT_EQ(Inbox("bo").items_size(), 0);
  ASSERT_TRUE(SetAway(reviewer, 23, 30, "bo").ok());
  const v1::ListInboxResponse inbox = Inbox("bo");
  ASSERT_EQ(inbox.items_size(), 1);
  EXPECT_THAT(inbox.items(0).turn().people(), ElementsAre(reviewer));
  service_.AdvanceTo(CivilMinute(2026, 11, 27, 12, 0));
  EXPECT_THAT(ToldTo("bo"), ElementsAre("Fri 27 09:15 late"));
  EXPECT_THAT(ToldTo(reviewer), IsEmpty());
}

TEST_F(PersonMessagesTest, AChainOfDelegatesIsRefusedOnlyWhereItClosesOnASharedDay) {
  ASSERT_TRUE(SetAway("fay", 24, 26, "dee").ok());
  ASSERT_TRUE(SetAway("dee", 25, 27, "eli").ok());
  EXPECT_EQ(ErrorReasonOf(SetAway("eli", 26, 28, "fay")), "DELEGATION_CYCLE");
  EXPECT_EQ(ErrorReasonOf(SetAway("dee", 26, 26, "fay")), "DELEGATION_CYCLE");
  EXPECT_TRUE(SetAway("eli", 27, 28, "fay").ok());  // fay is back by then.
}

TEST_F(PersonMessagesTest, TheInboxIsWhatTheAttentionSetsSaySoonestDueFirst) {
  const std::string first = Submit("specs/a.md");
  service_.AdvanceTo(CivilMinute(2026, 11, 24, 10, 0));
  const std::string second = Submit("specs/b.md");
  const std::string third = Submit("specs/c.md");
  for (const char* person : {"chen", "fay", "kim"}) {
    std::vector<std::string> keys;
    std::vector<std::string> expected;
    const v1::ListInboxResponse inbox = Inbox(person);
    for (const v1::InboxItem& item : inbox.items()) keys.push_back(item.spec().key());
    for (const std::string& key : {first, second, third}) {
      const v1::Spec spec = service_.Get(key);
      for (const v1::Attention& entry : spec.attention()) {
        if (entry.person() == person) expected.push_back(key);
      }
    }
    EXPECT_EQ(keys, expected) << person;
  }
}

TEST_F(PersonMessagesTest, AMonthOfReviewsTellsNobodyTwiceOnADay) {
  for (int day = 23; day <= 27; ++day) {
    service_.AdvanceTo(CivilMinute(2026, 11, day, 11, 0));
    for (int i = 0; i < 3; ++i) Submit(fmt::format("specs/{}-{}.md", day, i));
  }
  service_.AdvanceTo(CivilMinute(2026, 12, 23, 12, 0));
  int messages = 0;
  for (const char* person : {"ana", "bo", "chen", "dee", "eli", "fay", "gus", "kim", "lee"}) {
    std::string before;
    for (const std::string& told : ToldTo(person)) {
      const std::string day = told.substr(0, 6);
      EXPECT_NE(day, before) << person;
      EXPECT_NE(day.substr(0, 1), "S") << person;
      before = day;
      ++messages;
    }
  }
  EXPECT_GT(messages, 20);
}

}  // namespace
}  // namespace gavel::app
