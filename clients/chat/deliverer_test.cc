#include "clients/chat/deliverer.h"

#include <gtest/gtest.h>

#include "clients/chat/chat_testing.h"

namespace gavel::chat {
namespace {

using Kind = SendResult::Kind;

// Stands for SIGKILL: whatever was in memory is gone.
struct Killed {};

Message CardSaying(const std::string& word) {
  Message message;
  message.kind = MessageKind::kCard;
  message.group_key = "card/MEDIA-51";
  message.title = "MEDIA-51 Keys";
  message.word = word;
  message.milestone = word;
  return message;
}

Message Decision() {
  Message message = CardSaying("Approved");
  message.kind = MessageKind::kDecision;
  message.state = v1::Spec::STATE_APPROVED;
  message.group_key = "decision/MEDIA-51/d1/1";
  message.thread = "card/MEDIA-51";
  return message;
}

Message Packet() {
  Message message = CardSaying("Agenda");
  message.kind = MessageKind::kPacket;
  message.group_key = "packet/2026-12-10-media";
  return message;
}

class DelivererTest : public ChatTest {
 protected:
  Outcome Deliver(FakeChannel& channel, const std::vector<Message>& messages,
                  bool crash_after_send = false) {
    Deliverer::Hooks hooks;
    hooks.jitter = [] { return 0.0; };
    if (crash_after_send) hooks.after_send = [] { throw Killed(); };
    Deliverer deliverer(config_, config_.destinations[0], channel, *memory_, waiter_, hooks);
    const auto outcome = deliverer.Deliver(messages);
    EXPECT_TRUE(outcome.ok()) << outcome.status();
    return outcome.value_or(Outcome{});
  }

  // As the worker does: waits, and asks again.
  void DeliverUntilDone(FakeChannel& channel, const std::vector<Message>& messages) {
    for (int i = 0; i < 10; ++i) {
      const Outcome outcome = Deliver(channel, messages);
      if (outcome.kind == Outcome::Kind::kDone) return;
      ASSERT_EQ(outcome.kind, Outcome::Kind::kLater);
      waiter_.Wait(outcome.pause);
    }
    FAIL() << "never delivered";
  }

  void DieAfterSending(FakeChannel& channel, const std::vector<Message>& messages) {
    EXPECT_THROW(Deliver(channel, messages, true), Killed);
    ForgetEverythingButTheFile();
  }

  Config config_ = EverythingTo("here");
  FakeWaiter waiter_;
};

TEST_F(DelivererTest, ACardIsPostedOnceAndThenEdited) {
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Async review")});
  Deliver(channel, {CardSaying("Async review")});
  Deliver(channel, {CardSaying("Queued")});
  ASSERT_EQ(channel.shown.size(), 1u);
  EXPECT_EQ(channel.shown[0].edits, 1);
  EXPECT_EQ(channel.shown[0].text, "MEDIA-51 Keys: Queued");
  EXPECT_EQ(channel.calls, 2);
}

TEST_F(DelivererTest, ADecisionAnswersTheCardAndIsShownToTheChannel) {
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Approved"), Decision()});
  ASSERT_EQ(channel.shown.size(), 2u);
  EXPECT_EQ(channel.shown[1].thread, channel.shown[0].id);
  EXPECT_TRUE(channel.shown[1].broadcast);
}

TEST_F(DelivererTest, KilledBetweenSendingAndRecordingItFindsItsOwnPost) {
  FakeChannel channel(kSlackLike);
  DieAfterSending(channel, {CardSaying("Async review")});
  DeliverUntilDone(channel, {CardSaying("Queued")});
  ASSERT_EQ(channel.shown.size(), 1u);
  EXPECT_EQ(channel.shown[0].text, "MEDIA-51 Keys: Queued");
  EXPECT_EQ(channel.finds, 1);
}

TEST_F(DelivererTest, KilledBeforeTheSendItPostsAfterAll) {
  FakeChannel channel(kSlackLike);
  ASSERT_TRUE(memory_->PutIntent("here", "card/MEDIA-51", {"x", 1, waiter_.Now()}).ok());
  ForgetEverythingButTheFile();
  DeliverUntilDone(channel, {CardSaying("Queued")});
  EXPECT_EQ(channel.CountOf("card/MEDIA-51"), 1);
}

TEST_F(DelivererTest, ALostAnswerIsLookedUpWhetherThePostArrivedOrNot) {
  for (const bool arrives : {true, false}) {
    FakeChannel channel(kSlackLike);
    channel.arrives_unanswered = arrives;
    channel.answers = {{.kind = Kind::kUnknown, .reason = "timeout"}};
    Message card = CardSaying("Queued");
    card.group_key += arrives ? "-a" : "-b";
    DeliverUntilDone(channel, {card});
    EXPECT_EQ(channel.shown.size(), 1u) << arrives;
    EXPECT_EQ(channel.finds, 1) << arrives;
  }
}

TEST_F(DelivererTest, WhereNothingCanBeAskedOnlyADecisionIsSaidTwice) {
  FakeChannel channel(kIrcLike);
  DieAfterSending(channel, {Packet()});
  DeliverUntilDone(channel, {Packet()});
  EXPECT_EQ(channel.CountOf(Packet().group_key), 1);

  DieAfterSending(channel, {Decision()});
  DeliverUntilDone(channel, {Decision()});
  ASSERT_EQ(channel.CountOf(Decision().group_key), 2);
  EXPECT_TRUE(channel.shown.back().again);
}

TEST_F(DelivererTest, AMailWhoseAnswerIsLostIsSentTwiceAndNeverThrice) {
  FakeChannel channel(kMailLike);
  channel.arrives_unanswered = true;
  for (int i = 0; i < 5; ++i) channel.answers.push_back({.kind = Kind::kUnknown});
  DeliverUntilDone(channel, {Packet()});
  EXPECT_EQ(channel.CountOf(Packet().group_key), 2);
}

TEST_F(DelivererTest, ARefusedConnectionDoesNotMakeItForgetThatACopyMayBeThere) {
  FakeChannel channel(kMailLike);
  channel.arrives_unanswered = true;
  channel.answers = {{.kind = Kind::kUnknown},
                     {.kind = Kind::kNotSent},
                     {.kind = Kind::kUnknown},
                     {.kind = Kind::kUnknown}};
  DeliverUntilDone(channel, {Packet()});
  EXPECT_EQ(channel.CountOf(Packet().group_key), 2);
}

TEST_F(DelivererTest, ADecisionOnIrcIsSaidTwiceAtMost) {
  FakeChannel channel(kIrcLike);
  channel.arrives_unanswered = true;
  for (int i = 0; i < 5; ++i) channel.answers.push_back({.kind = Kind::kUnknown});
  DeliverUntilDone(channel, {Decision()});
  EXPECT_EQ(channel.CountOf(Decision().group_key), 2);
}

TEST_F(DelivererTest, WithoutEditsACardIsPostedPerStateAndNeverPerComment) {
  FakeChannel channel(kIrcLike);
  Deliver(channel, {CardSaying("Async review")});
  Message commented = CardSaying("Async review");
  commented.summary = "changed";
  Deliver(channel, {commented});
  Deliver(channel, {CardSaying("Queued")});
  EXPECT_EQ(channel.shown.size(), 2u);
}

TEST_F(DelivererTest, WithoutEditsTheDecisionAloneSaysThatItIsApproved) {
  FakeChannel channel(kIrcLike);
  Deliver(channel, {CardSaying("Approved"), Decision()});
  ASSERT_EQ(channel.shown.size(), 1u);
  EXPECT_EQ(channel.shown[0].key, Decision().group_key);
}

TEST_F(DelivererTest, BackOffFollowsTheScheduleAndRetryAfterWins) {
  FakeChannel channel(kSlackLike);
  for (int i = 0; i < 7; ++i) channel.answers.push_back({.kind = Kind::kNotSent, .reason = "503"});
  channel.answers[1].retry_after = absl::Seconds(40);
  for (const absl::Duration pause :
       {absl::Seconds(1), absl::Seconds(40), absl::Seconds(30), absl::Minutes(2), absl::Minutes(10),
        absl::Hours(1), absl::Hours(1)}) {
    const Outcome outcome = Deliver(channel, {CardSaying("Queued")});
    EXPECT_EQ(outcome.pause, pause);
    waiter_.Wait(outcome.pause);
  }
  EXPECT_EQ(Deliver(channel, {CardSaying("Queued")}).kind, Outcome::Kind::kDone);
}

TEST_F(DelivererTest, AParkedDestinationStaysParkedAfterARestart) {
  FakeChannel channel(kSlackLike);
  channel.answers = {{.kind = Kind::kNotSent, .retry_after = absl::Minutes(5), .reason = "429"}};
  Deliver(channel, {CardSaying("Queued")});
  ForgetEverythingButTheFile();
  const Outcome outcome = Deliver(channel, {CardSaying("Queued")});
  EXPECT_EQ(outcome.kind, Outcome::Kind::kLater);
  EXPECT_EQ(outcome.pause, absl::Minutes(5));
  EXPECT_EQ(channel.calls, 1);
}

TEST_F(DelivererTest, AnEditIsGivenUpAfterADayAndTheNextOneIsSent) {
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Async review")});
  channel.answers = {{.kind = Kind::kUnknown, .reason = "503"}};
  Deliver(channel, {CardSaying("Queued")});
  waiter_.Wait(absl::Hours(25));
  EXPECT_EQ(Deliver(channel, {CardSaying("Queued")}).kind, Outcome::Kind::kDone);
  EXPECT_EQ(channel.shown[0].text, "MEDIA-51 Keys: Async review");
  Deliver(channel, {CardSaying("Scheduled")});
  EXPECT_EQ(channel.shown[0].text, "MEDIA-51 Keys: Scheduled");
}

TEST_F(DelivererTest, ADeletedCardComesBackOnceAndThenTheSpecIsMuted) {
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Async review")});
  channel.deleted.insert("1");
  Deliver(channel, {CardSaying("Queued")});
  EXPECT_EQ(channel.CountOf("card/MEDIA-51"), 2);
  channel.deleted.insert("2");
  Deliver(channel, {CardSaying("Scheduled")});
  Deliver(channel, {CardSaying("Approved"), Decision()});
  EXPECT_EQ(channel.shown.size(), 2u);
}

TEST_F(DelivererTest, KilledWhileACardComesBackItDoesNotComeBackTwice) {
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Async review")});
  channel.deleted.insert("1");
  DieAfterSending(channel, {CardSaying("Queued")});
  DeliverUntilDone(channel, {CardSaying("Queued")});
  EXPECT_EQ(channel.CountOf("card/MEDIA-51"), 2);
}

TEST_F(DelivererTest, AServiceThatSaysNoForGoodEndsIt) {
  FakeChannel channel(kSlackLike);
  channel.answers = {{.kind = Kind::kRefused, .reason = "channel_not_found"}};
  const Outcome outcome = Deliver(channel, {CardSaying("Queued")});
  EXPECT_EQ(outcome.kind, Outcome::Kind::kRefused);
  EXPECT_EQ(outcome.reason, "channel_not_found");
}

TEST_F(DelivererTest, MessagesKeepTheServicesPace) {
  config_.destinations[0].per_minute = 60;
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Queued"), Packet(), Decision()});
  EXPECT_EQ(waiter_.waits, std::vector<absl::Duration>(2, absl::Seconds(1)));
}

TEST_F(DelivererTest, ABotThatLostItsMemoryAsksBeforeItPosts) {
  FakeChannel channel(kSlackLike);
  Deliver(channel, {CardSaying("Queued")});
  memory_.reset();
  std::filesystem::remove_all(folder_ + "/bot");
  memory_ = *Memory::Open(folder_ + "/bot");
  Deliverer deliverer(config_, config_.destinations[0], channel, *memory_, waiter_,
                      {.jitter = [] { return 0.0; }});
  deliverer.set_in_doubt(true);
  EXPECT_EQ(deliverer.Deliver({CardSaying("Queued")})->kind, Outcome::Kind::kLater);
  EXPECT_EQ(deliverer.Deliver({CardSaying("Queued")})->kind, Outcome::Kind::kDone);
  EXPECT_EQ(channel.CountOf("card/MEDIA-51"), 1);
}

TEST(RetryPauseTest, JitterIsAFifthEitherWay) {
  EXPECT_EQ(RetryPause(3, {}, [] { return 1.0; }), absl::Seconds(36));
  EXPECT_EQ(RetryPause(3, {}, [] { return -1.0; }), absl::Seconds(24));
  EXPECT_EQ(RetryPause(99, {}, [] { return 0.0; }), absl::Hours(1));
}

}  // namespace
}  // namespace gavel::chat
