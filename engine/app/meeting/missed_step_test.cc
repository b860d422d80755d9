// The server was down while a step of the week was due.

#include <gtest/gtest.h>

#include "engine/app/testing/queue.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::At;
using testing::Berlin;
using testing::LoneDocument;
using testing::Queue;
using testing::Service;

constexpr char kMeeting[] = "2026-11-26-media";

class MissedStepTest : public ::testing::Test {
 protected:
  // The server comes back at `time`; what is due then fires at that moment.
  v1::Meeting ComeBack(absl::CivilMinute time) {
    service_.environment().dev_clock->SetTime(Berlin(time));
    const auto fired = TimerSource(service_.environment()).FireDue(service_.now(), false);
    EXPECT_TRUE(fired.ok()) << fired.status().ToString();
    return service_.GetMeeting(kMeeting);
  }

  Service service_;
  const std::string key_ = Queue(service_, "waiting", LoneDocument("It waits for the room"));
};

TEST_F(MissedStepTest, ALateCutOffStillPicks) {
  const v1::Meeting meeting = ComeBack(At(11, 24, 9, 0));
  EXPECT_TRUE(meeting.planned());
  ASSERT_EQ(meeting.slots_size(), 1);
}

TEST_F(MissedStepTest, AnAgendaNotPickedByTheFreezeIsSkippedAndNotSqueezed) {
  const v1::Meeting meeting = ComeBack(At(11, 24, 10, 30));
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_CANCELLED);
  EXPECT_EQ(meeting.cancel_reason(), "SKIPPED");
  EXPECT_EQ(service_.Get(key_).state(), v1::Spec::STATE_QUEUED);
}

TEST_F(MissedStepTest, APacketGoesOutLateWhileADayIsLeftToReadIt) {
  service_.AdvanceTo(At(11, 23));
  EXPECT_EQ(ComeBack(At(11, 24, 17, 0)).state(), v1::Meeting::STATE_FROZEN);
}

TEST_F(MissedStepTest, APacketThatNobodyCouldReadInTimeIsNotSent) {
  service_.AdvanceTo(At(11, 23));
  const v1::Meeting meeting = ComeBack(At(11, 25, 10, 0));
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_CANCELLED);
  EXPECT_EQ(meeting.cancel_reason(), "SKIPPED");
  EXPECT_EQ(service_.Get(key_).state(), v1::Spec::STATE_QUEUED);
}

TEST_F(MissedStepTest, AWaivedSessionIsPickedAndSentAtOnce) {
  service_.AdvanceTo(At(11, 23, 11));  // An hour past the freeze of a Wednesday's meeting.
  v1::CreateSessionRequest request;
  request.set_area("media");
  *request.mutable_start_time() = ToProto(Berlin(At(11, 25, 17, 0)));
  request.set_reason("It cannot wait.");
  request.set_waive_notice(true);
  const std::string id = service_.Do(&MeetingApi::CreateSession, "chen", request).meeting().id();
  service_.AdvanceTo(service_.now() + absl::Seconds(5));
  EXPECT_EQ(service_.GetMeeting(id).state(), v1::Meeting::STATE_FROZEN);
}

}  // namespace
}  // namespace gavel::app
