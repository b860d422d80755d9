// gavel-bot between a real gaveld and a strict Slack: exactly one card per spec and every decision
// posted once, whatever is killed, lost or restored.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <string>

#include "absl/time/clock.h"
#include "tests/end_to_end/bot_harness.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::e2e {
namespace {

class BotSlackTest : public ::testing::Test {
 protected:
  BotSlackTest() { server_.Start(); }

  // The same two specs in every log: one that a rule approves, one that people approve.
  void SubmitBoth() {
    automatic_ = server_.Submit("ana", "specs/a.md", "auto");
    reviewed_ = server_.Submit("ana", "specs/b.md", "async");
  }

  void ExpectCards(size_t per_spec) {
    EXPECT_EQ(slack_.Messages("gavel_card", automatic_).size(), per_spec);
    EXPECT_EQ(slack_.Messages("gavel_card", reviewed_).size(), per_spec);
    EXPECT_EQ(slack_.State()["violations"], nlohmann::json::array()) << bot_.Log();
  }

  std::string TextOfCard(const std::string& key) {
    const auto cards = slack_.Messages("gavel_card", key);
    return cards.empty() ? "" : cards[0]["text"].get<std::string>();
  }

  store::TemporaryFolder folder_;
  Server server_{folder_.File("server")};
  FakeSlack slack_{folder_.File("")};
  Bot bot_{folder_.File(""), SlackNotify(slack_)};
  std::string automatic_;
  std::string reviewed_;
};

TEST_F(BotSlackTest, EveryStepIsOneCardEditedInPlaceAndTheDecisionAReplyForAll) {
  slack_.Control({{"slow", true}});  // Answers come byte by byte.
  SubmitBoth();
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  EXPECT_NE(TextOfCard(automatic_).find("Auto-approved. By rule"), std::string::npos);
  EXPECT_NE(TextOfCard(reviewed_).find("Async review. Waiting for"), std::string::npos);

  server_.Comment("kim", reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_EQ(slack_.Messages("gavel_card", reviewed_)[0]["edits"], 0);

  server_.ApproveByReviewers(reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  const auto card = slack_.Messages("gavel_card", reviewed_)[0];
  EXPECT_EQ(card["edits"], 1);
  const auto decisions = slack_.Messages("gavel_decision", reviewed_);
  ASSERT_EQ(decisions.size(), 1u);
  EXPECT_EQ(decisions[0]["thread_ts"], card["ts"]);
  EXPECT_EQ(decisions[0]["broadcast"], true);
  EXPECT_TRUE(slack_.Messages("gavel_decision", automatic_).empty());
}

TEST_F(BotSlackTest, KilledBetweenEverySendAndItsRecord) {
  SubmitBoth();
  server_.ApproveByReviewers(reviewed_);
  int kills = 0;
  while (bot_.RunOnce(server_, {"--crash-after-send", "1"}) != 0) {
    ASSERT_LT(++kills, 20) << bot_.Log();
  }
  EXPECT_GE(kills, 3);  // Two cards and a decision.
  ExpectCards(1);
  EXPECT_EQ(slack_.Messages("gavel_decision", reviewed_).size(), 1u);
}

TEST_F(BotSlackTest, AnswersLostAfterTheSend) {
  SubmitBoth();
  server_.ApproveByReviewers(reviewed_);
  slack_.Control({{"drop_answers", 3}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  EXPECT_EQ(slack_.Messages("gavel_decision", reviewed_).size(), 1u);
  EXPECT_EQ(slack_.State()["messages"].size(), 3u);
}

TEST_F(BotSlackTest, AnotherLogBehindTheSameAddress) {
  SubmitBoth();
  server_.ApproveByReviewers(reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  server_.Stop();
  std::filesystem::remove_all(server_.data());
  server_.Start("2026-11-23T09:00:00Z");
  SubmitBoth();
  server_.ApproveByReviewers(reviewed_);
  server_.Comment("kim", reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  // Made in another log, so another decision: it must not be lost.
  EXPECT_EQ(slack_.Messages("gavel_decision", reviewed_).size(), 2u);
}

TEST_F(BotSlackTest, ABackupIsRestoredAndTheCursorLiesInTheFuture) {
  SubmitBoth();
  server_.Stop();
  const std::string backup = folder_.File("backup");
  std::filesystem::copy(server_.data(), backup, std::filesystem::copy_options::recursive);
  server_.Start();
  for (int i = 0; i < 30; ++i) server_.Comment("kim", reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  server_.Stop();
  std::filesystem::remove_all(server_.data());
  std::filesystem::copy(backup, server_.data(), std::filesystem::copy_options::recursive);
  server_.Start();
  server_.ApproveByReviewers(reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  EXPECT_EQ(slack_.Messages("gavel_decision", reviewed_).size(), 1u);
}

TEST_F(BotSlackTest, AnEmptiedMemoryFindsTheCardsThatAreThere) {
  SubmitBoth();
  server_.ApproveByReviewers(reviewed_);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  std::filesystem::remove_all(bot_.state());
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  EXPECT_EQ(slack_.Messages("gavel_decision", reviewed_).size(), 1u);
}

TEST_F(BotSlackTest, ARateLimitIsWaitedForNotHammered) {
  slack_.Control({{"one_per_second", true}});
  SubmitBoth();
  const absl::Time start = absl::Now();
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_GE(absl::Now() - start, absl::Seconds(1));
  ExpectCards(1);
  EXPECT_LE(slack_.State()["requests"], 6);  // Two posts, two look-ups, one refusal.
}

TEST_F(BotSlackTest, AServerErrorIsTriedAgainAndANotFoundIsNot) {
  SubmitBoth();
  slack_.Control({{"fail", {503}}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  server_.ApproveByReviewers(reviewed_);
  slack_.Control({{"fail", {404}}});
  EXPECT_EQ(bot_.RunOnce(server_), 1);
  EXPECT_NE(bot_.Log().find("review: refused for good: HTTP 404"), std::string::npos) << bot_.Log();
  EXPECT_EQ(bot_.Log().find("xoxb"), std::string::npos);
  // Nothing is skipped: the next run goes on there.
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_EQ(slack_.Messages("gavel_decision", reviewed_).size(), 1u);
}

TEST_F(BotSlackTest, ADeletedCardComesBackOnceAndIsThenLeftAlone) {
  SubmitBoth();
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  slack_.Control({{"delete", slack_.Messages("gavel_card", reviewed_)[0]["ts"]}});
  server_.RaiseBlock("kim", reviewed_, "lost pictures");
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectCards(1);
  slack_.Control({{"delete", slack_.Messages("gavel_card", reviewed_)[0]["ts"]}});
  server_.RaiseBlock("chen", reviewed_, "lost videos");
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_TRUE(slack_.Messages("gavel_card", reviewed_).empty());
}

TEST_F(BotSlackTest, FollowsThroughARestartOfTheServerAndStopsWhenTold) {
  Process bot = bot_.Follow(server_);
  const auto await_card = [&](const std::string& key) {
    for (int i = 0; i < 400 && slack_.Messages("gavel_card", key).empty(); ++i) {
      absl::SleepFor(absl::Milliseconds(50));
    }
    EXPECT_EQ(slack_.Messages("gavel_card", key).size(), 1u) << bot_.Log();
  };
  await_card(server_.Submit("ana", "specs/a.md", "auto"));
  server_.Kill();
  server_.Start();
  await_card(server_.Submit("ana", "specs/b.md", "auto"));
  const absl::Time start = absl::Now();
  bot.Signal(SIGTERM);
  EXPECT_EQ(bot.Wait(), 0) << bot_.Log();
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
}

TEST_F(BotSlackTest, AnIncomingWebhookGetsOnePostPerState) {
  Bot bot(folder_.File("hook"),
          "destinations:\n"
          "  hook: {kind: slack-webhook, url: credential/hook, start: log, per_minute: 6000}\n"
          "routes:\n  - {to: hook}\n");
  bot.PutCredential("hook", "http://" + slack_.address() + "/services/hook");
  SubmitBoth();
  ASSERT_EQ(bot.RunOnce(server_), 0) << bot.Log();
  EXPECT_EQ(slack_.State()["messages"].size(), 2u);
  server_.Comment("kim", reviewed_);
  server_.RaiseBlock("kim", reviewed_, "lost pictures");
  ASSERT_EQ(bot.RunOnce(server_), 0) << bot.Log();
  EXPECT_EQ(slack_.State()["messages"].size(), 2u);
  EXPECT_EQ(slack_.State()["violations"], nlohmann::json::array());
}

}  // namespace
}  // namespace gavel::e2e
