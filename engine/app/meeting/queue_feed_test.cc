// What the planner is told of a queued spec.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/meeting/meeting_queue_facts.h"
#include "engine/app/testing/queue.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::At;
using testing::BigDocument;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::Service;
using ::testing::UnorderedElementsAre;

v1::Spec Spec(const std::string& key) {
  v1::Spec spec;
  spec.set_key(key);
  spec.set_area("media");
  return spec;
}

TEST(QueueFeedTest, ARevisionSaysWhatItAmendsWhatItCitesAndWhereItBelongs) {
  Service service;
  const std::string first = service.Submit("ana", "a.md", BigDocument("The first of them"));
  const std::string key =
      service.Submit("ana", "b.md",
                     BigDocument("Builds on the first",
                                 "amends: [" + first + "]\nlabels: [fast, cluster-thumbs]\n") +
                         "\nIt builds on " + first + ", PLAT-7 and MEDIA-2, but not on UTF-8.\n");
  ASSERT_EQ(key, "MEDIA-2");
  const v1::Spec spec = service.Get(key);
  EXPECT_THAT(spec.amends(), ElementsAre(first));
  EXPECT_THAT(spec.cites(), ElementsAre(first, "PLAT-7"));
  EXPECT_EQ(spec.cluster(), "cluster-thumbs");
}

TEST(QueueFeedTest, SpecsOfOneSystemShareAPlaceAndSayWhy) {
  Service service;
  const std::string one = Queue(service, "one", BigDocument("The first of them"));
  const std::string two = Queue(service, "two", BigDocument("The second of them"));
  service.AdvanceTo(At(11, 23));
  const v1::Meeting meeting = service.GetMeeting("2026-11-26-media");
  ASSERT_EQ(meeting.slots_size(), 2) << meeting.DebugString();
  EXPECT_EQ(meeting.slots(0).place(), 1);
  EXPECT_EQ(meeting.slots(1).place(), 1);
  EXPECT_EQ(meeting.slots(1).cluster(), "same system: uploads");
  EXPECT_EQ(meeting.slots(1).timebox_minutes(), 5);
}

TEST(QueueFeedTest, WhatAmendsReplacesOrNamesASpecWaitsForIt) {
  v1::Spec amends = Spec("MEDIA-2");
  amends.add_amends("MEDIA-1");
  amends.add_cites("MEDIA-1");  // Both ways: one spec waits.
  v1::Spec replaces = Spec("MEDIA-3");
  replaces.add_supersedes("MEDIA-1");
  v1::Spec cites = Spec("PLAT-4");
  cites.add_cites("MEDIA-2");
  cites.add_cites("PLAT-4");  // Itself.
  EXPECT_THAT(DependentsOf(std::vector<v1::Spec>{Spec("MEDIA-1"), amends, replaces, cites}),
              UnorderedElementsAre(Pair("MEDIA-1", 2), Pair("MEDIA-2", 1)));
}

class JointAreasTest : public ::testing::Test {
 protected:
  JointAreasTest() : spec_(Spec("MEDIA-1")) {
    AddGate("area:media", "media", "kim");
    AddGate("consulted:security", "security", "dee");
  }

  void AddGate(const std::string& id, const std::string& area, const std::string& person) {
    v1::Gate& gate = *spec_.add_gates();
    gate.set_id(id);
    gate.set_area(area);
    gate.add_people(person);
  }

  v1::Concern& AddBlock(const std::string& person) {
    v1::Concern& block = *spec_.add_concerns();
    block.set_owner(person);
    block.set_severity(v1::Concern::SEVERITY_BLOCKING);
    block.set_status(v1::Concern::STATUS_OPEN);
    return block;
  }

  std::vector<std::string> Areas() {
    return JointAreasOf(*service_.environment().policy.live().organisation, spec_, service_.now());
  }

  Service service_;
  v1::Spec spec_;
};

TEST_F(JointAreasTest, AnUnsatisfiedGateAloneDoesNotNeedTheRoom) {
  EXPECT_THAT(Areas(), IsEmpty());
}

TEST_F(JointAreasTest, TheDecidingAreaIsNoJointOne) {
  AddBlock("kim");
  EXPECT_THAT(Areas(), IsEmpty());
}

TEST_F(JointAreasTest, AnOpenBlockOfAConsultedAreaNeedsTheRoom) {
  AddBlock("dee");
  EXPECT_THAT(Areas(), ElementsAre("security"));
  spec_.mutable_concerns(0)->set_status(v1::Concern::STATUS_RESOLVED);
  EXPECT_THAT(Areas(), IsEmpty());
}

TEST_F(JointAreasTest, AFreshWishToDiscussNeedsTheRoom) {
  v1::Position& position = *spec_.add_positions();
  position.set_person("eli");
  position.set_kind(v1::Position::KIND_NEEDS_DISCUSSION);
  EXPECT_THAT(Areas(), ElementsAre("security"));
  spec_.mutable_positions(0)->set_stale(true);
  EXPECT_THAT(Areas(), IsEmpty());
}

TEST_F(JointAreasTest, ASatisfiedGateNeedsNoRoom) {
  AddBlock("dee");
  spec_.mutable_gates(1)->set_satisfied(true);
  EXPECT_THAT(Areas(), IsEmpty());
}

v1::Meeting CalledOff(const std::string& reason, const std::string& spec) {
  v1::Meeting meeting;
  meeting.set_state(v1::Meeting::STATE_CANCELLED);
  meeting.set_cancel_reason(reason);
  meeting.mutable_close_time()->set_seconds(100);
  v1::Slot& slot = *meeting.add_slots();
  slot.set_spec(spec);
  slot.mutable_close_time()->set_seconds(100);
  v1::Slot& earlier = *meeting.add_slots();
  earlier.set_spec("MEDIA-9");  // Had left the agenda before.
  earlier.mutable_close_time()->set_seconds(50);
  return meeting;
}

TEST(CarriedByQuorumTest, OnlyAMeetingThatNobodyCouldRunCarriesItsItemsOver) {
  EXPECT_THAT(CarriedByQuorum(std::vector<v1::Meeting>{CalledOff("QUORUM", "MEDIA-1"),
                                                       CalledOff("LATE", "MEDIA-2")}),
              ElementsAre("MEDIA-1"));
}

TEST(CarriedByQuorumTest, AHeldMeetingEndsTheCarryOver) {
  v1::Meeting held;
  held.set_state(v1::Meeting::STATE_CLOSED);
  EXPECT_THAT(CarriedByQuorum(std::vector<v1::Meeting>{CalledOff("QUORUM", "MEDIA-1"), held,
                                                       CalledOff("QUORUM", "MEDIA-2")}),
              ElementsAre("MEDIA-2"));
}

TEST(NeedsOwnSessionTest, OnceContinuedAndCarriedOverItTakesOnlyASessionOfItsOwn) {
  v1::Spec spec = Spec("MEDIA-1");
  v1::PlanningMemory memory;
  EXPECT_FALSE(NeedsOwnSession(spec, memory));
  spec.mutable_queue()->set_continued(1);
  spec.mutable_last_outcome()->set_kind(v1::Outcome::KIND_CONTINUE);
  EXPECT_FALSE(NeedsOwnSession(spec, memory)) << "its place at the next meeting is still to come";
  spec.clear_last_outcome();
  memory.set_carried_over(true);
  EXPECT_FALSE(NeedsOwnSession(spec, memory)) << "that meeting was called off";
  memory.set_carried_over(false);
  EXPECT_TRUE(NeedsOwnSession(spec, memory));
}

}  // namespace
}  // namespace gavel::app
