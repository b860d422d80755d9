#include "engine/domain/fold_planning.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"

namespace gavel {
namespace {

using ::testing::ElementsAre;

v1::Event InMedia() {
  v1::Event event;
  event.set_area("media");
  return event;
}

v1::Event Closed(const std::string& reservation = "") {
  v1::Event event = InMedia();
  event.set_meeting("2026-12-10-media");
  event.mutable_meeting_closed()->set_reservation(reservation);
  return event;
}

v1::Event Cancelled() {
  v1::Event event = InMedia();
  event.mutable_meeting_cancelled();
  return event;
}

v1::Event Left(const std::string& spec, v1::Spec::State to) {
  v1::Event event = InMedia();
  event.set_spec(spec);
  event.set_from_state(v1::Spec::STATE_QUEUED);
  event.set_to_state(to);
  event.mutable_withdrawn();
  return event;
}

TEST(FoldPlanningTest, TheReservationOfACancelledMeetingDoesNotReplaceTheOneBefore) {
  v1::Planning planning;
  FoldPlanning(Closed("MEDIA-1"), planning);
  v1::Event planned = InMedia();
  planned.mutable_agenda_planned()->set_reservation("MEDIA-2");
  FoldPlanning(planned, planning);
  FoldPlanning(Cancelled(), planning);
  EXPECT_EQ(planning.reservation(), "MEDIA-1");
  FoldPlanning(Closed("MEDIA-3"), planning);
  EXPECT_EQ(planning.reservation(), "MEDIA-3");
  FoldPlanning(Closed(), planning);
  EXPECT_EQ(planning.reservation(), "");
}

TEST(FoldPlanningTest, ASpecThatLeavesTheQueueIsForgotten) {
  v1::Planning planning;
  v1::Event closed = Closed("MEDIA-1");
  closed.mutable_meeting_closed()->add_passed_over("MEDIA-1");
  FoldPlanning(closed, planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").passed_over(), 1);
  FoldPlanning(Left("MEDIA-1", v1::Spec::STATE_SCHEDULED), planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").passed_over(), 1);
  FoldPlanning(Left("MEDIA-1", v1::Spec::STATE_WITHDRAWN), planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").passed_over(), 0);
  EXPECT_EQ(planning.reservation(), "");
}

TEST(FoldPlanningTest, ThreeCutOffsRunningAreCountedWithoutABreak) {
  v1::Planning planning;
  v1::Event ineligible = InMedia();
  v1::NotPicked& entry = *ineligible.mutable_agenda_planned()->add_not_picked();
  entry.set_spec("MEDIA-1");
  entry.set_author_fault(true);
  FoldPlanning(ineligible, planning);
  FoldPlanning(ineligible, planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").author_ineligible(), 2);
  v1::Event picked = InMedia();
  picked.mutable_agenda_planned()->add_picked("MEDIA-1");
  FoldPlanning(picked, planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").author_ineligible(), 0);
}

TEST(FoldPlanningTest, FourHeldAgendasAreRemembered) {
  v1::Planning planning;
  for (int i = 0; i < 6; ++i) {
    v1::Event closed = Closed();
    closed.mutable_meeting_closed()->add_teams("team" + std::to_string(i));
    FoldPlanning(closed, planning);
  }
  ASSERT_EQ(planning.held_size(), 4);
  EXPECT_THAT(planning.held(0).teams(), ElementsAre("team2"));
}

TEST(FoldPlanningTest, CancellationsRunUntilAMeetingIsHeld) {
  v1::Planning planning;
  FoldPlanning(Cancelled(), planning);
  FoldPlanning(Cancelled(), planning);
  EXPECT_EQ(planning.cancelled_running(), 2);
  FoldPlanning(Closed(), planning);
  EXPECT_EQ(planning.cancelled_running(), 0);
}

TEST(FoldPlanningTest, AnItemIsCarriedOverOnce) {
  v1::Planning planning;
  v1::Event closed = Closed();
  closed.mutable_meeting_closed()->add_carried_over("MEDIA-1");
  FoldPlanning(closed, planning);
  EXPECT_TRUE(MemoryOf(planning, "MEDIA-1").carried_over());
  FoldPlanning(Closed(), planning);
  EXPECT_FALSE(MemoryOf(planning, "MEDIA-1").carried_over());
}

v1::Event Decided(const std::string& spec, absl::Time time) {
  v1::Event event = InMedia();
  event.set_spec(spec);
  event.set_from_state(v1::Spec::STATE_IN_MEETING);
  event.set_to_state(v1::Spec::STATE_APPROVED);
  *event.mutable_time() = ToProto(time);
  event.mutable_decision_recorded()->mutable_outcome()->set_kind(v1::Outcome::KIND_APPROVE);
  return event;
}

v1::Event Undone(const std::string& spec, absl::Time time) {
  v1::Event event = InMedia();
  event.set_spec(spec);
  event.set_from_state(v1::Spec::STATE_APPROVED);
  event.set_to_state(v1::Spec::STATE_SCHEDULED);
  *event.mutable_time() = ToProto(time);
  event.mutable_outcome_undone();
  return event;
}

TEST(FoldPlanningTest, AnUndoneOutcomeBringsTheMemoryBack) {
  const absl::Time start = absl::FromUnixSeconds(1'800'000'000);
  v1::Planning planning;
  v1::Event closed = Closed();
  closed.mutable_meeting_closed()->add_passed_over("MEDIA-1");
  FoldPlanning(closed, planning);
  FoldPlanning(Decided("MEDIA-1", start), planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").passed_over(), 1);
  FoldPlanning(Undone("MEDIA-1", start + absl::Minutes(9)), planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").passed_over(), 1);
  EXPECT_FALSE(MemoryOf(planning, "MEDIA-1").has_keep_until());
  v1::Event later = Cancelled();
  *later.mutable_time() = ToProto(start + absl::Hours(24));
  FoldPlanning(later, planning);
  EXPECT_EQ(MemoryOf(planning, "MEDIA-1").passed_over(), 1);
}

TEST(FoldPlanningTest, AfterTheUndoWindowTheNextEventForgetsADecidedSpec) {
  const absl::Time start = absl::FromUnixSeconds(1'800'000'000);
  v1::Planning planning;
  v1::Event closed = Closed();
  closed.mutable_meeting_closed()->add_passed_over("MEDIA-1");
  FoldPlanning(closed, planning);
  FoldPlanning(Decided("MEDIA-1", start), planning);
  v1::Event later = Cancelled();
  *later.mutable_time() = ToProto(start + absl::Minutes(10));
  FoldPlanning(later, planning);
  EXPECT_EQ(planning.memories_size(), 1);
  *later.mutable_time() = ToProto(start + absl::Minutes(11));
  FoldPlanning(later, planning);
  EXPECT_EQ(planning.memories_size(), 0);
}

TEST(FoldPlanningTest, AConcernInTheRoomKeepsASpecOffLaterConsentLists) {
  v1::Event stopped = InMedia();
  stopped.set_spec("MEDIA-1");
  stopped.set_from_state(v1::Spec::STATE_IN_MEETING);
  stopped.set_to_state(v1::Spec::STATE_QUEUED);
  stopped.mutable_slot_released()->set_reason(std::string(kQuickStopped));
  v1::Event released = stopped;
  released.set_spec("MEDIA-2");
  released.mutable_slot_released()->set_reason("no-go: not today");
  EXPECT_TRUE(ConcernsPlanning(stopped));
  EXPECT_FALSE(ConcernsPlanning(released));
  v1::Planning planning;
  FoldPlanning(stopped, planning);
  EXPECT_TRUE(MemoryOf(planning, "MEDIA-1").stopped_quick());
}

}  // namespace
}  // namespace gavel
