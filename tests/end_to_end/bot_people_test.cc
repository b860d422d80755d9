// What the server says to people, brought to them: by Slack, by mail, by IRC.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <string>

#include "clients/chat/irc_channel.h"
#include "clients/chat/local_channel.h"
#include "fmt/format.h"
#include "tests/end_to_end/bot_harness.h"
#include "tests/end_to_end/irc_listener.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::e2e {
namespace {

using Json = nlohmann::json;

// Monday 10:00 in Berlin: reviewers are asked; by the evening the server has told them.
class BotPeopleTest : public ::testing::Test {
 protected:
  BotPeopleTest() {
    server_.Start("2026-11-23T09:00:00Z");
    EXPECT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();  // From now on.
    key_ = server_.Submit("ana", "specs/b.md", "async");
    server_.AdvanceTo("2026-11-24T12:00:00Z");
  }

  // Direct messages in Slack's conversation with chen, the only one with a member id.
  std::vector<Json> ToChen() {
    std::vector<Json> found;
    const Json state = slack_.State();
    for (const Json& message : state["messages"]) {
      if (message["channel"] == "D02CHEN") found.push_back(message);
    }
    EXPECT_EQ(state["violations"], Json::array()) << bot_.Log();
    return found;
  }

  std::vector<Json> MailsTo(const std::string& address) {
    std::vector<Json> found;
    const Json mails = mail_.Mails();
    for (const Json& mail : mails) {
      if (MailServer::Header(mail, "X-To") == address) found.push_back(mail);
    }
    return found;
  }

  store::TemporaryFolder folder_;
  Server server_{folder_.File("server")};
  FakeSlack slack_{folder_.File("")};
  MailServer mail_{folder_.File("")};
  Bot bot_{folder_.File("one"),
           fmt::format("base_url: https://gavel.example\n"
                       "destinations:\n"
                       "  dm:   {{kind: slack, token: credential/slack, api: \"http://{}/api\", "
                       "per_minute: 6000}}\n"
                       "  post: {{kind: email, server: \"{}\", security: none, from: "
                       "gavel@example.org}}\n"
                       "time_windows:\n"
                       "  office: {{zone: Europe/Berlin, days: mon-fri, hours: \"09:00-18:00\"}}\n"
                       "routes: []\n"
                       "people:\n"
                       "  default: {{by: [dm, post], quiet: {{outside: office}}}}\n",
                       slack_.address(), mail_.address())};
  std::string key_;
};

TEST_F(BotPeopleTest, EveryReviewerIsToldOnceByTheFirstWayThatWorks) {
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ASSERT_EQ(ToChen().size(), 1u) << bot_.Log();
  EXPECT_NE(ToChen()[0]["text"].get<std::string>().find("Chen. Your turn on 1: " + key_),
            std::string::npos)
      << ToChen()[0];
  EXPECT_TRUE(MailsTo("chen@example.org").empty());
  const auto fay = MailsTo("fay@example.org");
  ASSERT_EQ(fay.size(), 1u) << bot_.Log();
  EXPECT_EQ(fay[0]["defects"], Json::array());
  EXPECT_NE(MailServer::Header(fay[0], "Subject").find("Your turn on 1: " + key_),
            std::string::npos);
  EXPECT_EQ(MailServer::Header(fay[0], "List-Id"), "");
}

TEST_F(BotPeopleTest, KilledBehindEverySendNobodyIsToldTwice) {
  int kills = 0;
  while (bot_.RunOnce(server_, {"--crash-after-send", "1"}) != 0) ASSERT_LT(++kills, 20);
  EXPECT_GE(kills, 2);
  EXPECT_EQ(ToChen().size(), 1u);
  // A mail server cannot be asked: the copy is the same mail, byte for byte.
  const auto fay = MailsTo("fay@example.org");
  ASSERT_LE(fay.size(), 2u);
  ASSERT_GE(fay.size(), 1u);
  EXPECT_EQ(fay.front()["raw"], fay.back()["raw"]);
}

TEST_F(BotPeopleTest, ALostAnswerIsLookedUpInTheConversation) {
  slack_.Control({{"drop_answers", 1}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_EQ(ToChen().size(), 1u);
  EXPECT_TRUE(MailsTo("chen@example.org").empty());
}

TEST_F(BotPeopleTest, AMemberWhoLeftTheWorkspaceGetsAMail) {
  slack_.Control({{"members", Json::array()}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_TRUE(ToChen().empty());
  EXPECT_EQ(MailsTo("chen@example.org").size(), 1u) << bot_.Log();
}

TEST_F(BotPeopleTest, ARateLimitIsWaitedFor) {
  slack_.Control({{"fail", {429}}, {"retry_after", 1}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_EQ(ToChen().size(), 1u) << bot_.Log();
}

TEST_F(BotPeopleTest, NothingAtNight) {
  server_.AdvanceTo("2026-11-24T20:00:00Z");
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_TRUE(ToChen().empty());
  EXPECT_TRUE(mail_.Mails().empty());
  server_.AdvanceTo("2026-11-25T08:00:00Z");
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  EXPECT_EQ(ToChen().size(), 1u) << bot_.Log();
}

chat::Message ToNick(const std::string& nick) {
  chat::Message message;
  message.kind = chat::MessageKind::kPerson;
  message.group_key = "person/dee/2026-11-24";
  message.recipient = nick;
  message.title = "Good morning Dee";
  message.word = "Your turn on 1";
  message.sentence = "Nothing else.";
  return message;
}

TEST(BotIrcPeopleTest, SpeaksToANickAloneAndNoticesThatNobodyIsThere) {
  store::TemporaryFolder folder;
  IrcServer irc(folder.File(""));
  irc.Start();
  IrcListener dee(irc, "dee", "#specs");
  IrcListener bystander(irc, "bo", "#specs");
  chat::IrcChannel channel({.server = irc.address(), .tls = false, .nick = "gavel"});
  EXPECT_EQ(channel.Post(ToNick("dee"), {}).kind, chat::SendResult::Kind::kDone);
  EXPECT_EQ(channel.Post(ToNick("gone"), {}).kind, chat::SendResult::Kind::kRefused);
  EXPECT_EQ(channel.Post(ToNick("dee"), {}).kind, chat::SendResult::Kind::kDone);
  EXPECT_EQ(dee.Heard(2),
            (std::vector<std::string>(2, "Good morning Dee. Your turn on 1. Nothing else.")));
  EXPECT_TRUE(bystander.Heard(0).empty());
}

}  // namespace
}  // namespace gavel::e2e
