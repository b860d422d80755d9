#include "engine/domain/planning/eligibility.h"

#include <functional>

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilMinute;
using planning_test::At;
using planning_test::Berlin;
using planning_test::CutOff;
using planning_test::Item;
using planning_test::kMeetingDay;

Eligibility Check(const QueueItem& item) {
  const BusinessCalendar& calendar = Berlin();
  return CheckEligible(item, MeetingTerms{.day = kMeetingDay}, calendar, CutOff(calendar));
}

TEST(EligibilityTest, EveryObstacleHasItsFaultAndItsWords) {
  struct Row {
    ObstacleKind kind;
    Fault fault;
    const char* reason;
    std::function<void(QueueItem&)> spoil;
  };
  const Row rows[] = {
      {ObstacleKind::kPresenterAway, Fault::kAuthor, "presenter is away",
       [](QueueItem& item) { item.presenter_available = false; }},
      {ObstacleKind::kRevisionTooYoung, Fault::kAuthor, "revision is 3 days old",
       [](QueueItem& item) {
         item.words = 4200;
         item.major_revision_time = At(Berlin(), CivilMinute(2026, 12, 4, 9, 0));
       }},
      {ObstacleKind::kNotBefore, Fault::kAuthor, "author asked for Fri 11 Dec or later",
       [](QueueItem& item) { item.not_before = kMeetingDay + 1; }},
      {ObstacleKind::kReviewersAway, Fault::kOrganisation, "1 of 3 required reviewers can come",
       [](QueueItem& item) {
         item.reviewers_required = 3;
         item.reviewers_available = 1;
       }},
      {ObstacleKind::kOwnSessionNeeded, Fault::kOrganisation,
       "9,001 words are more than a packet holds, so it needs its own session",
       [](QueueItem& item) { item.words = 9001; }},
      {ObstacleKind::kOwnSessionNeeded, Fault::kOrganisation,
       "continued once already, so it waits for its own session",
       [](QueueItem& item) { item.own_session_only = true; }},
  };
  EXPECT_TRUE(Check(Item("A-1", 30)).eligible());
  for (const Row& row : rows) {
    QueueItem item = Item("A-1", 30);
    row.spoil(item);
    const Eligibility check = Check(item);
    ASSERT_EQ(check.obstacles.size(), 1u) << row.reason;
    EXPECT_TRUE(check.Has(row.kind)) << row.reason;
    EXPECT_EQ(check.fault(), row.fault) << row.reason;
    EXPECT_EQ(check.Reason(), row.reason);
    EXPECT_FALSE(check.obstacles[0].remedy.empty()) << row.reason;
  }
}

TEST(EligibilityTest, EdgesAreInside) {
  QueueItem item = Item("A-1");
  item.not_before = kMeetingDay;
  item.reviewers_required = 4;
  item.reviewers_available = 2;
  EXPECT_TRUE(Check(item).eligible());
}

TEST(EligibilityTest, LongerRevisionsMustBeOlder) {
  struct Row {
    int words;
    CivilMinute youngest;  // Any time of that day will do.
  };
  // The meeting is on Thursday 10 December; the fifth business day before it is the 3rd.
  const Row rows[] = {
      {1500, CivilMinute(2026, 12, 8, 23, 59)},
      {1501, CivilMinute(2026, 12, 7, 23, 59)},
      {4000, CivilMinute(2026, 12, 7, 23, 59)},
      {4001, CivilMinute(2026, 12, 3, 23, 59)},
  };
  for (const Row& row : rows) {
    QueueItem item = Item("A-1");
    item.words = row.words;
    item.major_revision_time = At(Berlin(), row.youngest);
    EXPECT_TRUE(Check(item).eligible()) << row.words;
    item.major_revision_time += absl::Minutes(1);
    EXPECT_TRUE(Check(item).Has(ObstacleKind::kRevisionTooYoung)) << row.words;
  }
}

TEST(EligibilityTest, AtTheCutOffTheAgeRuleBitesOnlyOnLongSpecs) {
  QueueItem item = Item("A-1");
  item.major_revision_time = CutOff(Berlin());
  item.words = 4000;
  EXPECT_TRUE(Check(item).eligible());
  item.words = 4001;
  EXPECT_EQ(Check(item).Reason(), "revision is from today");
}

TEST(EligibilityTest, MajorRevisionAfterTheCutOffFailsAtTheFreeze) {
  const BusinessCalendar& calendar = Berlin();
  QueueItem item = Item("A-1");
  item.words = 2000;
  item.major_revision_time = At(calendar, CivilMinute(2026, 12, 8, 8, 0));
  const Eligibility check =
      CheckEligible(item, MeetingTerms{.day = kMeetingDay}, calendar,
                    At(calendar, CivilMinute(2026, 12, 9, 10, 0)));
  EXPECT_EQ(check.Reason(), "revision is 1 day old");
  EXPECT_EQ(check.obstacles[0].remedy, "2,000 words need 3 business days before the meeting");
}

TEST(EligibilityTest, TheAuthorsReasonComesFirstAndDecidesTheFault) {
  QueueItem item = Item("A-1");
  item.reviewers_required = 2;
  item.presenter_available = false;
  const Eligibility check = Check(item);
  EXPECT_EQ(check.fault(), Fault::kAuthor);
  EXPECT_EQ(check.Reason(), "presenter is away; 0 of 2 required reviewers can come");
}

TEST(EligibilityTest, TooLongForAShortMeetingNeedsItsOwnSession) {
  const BusinessCalendar& calendar = Berlin();
  QueueItem item = Item("A-1");
  item.open_decisions = 5;
  const Eligibility check =
      CheckEligible(item, MeetingTerms{.day = kMeetingDay, .usable_minutes = 30}, calendar,
                    CutOff(calendar));
  EXPECT_EQ(check.Reason(), "longer than the whole meeting, so it needs its own session");
  EXPECT_TRUE(check.Has(ObstacleKind::kOwnSessionNeeded));
}

TEST(EligibilityTest, ASessionOfItsOwnTakesWhatNoWeeklyMeetingCan) {
  const BusinessCalendar& calendar = Berlin();
  MeetingTerms session{.day = kMeetingDay};
  session.dedicated_to = {"A-1"};
  QueueItem item = Item("A-1", 30);
  item.words = 50'000;
  item.own_session_only = true;
  EXPECT_FALSE(Check(item).eligible());
  EXPECT_TRUE(CheckEligible(item, session, calendar, CutOff(calendar)).eligible());
  // Everything else about it still counts.
  item.presenter_available = false;
  EXPECT_EQ(CheckEligible(item, session, calendar, CutOff(calendar)).Reason(),
            "presenter is away");
}

TEST(EligibilityTest, ADedicatedSessionTakesNobodyElse) {
  const BusinessCalendar& calendar = Berlin();
  MeetingTerms session{.day = kMeetingDay};
  session.dedicated_to = {"A-1", "A-2"};
  QueueItem other = Item("A-3");
  other.presenter_available = false;
  const Eligibility check = CheckEligible(other, session, calendar, CutOff(calendar));
  EXPECT_TRUE(check.Has(ObstacleKind::kOtherSession));
  EXPECT_EQ(check.Reason(), "the session is for A-1 and A-2 only");
}

}  // namespace
}  // namespace gavel
