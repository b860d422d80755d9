#include "engine/domain/review_clock.h"

#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/story.h"

namespace gavel {
namespace {

using absl::CivilDay;
using namespace testing;  // NOLINT: the stories are written in its words.

v1::Absence Away(CivilDay first, CivilDay last, const std::string& delegate = "") {
  v1::Absence absence;
  *absence.mutable_from() = ToDate(first);
  *absence.mutable_to() = ToDate(last);
  absence.set_delegate(delegate);
  return absence;
}

// The review opens on Monday, 30 November, at 10:00: due on Thursday, late on Friday, closed on
// the Monday after.
struct Row {
  const char* name;
  int first;  // Days of December on which fay is away; 0: she is there.
  int last;
  int half;  // Days of December on which her times are.
  int due;
  int escalate;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class ClockOfTest : public ::testing::TestWithParam<Row> {};

TEST_P(ClockOfTest, MovesByTheAbsenceUpToTheWindowsEnd) {
  const Row& row = GetParam();
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  if (row.first != 0) {
    *scene.absences["fay"].add_absences() =
        Away(CivilDay(2026, 12, row.first), CivilDay(2026, 12, row.last));
  }
  const BusinessCalendar& berlin = scene.situation().calendar();
  const PersonalClock clock = ClockOf(scene.situation(), "fay");
  EXPECT_EQ(berlin.DayOf(clock.half), CivilDay(2026, 12, row.half));
  EXPECT_EQ(berlin.DayOf(clock.due), CivilDay(2026, 12, row.due));
  EXPECT_EQ(berlin.DayOf(clock.escalate), CivilDay(2026, 12, row.escalate));
  EXPECT_LE(clock.escalate, FromProto(scene.spec.review().window_end()));
  // Nobody else's times move.
  EXPECT_EQ(ClockOf(scene.situation(), "kim").due, FromProto(scene.spec.review().due_time()));
}

INSTANTIATE_TEST_SUITE_P(
    Absences, ClockOfTest,
    ::testing::Values(Row{"There", 0, 0, 1, 3, 4}, Row{"OneDay", 2, 2, 1, 4, 7},
                      Row{"OnTheDueDay", 3, 3, 1, 4, 7}, Row{"BeforeHalfTime", 1, 1, 2, 4, 7},
                      Row{"AfterTheDueDay", 4, 4, 1, 3, 7}, Row{"OverTheWeekend", 5, 6, 1, 3, 4},
                      Row{"ForTheWholeReview", 1, 24, 7, 7, 7}),
    [](const auto& row) { return std::string(row.param.name); });

// One step of a spec's history, at 10:00 of a day in December.
v1::Event Moves(v1::Spec::State to, int day) {
  v1::Event event;
  *event.mutable_time() = ToProto(Morning(CivilDay(2026, 12, day)));
  event.set_to_state(to);
  return event;
}

class SpecPausesTest : public ::testing::Test {
 protected:
  int WaitOf(int from, int to) const {
    const absl::Time now = Morning(CivilDay(2026, 12, to));
    return calendar_.BusinessDaysBetween(Morning(CivilDay(2026, 12, from)), now,
                                         pauses_.Until(now));
  }

  const BusinessCalendar& calendar_ = Acme().CalendarOf("media");
  SpecPauses pauses_{calendar_};
};

TEST_F(SpecPausesTest, ASpecThatNeverStoppedLosesNothing) {
  pauses_.Add(Moves(v1::Spec::STATE_ASYNC_REVIEW, 1));
  pauses_.Add(Moves(v1::Spec::STATE_QUEUED, 3));
  EXPECT_TRUE(pauses_.Until(Morning(CivilDay(2026, 12, 9))).empty());
  EXPECT_EQ(WaitOf(1, 9), 6);
}

TEST_F(SpecPausesTest, WhatTheAuthorTookIsNotCounted) {
  pauses_.Add(Moves(v1::Spec::STATE_ASYNC_REVIEW, 1));
  pauses_.Add(Moves(v1::Spec::STATE_CHANGES_REQUESTED, 2));
  pauses_.Add(Moves(v1::Spec::STATE_CHANGES_REQUESTED, 3));
  pauses_.Add(Moves(v1::Spec::STATE_ASYNC_REVIEW, 4));
  EXPECT_EQ(WaitOf(1, 2), 1);
  EXPECT_EQ(WaitOf(1, 4), 1);  // 2 to 4 December were the author's.
  EXPECT_EQ(WaitOf(1, 8), 3);
}

TEST_F(SpecPausesTest, AnAnswerWithinTheDayLosesNothing) {
  pauses_.Add(Moves(v1::Spec::STATE_CHANGES_REQUESTED, 2));
  pauses_.Add(Moves(v1::Spec::STATE_ASYNC_REVIEW, 2));
  EXPECT_EQ(WaitOf(1, 3), 2);
}

TEST_F(SpecPausesTest, AParkedSpecStandsStillUntilNow) {
  pauses_.Add(Moves(v1::Spec::STATE_DEFERRED, 2));
  EXPECT_EQ(WaitOf(1, 2), 1);
  EXPECT_EQ(WaitOf(1, 18), 1);
}

TEST_F(SpecPausesTest, FromOnePauseIntoTheOtherIsOnePause) {
  pauses_.Add(Moves(v1::Spec::STATE_CHANGES_REQUESTED, 2));
  pauses_.Add(Moves(v1::Spec::STATE_DEFERRED, 3));
  pauses_.Add(Moves(v1::Spec::STATE_ASYNC_REVIEW, 7));
  const auto pauses = pauses_.Until(Morning(CivilDay(2026, 12, 18)));
  ASSERT_EQ(pauses.size(), 1u);
  EXPECT_EQ(pauses[0].first, CivilDay(2026, 12, 3));
  EXPECT_EQ(pauses[0].last, CivilDay(2026, 12, 7));
}

}  // namespace
}  // namespace gavel
