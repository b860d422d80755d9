#include "clients/chat/worker.h"

#include <gtest/gtest.h>

#include "clients/chat/chat_testing.h"

namespace gavel::chat {
namespace {

class WorkerTest : public ChatTest {
 protected:
  WorkerTest() { source_.specs["MEDIA-51"] = ReviewedSpec(); }

  // Catches up with the log, as `gavel-bot run --once`.
  absl::Status RunOnce(FakeChannel& channel) {
    Worker worker(config_, config_.destinations[0], source_, channel, *memory_, waiter_,
                  {.once = true, .hooks = {.jitter = [] { return 0.0; }}});
    return worker.Run();
  }

  Config config_ = EverythingTo("here");
  FakeSource source_;
  FakeWaiter waiter_;
  FakeChannel channel_{kSlackLike};
};

TEST_F(WorkerTest, ManyEventsOfOneSpecAreOnePost) {
  for (int i = 0; i < 100; ++i) source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.calls, 1);
}

TEST_F(WorkerTest, ItGoesOnWhereItStopped) {
  source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  const int watches = source_.watches;
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(source_.watches, watches);  // At the head already.
  source_.specs["MEDIA-51"].spec.set_state(v1::Spec::STATE_QUEUED);
  source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  ASSERT_EQ(channel_.shown.size(), 1u);
  EXPECT_EQ(channel_.shown[0].edits, 1);
}

TEST_F(WorkerTest, AChannelThatJoinsLateShowsWhatIsOpenAndAnnouncesNothingOld) {
  config_.destinations[0].start = Destination::Start::kNow;
  SpecState decided = ReviewedSpec();
  decided.spec.set_key("MEDIA-40");
  AddMeetingDecision(decided.spec);
  source_.specs["MEDIA-40"] = decided;
  source_.Log("MEDIA-40");
  source_.Log("MEDIA-51");
  source_.now = December(20, 9, 0);
  ASSERT_TRUE(RunOnce(channel_).ok());
  ASSERT_EQ(channel_.shown.size(), 1u);
  EXPECT_EQ(channel_.shown[0].key, "card/MEDIA-51");
}

class LostCursorTest : public WorkerTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(LostCursorTest, NoSecondCardAndNoLostDecision) {
  source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  // While the bot is away a decision is made, and the cursor becomes useless.
  AddMeetingDecision(source_.specs["MEDIA-51"].spec);
  source_.Log("MEDIA-51");
  source_.lose_cursor_with = GetParam();
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.CountOf("card/MEDIA-51"), 1);
  ASSERT_EQ(channel_.shown.size(), 2u);
  EXPECT_EQ(channel_.shown[1].key.substr(0, 20), "decision/MEDIA-51/d1");
  // And once more, with nothing new.
  source_.lose_cursor_with = GetParam();
  source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.shown.size(), 2u);
}

INSTANTIATE_TEST_SUITE_P(EveryWay, LostCursorTest,
                         ::testing::Values("CURSOR_COMPACTED", "CURSOR_FROM_OTHER_LOG",
                                           "CURSOR_IN_FUTURE", "CURSOR_INVALID"));

TEST_F(WorkerTest, ARestoredServerIsNoticedBeforeTheStream) {
  for (int i = 0; i < 5; ++i) source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  source_.log_id = "log-2";
  source_.events.resize(2);
  AddMeetingDecision(source_.specs["MEDIA-51"].spec);
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.CountOf("card/MEDIA-51"), 1);
  EXPECT_EQ(channel_.shown.size(), 2u);
}

TEST_F(WorkerTest, ThePacketIsOnePostAndACancelledMeetingAnother) {
  source_.meetings["2026-12-10-media"] = FrozenMeeting();
  source_.Log("", "2026-12-10-media").mutable_packet_sent();
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.CountOf("packet/2026-12-10-media"), 1);
  v1::Meeting& meeting = source_.meetings["2026-12-10-media"].meeting;
  meeting.set_state(v1::Meeting::STATE_CANCELLED);
  meeting.set_cancel_reason("LATE");
  source_.Log("", "2026-12-10-media").mutable_meeting_cancelled();
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.CountOf("packet/2026-12-10-media"), 1);
  EXPECT_EQ(channel_.CountOf("meeting_cancelled/2026-12-10-media"), 1);
}

TEST_F(WorkerTest, WhatOnlyAnEventTellsIsPostedOnce) {
  source_.meetings["2026-12-10-media"] = FrozenMeeting();
  v1::Event& alert = source_.Log("");
  alert.set_area("media");
  alert.mutable_health_alert_raised()->mutable_alert()->set_kind("backlog");
  source_.Log("").mutable_breaker_opened()->set_rule("auto/standard-tiers");
  source_.Log("", "2026-12-10-media").mutable_extra_session_proposed()->add_specs("MEDIA-51");
  source_.Log("", "2026-12-10-media").mutable_meeting_moved()->set_reason("painters");
  source_.Log("", "2026-12-10-media").mutable_minutes_published();
  ASSERT_TRUE(RunOnce(channel_).ok());
  std::vector<std::string> words;
  for (const FakeChannel::Shown& shown : channel_.shown) {
    words.push_back(shown.key.substr(0, shown.key.find('/')));
  }
  EXPECT_EQ(words, (std::vector<std::string>{"card", "alert", "breaker", "extra_session",
                                             "meeting_moved", "minutes"}));
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.shown.size(), 6u);
}

TEST_F(WorkerTest, MinutesMissedWithTheCursorArePostedAfterAll) {
  source_.Log("MEDIA-51");
  ASSERT_TRUE(RunOnce(channel_).ok());
  MeetingState held = FrozenMeeting();
  held.meeting.set_state(v1::Meeting::STATE_CLOSED);
  *held.meeting.mutable_minutes_time() = ToProto(December(11, 10, 0));
  source_.meetings["2026-12-10-media"] = held;
  source_.Log("");
  source_.lose_cursor_with = "CURSOR_COMPACTED";
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.CountOf("packet/2026-12-10-media"), 1);
  EXPECT_EQ(channel_.CountOf("minutes/2026-12-10-media"), 1);
}

TEST_F(WorkerTest, AMailboxGetsPostsAndDecisionsButNoCards) {
  FakeChannel mail(kMailLike);
  source_.meetings["2026-12-10-media"] = FrozenMeeting();
  AddMeetingDecision(source_.specs["MEDIA-51"].spec);
  source_.Log("MEDIA-51");
  source_.Log("", "2026-12-10-media").mutable_packet_sent();
  ASSERT_TRUE(RunOnce(mail).ok());
  ASSERT_EQ(mail.shown.size(), 2u);
  EXPECT_EQ(mail.shown[0].key.substr(0, 17), "decision/MEDIA-51");
  EXPECT_EQ(mail.shown[1].key, "packet/2026-12-10-media");
}

TEST_F(WorkerTest, PostsOfOneResponseKeepTheOrderOfWhatHappened) {
  MeetingState off = FrozenMeeting();
  off.meeting.set_id("2026-12-03-media");
  off.meeting.set_state(v1::Meeting::STATE_CANCELLED);
  source_.meetings["2026-12-03-media"] = off;
  source_.meetings["2026-12-10-media"] = FrozenMeeting();
  source_.Log("", "2026-12-03-media").mutable_meeting_cancelled();
  source_.Log("", "2026-12-10-media").mutable_packet_sent();
  ASSERT_TRUE(RunOnce(channel_).ok());
  ASSERT_EQ(channel_.shown.size(), 3u);
  EXPECT_EQ(channel_.shown[0].key, "card/MEDIA-51");  // It is on the packet's agenda.
  EXPECT_EQ(channel_.shown[1].key, "meeting_cancelled/2026-12-03-media");
  EXPECT_EQ(channel_.shown[2].key, "packet/2026-12-10-media");
}

TEST_F(WorkerTest, ARetryShowsTheStateOfThenNotOfTheFirstAttempt) {
  source_.Log("MEDIA-51");
  channel_.answers = {{.kind = SendResult::Kind::kNotSent, .reason = "503"}};
  class ChangingSource : public FakeSource {
   public:
    absl::StatusOr<SpecState> Spec(const std::string& key, int64_t min_seq) override {
      auto state = FakeSource::Spec(key, min_seq);
      if (++reads > 1) state->spec.set_state(v1::Spec::STATE_QUEUED);
      return state;
    }
    int reads = 0;
  } source;
  source.specs = source_.specs;
  source.Log("MEDIA-51");
  Worker worker(config_, config_.destinations[0], source, channel_, *memory_, waiter_,
                {.once = true, .hooks = {.jitter = [] { return 0.0; }}});
  ASSERT_TRUE(worker.Run().ok());
  ASSERT_EQ(channel_.shown.size(), 1u);
  EXPECT_NE(channel_.shown[0].text.find("Queued"), std::string::npos) << channel_.shown[0].text;
}

TEST_F(WorkerTest, TheCursorStaysBeforeWhatCouldNotBeSent) {
  source_.Log("MEDIA-51");
  for (int i = 0; i < 10; ++i) {
    channel_.answers.push_back({.kind = SendResult::Kind::kNotSent, .reason = "503"});
  }
  EXPECT_TRUE(absl::IsUnavailable(RunOnce(channel_)));
  EXPECT_EQ((*memory_->FindDestination("here"))->position.through_seq, 0);
  channel_.answers.clear();
  ASSERT_TRUE(RunOnce(channel_).ok());
  EXPECT_EQ(channel_.shown.size(), 1u);
}

TEST_F(WorkerTest, ADestinationThatRefusesIsReportedAndNothingIsSkipped) {
  source_.Log("MEDIA-51");
  channel_.answers = {{.kind = SendResult::Kind::kRefused, .reason = "is_archived"}};
  const absl::Status status = RunOnce(channel_);
  EXPECT_TRUE(absl::IsPermissionDenied(status));
  EXPECT_NE(std::string(status.message()).find("is_archived"), std::string::npos);
  EXPECT_EQ((*memory_->FindDestination("here"))->position.through_seq, 0);
}

}  // namespace
}  // namespace gavel::chat
