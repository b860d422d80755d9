#include "engine/domain/fold_meeting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/testing/scene.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel {
namespace {

using enum MeetingCommandKind;
using ::testing::ElementsAre;
using testing::Reason;
using testing::Scene;

Scene Scheduled() {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);
  return scene;
}

// A day later, and longer.
v1::Event Moved(const Scene& scene) {
  v1::Event event;
  v1::MeetingMoved& moved = *event.mutable_meeting_moved();
  moved.set_reason("The room is taken.");
  v1::Meeting& to = *moved.mutable_meeting();
  to = scene.meeting;
  const absl::Time start = FromProto(scene.meeting.start_time()) + absl::Hours(24);
  *to.mutable_start_time() = ToProto(start);
  *to.mutable_end_time() = ToProto(start + absl::Minutes(90));
  *to.mutable_minutes_due_time() = ToProto(start + absl::Hours(72));
  to.set_usable_minutes(80);
  to.set_facilitator("mallory");  // Not among what a move changes.
  return event;
}

TEST(FoldMeetingTest, AMoveChangesTimesAndNothingElse) {
  Scene scene;
  const absl::Time start = FromProto(scene.meeting.start_time());
  ASSERT_TRUE(scene.Meet("kim", kReschedule, nullptr, Moved(scene)).ok());
  EXPECT_EQ(FromProto(scene.meeting.start_time()), start + absl::Hours(24));
  EXPECT_EQ(FromProto(scene.meeting.end_time()), start + absl::Hours(24) + absl::Minutes(90));
  EXPECT_EQ(scene.meeting.usable_minutes(), 80);
  EXPECT_EQ(scene.meeting.id(), "2026-12-10-media");
  EXPECT_EQ(scene.meeting.facilitator(), "");
  EXPECT_EQ(scene.meeting.state(), v1::Meeting::STATE_PLANNED);
}

TEST(FoldMeetingTest, AMoveSaysWhyAndComesBeforeTheCutOff) {
  Scene scene;
  v1::Event silent = Moved(scene);
  silent.mutable_meeting_moved()->clear_reason();
  EXPECT_EQ(Reason(scene.Meet("kim", kReschedule, nullptr, silent)), "FIELD_INVALID");
  scene.now = FromProto(scene.meeting.cut_off_time());
  EXPECT_EQ(Reason(scene.Meet("kim", kReschedule, nullptr, Moved(scene))), "GUARD_FAILED");
}

TEST(FoldMeetingTest, ASequenceCountsTimesAndStatesAndTheTimeStampEveryDifference) {
  Scene scene;
  std::vector<int> sequence = {scene.meeting.calendar_sequence()};
  const auto note = [&] { sequence.push_back(scene.meeting.calendar_sequence()); };
  ASSERT_TRUE(scene.Meet("kim", kReschedule, nullptr, Moved(scene)).ok());
  note();
  EXPECT_EQ(FromProto(scene.meeting.calendar_time()), scene.now);
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);  // Another agenda, the same entry.
  note();
  EXPECT_EQ(FromProto(scene.meeting.calendar_time()), scene.now);
  scene.Freeze();  // Tentative becomes confirmed.
  note();
  const absl::Time frozen = scene.now;
  scene.OpenMeeting();
  scene.CloseMeeting();
  note();
  EXPECT_EQ(FromProto(scene.meeting.calendar_time()), frozen);
  EXPECT_THAT(sequence, ElementsAre(0, 1, 1, 2, 2));
}

TEST(FoldMeetingTest, ACancelledMeetingHasANewSequence) {
  Scene scene;
  v1::CancelMeetingRequest request;
  request.set_reason("Everybody is ill.");
  ASSERT_TRUE(scene.Meet("kim", kCancelMeeting, &request).ok());
  EXPECT_EQ(scene.meeting.calendar_sequence(), 1);
  EXPECT_EQ(FromProto(scene.meeting.calendar_time()), scene.now);
}

TEST(FoldMeetingTest, APacketIsReadOncePerPersonAndSpec) {
  Scene scene = Scheduled();
  scene.Freeze();
  const v1::AcknowledgePacketRequest all;
  ASSERT_TRUE(scene.Meet("fay", kAcknowledgePacket, &all).ok());
  const absl::Time first = scene.now;
  ASSERT_TRUE(scene.Meet("fay", kAcknowledgePacket, &all).ok());
  ASSERT_TRUE(scene.Meet("dee", kAcknowledgePacket, &all).ok());
  ASSERT_EQ(scene.meeting.receipts_size(), 2);
  EXPECT_EQ(scene.meeting.receipts(0).person(), "fay");
  EXPECT_EQ(scene.meeting.receipts(0).spec(), "MEDIA-1");
  EXPECT_EQ(FromProto(scene.meeting.receipts(0).time()), first);
  EXPECT_EQ(scene.meeting.receipts(1).person(), "dee");
}

TEST(FoldMeetingTest, ThePacketHoldsTheStandByAndNothingThatIsNotThere) {
  Scene scene = Scheduled();
  scene.meeting.set_stand_by("MEDIA-2");
  v1::Event packet;
  packet.mutable_packet_sent()->set_stand_by_revision(1);
  ASSERT_TRUE(scene.Meet("system", kSendPacket, nullptr, packet).ok());
  v1::AcknowledgePacketRequest request;
  request.add_specs("MEDIA-2");
  EXPECT_EQ(Reason(scene.Meet("fay", kAcknowledgePacket, &request)), "OK");
  request.set_specs(0, "MEDIA-9");
  EXPECT_EQ(Reason(scene.Meet("fay", kAcknowledgePacket, &request)), "PART_NOT_FOUND");
}

TEST(FoldMeetingTest, WhoHasToReadWhatComesWithThePacket) {
  Scene scene = Scheduled();
  v1::Event packet;
  v1::PacketReader& reader = *packet.mutable_packet_sent()->add_readers();
  reader.set_person("fay");
  reader.set_minutes(12);
  ASSERT_TRUE(scene.Meet("system", kSendPacket, nullptr, packet).ok());
  ASSERT_EQ(scene.meeting.readers_size(), 1);
  EXPECT_EQ(scene.meeting.readers(0).minutes(), 12);
}

}  // namespace
}  // namespace gavel
