// The stand-by: it waits in the packet and takes the place of what falls out.

#include <gtest/gtest.h>

#include "engine/app/testing/queue.h"
#include "engine/domain/fold_meeting.h"

namespace gavel::app {
namespace {

using testing::At;
using testing::LoneDocument;
using testing::Queue;
using testing::Revise;
using testing::Service;

constexpr char kMeeting[] = "2026-11-26-media";

// Four specs of 15 minutes: three fit, the fourth stands by.
class StandByTest : public ::testing::Test {
 protected:
  void QueueFour() {
    for (const char* title : {"One of four", "Two of four", "Three of four", "Four of four"}) {
      keys_.push_back(Queue(service_, title, LoneDocument(title)));
    }
  }

  v1::Meeting Meeting() { return service_.GetMeeting(kMeeting); }

  void Release(const std::string& key) {
    v1::ReleaseSlotRequest request;
    request.set_meeting(kMeeting);
    request.set_spec(key);
    request.set_reason("It needs another week.");
    request.set_etag(service_.Get(key).etag());
    service_.Do(&MeetingApi::ReleaseSlot, "kim", request);
  }

  // Past the freeze, with `kMeeting` frozen.
  void Freeze() {
    service_.AdvanceTo(At(11, 24, 10));
    ASSERT_EQ(Meeting().state(), v1::Meeting::STATE_FROZEN) << Meeting().DebugString();
  }

  Service service_;
  std::vector<std::string> keys_;
};

TEST_F(StandByTest, MovesUpWithTheRevisionThatWentOut) {
  QueueFour();
  Freeze();
  ASSERT_EQ(Meeting().stand_by(), keys_[3]);
  Revise(service_, keys_[3], LoneDocument("Four of four, reworded a bit"), /*major=*/false);
  Release(keys_[0]);
  const v1::Meeting meeting = Meeting();
  const v1::Slot* slot = FindSlot(meeting, keys_[3]);
  ASSERT_NE(slot, nullptr) << meeting.DebugString();
  EXPECT_EQ(slot->revision(), 1);
  EXPECT_EQ(slot->picked_as(), "stand-by");
  EXPECT_EQ(slot->place(), 4) << "the places of the others stay";
  EXPECT_EQ(meeting.stand_by(), "");
}

TEST_F(StandByTest, AMajorRevisionSinceThePacketKeepsItDown) {
  QueueFour();
  Freeze();
  Revise(service_, keys_[3], LoneDocument("Four of four, and another plan"), /*major=*/true);
  ASSERT_EQ(service_.Get(keys_[3]).state(), v1::Spec::STATE_QUEUED);
  Release(keys_[0]);
  EXPECT_EQ(FindSlot(Meeting(), keys_[3]), nullptr) << "nobody has read what it says now";
  EXPECT_EQ(service_.Get(keys_[3]).state(), v1::Spec::STATE_QUEUED);
}

TEST_F(StandByTest, OneThatLeftTheQueueDoesNotKeepAnEmptyMeetingAlive) {
  QueueFour();
  Freeze();
  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(keys_[3]);
  withdraw.set_etag(service_.Get(keys_[3]).etag());
  service_.Do(&SpecApi::WithdrawSpec, "ana", withdraw);
  for (int i = 0; i < 3; ++i) Release(keys_[static_cast<size_t>(i)]);
  EXPECT_EQ(Meeting().state(), v1::Meeting::STATE_CANCELLED);
  EXPECT_EQ(Meeting().cancel_reason(), "LATE");
}

TEST_F(StandByTest, ThePacketLeavesOutOneThatMayNotCome) {
  QueueFour();
  service_.AdvanceTo(At(11, 24, 9));
  ASSERT_EQ(Meeting().stand_by(), keys_[3]);
  // 1,600 words need three business days, and on Tuesday two are left.
  Revise(service_, keys_[3], LoneDocument("Four of four, and another plan", "", 1600),
         /*major=*/true);
  Freeze();
  EXPECT_EQ(Meeting().stand_by(), "");
}

TEST_F(StandByTest, ThePacketLeavesOutOneThatHasGone) {
  QueueFour();
  service_.AdvanceTo(At(11, 23));
  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(keys_[3]);
  withdraw.set_etag(service_.Get(keys_[3]).etag());
  service_.Do(&SpecApi::WithdrawSpec, "ana", withdraw);
  Freeze();
  EXPECT_EQ(Meeting().stand_by(), "");
  EXPECT_EQ(Meeting().stand_by_revision(), 0);
}

}  // namespace
}  // namespace gavel::app
