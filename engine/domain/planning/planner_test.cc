#include "engine/domain/planning/planner.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::InputOf;
using planning_test::Item;
using planning_test::KeysOf;

using Keys = std::vector<std::string>;

QueueItem Sized(const std::string& key, int days, int decisions) {
  QueueItem item = Item(key, days);
  item.open_decisions = decisions;
  return item;
}

const NotPicked& Rest(const AgendaPlan& plan, const std::string& key) {
  for (const NotPicked& rest : plan.not_picked) {
    if (rest.key == key) return rest;
  }
  static const NotPicked kMissing;
  ADD_FAILURE() << key << " is missing from not_picked";
  return kMissing;
}

TEST(PlannerTest, EmptyQueuePlansNothing) {
  const AgendaPlan plan = PlanMeeting(InputOf({}), Berlin());
  EXPECT_TRUE(plan.picks.empty());
  EXPECT_TRUE(plan.not_picked.empty());
  EXPECT_FALSE(plan.stand_by.has_value());
  EXPECT_EQ(plan.reservation, "");
  EXPECT_EQ(plan.requested_minutes, 0);
  EXPECT_EQ(plan.usable_minutes, 50);
}

TEST(PlannerTest, PicksThreeAStandByAndSaysWhyNotTheRest) {
  const AgendaPlan plan = PlanMeeting(
      InputOf({Item("A-5", 3), Item("A-4", 4), Item("A-3", 5), Item("A-2", 10), Item("A-1", 20)}),
      Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2", "A-3"}));
  EXPECT_EQ(plan.picks[2].placement.place, 3);
  EXPECT_EQ(plan.picks[2].placement.minutes, 15);
  EXPECT_EQ(plan.stand_by, "A-4");
  EXPECT_EQ(plan.reservation, "A-4");
  EXPECT_EQ(Rest(plan, "A-5").reason, "all 3 places were taken");
  EXPECT_TRUE(Rest(plan, "A-5").passed_over);
  EXPECT_FALSE(Rest(plan, "A-5").fault.has_value());
  EXPECT_EQ(plan.agenda_minutes, 45);
  EXPECT_EQ(plan.requested_minutes, 75);
  EXPECT_EQ(plan.words, 4000);
}

TEST(PlannerTest, SmallerSpecsFillInBehindTheReservation) {
  const AgendaPlan plan = PlanMeeting(
      InputOf({Sized("A-1", 30, 3), Sized("A-2", 20, 7), Sized("A-3", 10, 1)}), Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-3"}));
  EXPECT_EQ(plan.reservation, "A-2");
  EXPECT_EQ(Rest(plan, "A-2").reason, "needs 45 minutes, 25 were left");
}

TEST(PlannerTest, ReservationIsServedFirstNextTime) {
  PlanInput input = InputOf({Sized("A-1", 30, 3), Sized("A-2", 20, 7), Sized("A-3", 10, 1)});
  input.reservation = "A-2";
  const AgendaPlan plan = PlanMeeting(input, Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-2"}));
  EXPECT_EQ(plan.picks[0].order_class, OrderClass::kReserved);
  EXPECT_EQ(plan.reservation, "A-1");
}

TEST(PlannerTest, StandByMustFitThePlaceOfTheLongestPick) {
  const AgendaPlan plan =
      PlanMeeting(InputOf({Sized("A-1", 30, 1), Sized("A-2", 20, 1), Sized("A-3", 15, 1),
                           Sized("A-4", 10, 7), Sized("A-5", 5, 2)}),
                  Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2", "A-3"}));
  EXPECT_EQ(plan.reservation, "A-4");
  EXPECT_EQ(plan.stand_by, "A-5");  // 45 minutes do not fit in 15 + 5; 20 do.
}

TEST(PlannerTest, StandByIsInThePacketAndCountsItsWords) {
  std::vector<QueueItem> queue = {Item("A-1", 40), Item("A-2", 30), Item("A-3", 20),
                                  Item("A-4", 15), Item("A-5", 14)};
  for (QueueItem& item : queue) item.words = 2500;
  queue[4].words = 1500;
  const AgendaPlan plan = PlanMeeting(InputOf(queue), Berlin());
  EXPECT_EQ(plan.reservation, "A-4");
  EXPECT_EQ(plan.stand_by, "A-5");
  EXPECT_EQ(plan.words, 9000);
}

TEST(PlannerTest, IneligibleSpecsCarryFaultAndReason) {
  QueueItem away = Item("A-1", 30);
  away.presenter_available = false;
  QueueItem alone = Item("A-2", 30);
  alone.reviewers_required = 2;
  const AgendaPlan plan = PlanMeeting(InputOf({away, alone}), Berlin());
  EXPECT_TRUE(plan.picks.empty());
  EXPECT_EQ(Rest(plan, "A-1").fault, Fault::kAuthor);
  EXPECT_EQ(Rest(plan, "A-1").reason, "presenter is away");
  EXPECT_EQ(Rest(plan, "A-2").fault, Fault::kOrganisation);
  EXPECT_FALSE(Rest(plan, "A-2").passed_over);
  EXPECT_EQ(plan.requested_minutes, 0);
  EXPECT_EQ(plan.reservation, "");
}

TEST(PlannerTest, ThirdPassOverProposesAnExtraSession) {
  std::vector<QueueItem> queue;
  for (const char* key : {"A-1", "A-2", "A-3", "A-4", "A-5", "A-6"}) {
    queue.push_back(Item(key, 10));
    queue.back().passed_over = 2;
  }
  queue[5].passed_over = 1;
  const AgendaPlan plan = PlanMeeting(InputOf(queue), Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2", "A-3"}));
  EXPECT_EQ(plan.extra_session, (Keys{"A-4", "A-5"}));
}

TEST(PlannerTest, LongSpecsAskForTheirOwnSessionAndHoldNobodyUp) {
  QueueItem book = Item("A-1", 90);
  book.words = 20000;
  book.passed_over = 5;
  const AgendaPlan plan = PlanMeeting(InputOf({book, Item("A-2")}), Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-2"}));
  EXPECT_EQ(plan.own_session, (Keys{"A-1"}));
  EXPECT_EQ(plan.reservation, "");
}

TEST(PlannerTest, PinnedSpecsKeepTheirPlace) {
  PlanInput input = InputOf({Item("A-1", 30), Item("A-2", 20), Item("A-3", 10)});
  input.pinned = {Sized("A-9", 1, 3)};
  const AgendaPlan plan = PlanMeeting(input, Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1"}));
  EXPECT_EQ(plan.picks[0].placement.place, 2);
  EXPECT_EQ(plan.agenda_minutes, 40);
  EXPECT_EQ(Rest(plan, "A-2").reason, "needs 15 minutes, 10 were left");
}

TEST(PlannerTest, ConsentListGoesBeyondThree) {
  std::vector<QueueItem> queue = {Item("A-1", 40), Item("A-2", 30), Item("A-3", 20),
                                  Item("A-4", 10)};
  queue[1].consent_ready = true;
  PlanInput input = InputOf(queue);
  input.meeting.quick_items = 1;
  const AgendaPlan plan = PlanMeeting(input, Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2", "A-3", "A-4"}));
  EXPECT_TRUE(plan.picks[1].placement.quick);
  EXPECT_EQ(plan.agenda_minutes, 46);
}

TEST(PlannerTest, PositionsTellTheWholeOrder) {
  QueueItem away = Item("A-0", 50);
  away.presenter_available = false;
  const AgendaPlan plan = PlanMeeting(
      InputOf({Item("A-4", 4), Item("A-3", 5), away, Item("A-2", 10), Item("A-1", 20)}), Berlin());
  EXPECT_EQ(plan.ordered, 4);
  EXPECT_EQ(plan.picks[0].position, 1);
  EXPECT_EQ(plan.picks[2].position, 3);
  EXPECT_EQ(Rest(plan, "A-4").position, 4);
  EXPECT_EQ(Rest(plan, "A-0").position, 0);
  EXPECT_EQ(plan.picks[0].reason, "score 14: 14 business days of waiting");
}

TEST(PlannerTest, RelatedSpecsShareAPlaceButNotTheirTurn) {
  std::vector<QueueItem> queue = {Sized("A-1", 40, 3), Item("A-2", 30), Item("A-3", 20),
                                  Item("A-4", 10)};
  queue[0].cluster = queue[2].cluster = queue[3].cluster = "same system: uploads";
  const AgendaPlan plan = PlanMeeting(InputOf(queue), Berlin());
  // Five more minutes would do for A-4 as well, but three specs are three specs.
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2", "A-3"}));
  EXPECT_EQ(plan.picks[0].placement.place, 1);
  EXPECT_EQ(plan.picks[1].placement.place, 2);
  EXPECT_EQ(plan.picks[2].placement.place, 1);
  EXPECT_EQ(plan.picks[2].placement.minutes, 5);
  EXPECT_EQ(plan.picks[0].placement.cluster, "same system: uploads");
  EXPECT_EQ(plan.picks[1].placement.cluster, "");
  EXPECT_EQ(plan.picks[2].placement.cluster, "same system: uploads");
  EXPECT_EQ(plan.agenda_minutes, 45);
}

TEST(PlannerTest, AClusterWithoutCompanyIsNotNamed) {
  QueueItem alone = Item("A-1");
  alone.cluster = "same system: uploads";
  const AgendaPlan plan = PlanMeeting(InputOf({alone}), Berlin());
  EXPECT_EQ(plan.picks[0].placement.cluster, "");
}

TEST(PlannerTest, JointAreasComeAlong) {
  QueueItem joint = Item("A-1");
  joint.joint_areas = {"security"};
  joint.gates_involved = 2;
  joint.open_decisions = 2;
  const AgendaPlan plan = PlanMeeting(InputOf({joint}), Berlin());
  EXPECT_EQ(plan.picks[0].joint_areas, (Keys{"security"}));
  EXPECT_EQ(plan.picks[0].placement.minutes, 25);  // Five of them for the second area's gate.
}

TEST(PlannerTest, ADedicatedSessionTakesItsSpecsAndLeavesTheQueueAsItIs) {
  QueueItem book = Item("A-1", 90);
  book.words = 20'000;
  QueueItem continued = Item("A-2", 80);
  continued.own_session_only = true;
  QueueItem waiting = Item("A-3", 70);
  waiting.passed_over = 2;
  PlanInput input = InputOf({book, continued, waiting});
  input.meeting.dedicated_to = {"A-1", "A-2"};
  input.reservation = "A-3";
  const AgendaPlan plan = PlanMeeting(input, Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2"}));
  EXPECT_EQ(plan.reservation, "A-3");
  EXPECT_FALSE(Rest(plan, "A-3").passed_over);
  EXPECT_FALSE(Rest(plan, "A-3").fault.has_value());
  EXPECT_EQ(Rest(plan, "A-3").reason, "the session is for A-1 and A-2 only");
  EXPECT_TRUE(plan.extra_session.empty());
  EXPECT_TRUE(plan.own_session.empty());
  EXPECT_FALSE(plan.stand_by.has_value());
}

TEST(PlannerTest, ASessionThatServesTheReservationUsesItUp) {
  PlanInput input = InputOf({Item("A-1"), Item("A-2")});
  input.meeting.dedicated_to = {"A-1"};
  input.reservation = "A-1";
  EXPECT_EQ(PlanMeeting(input, Berlin()).reservation, "");
}

TEST(PlannerTest, OverdueIsASettingAndSoIsTheExtraSession) {
  std::vector<QueueItem> queue = {Item("A-1", 40), Item("A-2", 30), Item("A-3", 20),
                                  Item("A-4", 10)};
  queue[3].passed_over = 3;
  PlanInput input = InputOf(queue);
  EXPECT_EQ(PlanMeeting(input, Berlin()).picks[0].key, "A-4");
  input.meeting.order.aged_after = input.meeting.order.overdue_after = 4;
  const AgendaPlan plan = PlanMeeting(input, Berlin());
  EXPECT_EQ(KeysOf(plan.picks), (Keys{"A-1", "A-2", "A-3"}));
  EXPECT_EQ(plan.extra_session, (Keys{"A-4"}));
}

TEST(PlannerTest, ConsentItemsOfTheAgendaTakeNoPlaceFromTheStandBy) {
  PlanInput input = InputOf({Item("A-4", 10)});
  input.meeting.quick_items = 1;
  input.pinned = {Item("A-1"), Item("A-2"), Item("A-3")};
  input.pinned[2].on_consent_list = true;
  EXPECT_EQ(KeysOf(PlanMeeting(input, Berlin()).picks), (Keys{"A-4"}));
}

}  // namespace
}  // namespace gavel
