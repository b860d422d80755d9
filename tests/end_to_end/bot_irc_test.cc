// gavel-bot on a real ngircd.
#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "clients/chat/irc_channel.h"
#include "fmt/format.h"
#include "tests/end_to_end/bot_harness.h"
#include "tests/end_to_end/irc_listener.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::e2e {
namespace {

using chat::IrcChannel;
using chat::Message;
using Kind = chat::SendResult::Kind;

Message Saying(const std::string& title) {
  Message message;
  message.group_key = "card/MEDIA-1";
  message.title = title;
  message.word = "Queued";
  return message;
}

class BotIrcTest : public ::testing::Test {
 protected:
  BotIrcTest() { irc_.Start(); }

  IrcChannel::Options ChannelOptions(const std::string& nick = "gavel") {
    return {.server = irc_.address(), .tls = false, .nick = nick, .channel = "#specs"};
  }

  store::TemporaryFolder folder_;
  IrcServer irc_{folder_.File("")};
};

TEST_F(BotIrcTest, SaysOneLineAndKnowsThatItArrived) {
  IrcListener listener(irc_, "ear", "#specs");
  IrcChannel channel(ChannelOptions());
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 One"), {}).kind, Kind::kDone);
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 Two"), {.again = true}).kind, Kind::kDone);
  EXPECT_EQ(listener.Heard(2),
            (std::vector<std::string>{"MEDIA-1 One: Queued", "(again) MEDIA-1 Two: Queued"}));
}

TEST_F(BotIrcTest, AHostileTitleIsOneHarmlessLine) {
  IrcListener listener(irc_, "ear", "#specs");
  IrcChannel channel(ChannelOptions());
  const std::string flood(2000, 'x');
  EXPECT_EQ(channel.Post(Saying("a\r\nPRIVMSG #specs :forged\x01 " + flood), {}).kind, Kind::kDone);
  const auto heard = listener.Heard(1);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].substr(0, 26), "a PRIVMSG #specs :forged x");
  EXPECT_EQ(heard[0].size(), 400u);
}

TEST_F(BotIrcTest, ATakenNickGetsATail) {
  IrcListener squatter(irc_, "gavel", "#specs");
  IrcChannel channel(ChannelOptions());
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 One"), {}).kind, Kind::kDone);
  EXPECT_EQ(squatter.Heard(1).size(), 1u);
}

TEST_F(BotIrcTest, ComesBackWhenTheServerDoesAndSwallowsNothing) {
  IrcChannel channel(ChannelOptions());
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 One"), {}).kind, Kind::kDone);
  irc_.Kill();
  // Down: certainly not sent, so it may be tried again.
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 Two"), {}).kind, Kind::kNotSent);
  irc_.Start();
  IrcListener listener(irc_, "ear", "#specs");
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 Two"), {}).kind, Kind::kDone);
  EXPECT_EQ(listener.Heard(1), std::vector<std::string>{"MEDIA-1 Two: Queued"});
}

TEST_F(BotIrcTest, AnAnsweredPingKeepsTheConnection) {
  IrcListener listener(irc_, "ear", "#specs");
  IrcChannel channel(ChannelOptions());
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 One"), {}).kind, Kind::kDone);
  // The server throws out whoever is silent for 10 s: 5 s until its PING, 5 s for the answer.
  const absl::Time end = absl::Now() + absl::Seconds(12);
  while (absl::Now() < end) {
    absl::SleepFor(absl::Seconds(1));
    channel.Idle();
    listener.Heard(1);
  }
  listener.Send("NAMES #specs");
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 Two"), {}).kind, Kind::kDone);
  EXPECT_EQ(listener.Heard(2).size(), 2u);
}

TEST_F(BotIrcTest, AChannelThatWillNotHaveUsIsRefusedForGood) {
  IrcListener keeper(irc_, "keeper", "#closed");
  keeper.Send("MODE #closed +i");
  keeper.Heard(0);
  IrcChannel::Options options = ChannelOptions();
  options.channel = "#closed";
  IrcChannel channel(options);
  const auto result = channel.Post(Saying("MEDIA-1 One"), {});
  EXPECT_EQ(result.kind, Kind::kRefused);
  EXPECT_EQ(result.reason.substr(0, 3), "473");
}

TEST_F(BotIrcTest, NothingTravelsToAnotherMachineInClearText) {
  IrcChannel::Options options = ChannelOptions();
  options.server = "irc.example.org:6667";
  IrcChannel channel(options);
  EXPECT_EQ(channel.Post(Saying("MEDIA-1 One"), {}).kind, Kind::kRefused);
}

TEST_F(BotIrcTest, TheWholeBotSaysStatesAndDecisionsOnceThroughKills) {
  Server server(folder_.File("server"));
  server.Start();
  Bot bot(folder_.File("bot"),
          fmt::format("destinations:\n"
                      "  irc: {{kind: irc, server: \"{}\", tls: false, nick: gavel, "
                      "channel: \"#specs\", start: log, per_minute: 6000}}\n"
                      "routes:\n  - {{to: irc}}\n",
                      irc_.address()));
  IrcListener listener(irc_, "ear", "#specs");
  const std::string automatic = server.Submit("ana", "specs/a.md", "auto");
  const std::string reviewed = server.Submit("ana", "specs/b.md", "async");
  // Killed behind each line: a state is not said twice.
  int kills = 0;
  while (bot.RunOnce(server, {"--crash-after-send", "1"}) != 0) ASSERT_LT(++kills, 10) << bot.Log();
  EXPECT_EQ(kills, 2);
  EXPECT_EQ(listener.Heard(2).size(), 2u);
  // A decision killed behind the line is said again, and says so.
  server.ApproveByReviewers(reviewed);
  ASSERT_EQ(bot.RunOnce(server, {"--crash-after-send", "1"}), 128 + SIGKILL);
  ASSERT_EQ(bot.RunOnce(server), 0) << bot.Log();
  const auto heard = listener.Heard(4);
  ASSERT_EQ(heard.size(), 4u);
  EXPECT_EQ(heard[2].find(reviewed), 0u) << heard[2];
  EXPECT_EQ(heard[3].find("(again) " + reviewed), 0u) << heard[3];
  EXPECT_NE(heard[3].find("Authority: async review"), std::string::npos) << heard[3];
}

}  // namespace
}  // namespace gavel::e2e
