// Mail through a real SMTP server, read back by Python's `email`.
#include <gtest/gtest.h>
#include <signal.h>

#include <string>

#include "absl/time/clock.h"
#include "clients/chat/mail_channel.h"
#include "clients/chat/text.h"
#include "fmt/format.h"
#include "tests/end_to_end/bot_harness.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::e2e {
namespace {

using chat::CurlSmtp;
using chat::MailChannel;
using chat::MailSecurity;
using chat::Message;
using chat::MessageKind;
using Kind = chat::SendResult::Kind;
using Json = nlohmann::json;

Message Packet(const std::string& title = "Spec review media, Thu 10 Dec 15:00") {
  Message message;
  message.kind = MessageKind::kPacket;
  message.group_key = "packet/2026-12-10-media";
  message.topic = "meeting/2026-12-10-media";
  message.title = title;
  message.word = "Agenda";
  message.time = absl::FromUnixSeconds(1'796'720'400);
  message.document.markdown = "# Agenda\n\n.\n..dots\nFrom here on: Größe, 漢字 🙂\n" +
                              std::string(3000, 'x') + " end\n";
  message.document.html = "<p>\n.\nGröße</p>\n";
  return message;
}

class BotMailTest : public ::testing::Test {
 protected:
  MailChannel Channel(const std::function<void(CurlSmtp::Options&)>& change = {}) {
    CurlSmtp::Options options{.server = mail_.address(), .security = MailSecurity::kNone};
    if (change) change(options);
    return MailChannel(
        {.from = "gavel@example.org", .list = "specs@example.org", .list_id = "specs.example.org"},
        std::make_unique<CurlSmtp>(options));
  }

  store::TemporaryFolder folder_;
  MailServer mail_{folder_.File("")};
};

TEST_F(BotMailTest, ArrivesAsItWasMeant) {
  MailChannel channel = Channel();
  ASSERT_EQ(channel.Post(Packet("Überprüfung 漢字"), {}).kind, Kind::kDone);
  const Json mails = mail_.Mails();
  ASSERT_EQ(mails.size(), 1u);
  const Json& mail = mails[0];
  EXPECT_EQ(mail["defects"], Json::array()) << mail["raw"];
  EXPECT_EQ(mail["type"], "multipart/alternative");
  EXPECT_EQ(mail["bare_line_ends"], 0);
  EXPECT_LE(mail["longest_line"], 78);
  EXPECT_EQ(mail["ascii"], true);
  EXPECT_EQ(MailServer::Header(mail, "X-To"), "specs@example.org");
  EXPECT_EQ(MailServer::Header(mail, "Subject"), "Überprüfung 漢字: Agenda");
  EXPECT_EQ(MailServer::Header(mail, "List-Id"), "<specs.example.org>");
  EXPECT_EQ(MailServer::Header(mail, "Auto-Submitted"), "auto-generated");
  EXPECT_EQ(MailServer::Header(mail, "Date"), "Tue, 08 Dec 2026 09:00:00 +0000");
  EXPECT_EQ(MailServer::Header(mail, "References"), MailServer::Header(mail, "In-Reply-To"));
  ASSERT_EQ(mail["parts"].size(), 2u);
  for (const Json& part : mail["parts"]) {
    EXPECT_EQ(part["defects"], Json::array());
    EXPECT_EQ(part["charset"], "utf-8");
    EXPECT_EQ(part["encoding"], "quoted-printable");
  }
  EXPECT_EQ(mail["parts"][0]["type"], "text/plain");
  const auto text_of = [&](size_t part) {
    return chat::ReplaceAll(mail["parts"][part]["text"].get<std::string>(), "\r\n", "\n");
  };
  EXPECT_EQ(text_of(0), Packet().document.markdown);
  EXPECT_EQ(mail["parts"][1]["type"], "text/html");
  EXPECT_EQ(text_of(1), Packet().document.html);
}

TEST_F(BotMailTest, AHostileTitleIsOneSubject) {
  MailChannel channel = Channel();
  ASSERT_EQ(
      channel
          .Post(Packet("x\r\nBcc: evil@example.org\r\n\r\n.\r\nQUIT\u202E =?utf-8?Q?=0D=0A?="), {})
          .kind,
      Kind::kDone);
  const Json mails = mail_.Mails();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(MailServer::Header(mails[0], "Bcc"), "");
  EXPECT_EQ(MailServer::Header(mails[0], "X-To"), "specs@example.org");
  EXPECT_EQ(MailServer::Header(mails[0], "Subject"),
            "x Bcc: evil@example.org . QUIT =?utf-8?Q?=0D=0A?=: Agenda");
}

TEST_F(BotMailTest, EveryAnswerSaysWhetherToTryAgain) {
  struct Row {
    const char* name;
    Json faults;
    Kind kind;
    size_t arrived;
  };
  for (const Row& row : {
           Row{"full for now", {{"data", {"452 4.2.2 full"}}}, Kind::kNotSent, 0},
           Row{"closing", {{"data", {"421 4.3.2 closing"}}}, Kind::kNotSent, 0},
           Row{"rejected", {{"data", {"554 5.7.1 no"}}}, Kind::kRefused, 0},
           Row{"no mailbox", {{"rcpt", {"550 5.1.1 nobody"}}}, Kind::kRefused, 0},
           Row{"mailbox busy", {{"rcpt", {"450 4.2.1 busy"}}}, Kind::kNotSent, 0},
           Row{"answer lost", {{"drop_answers", 1}}, Kind::kUnknown, 1},
           Row{"taken", Json::object(), Kind::kDone, 1},
       }) {
    const size_t before = mail_.Mails().size();
    mail_.Control(row.faults);
    const chat::SendResult result = Channel().Post(Packet(), {});
    EXPECT_EQ(result.kind, row.kind) << row.name << ": " << result.reason;
    EXPECT_EQ(mail_.Mails().size() - before, row.arrived) << row.name;
    EXPECT_EQ(result.reason.find("example.org"), std::string::npos) << row.name;
  }
}

TEST_F(BotMailTest, GreylistingIsWaitedOut) {
  mail_.Control({{"greylist", true}});
  EXPECT_EQ(Channel().Post(Packet(), {}).kind, Kind::kNotSent);
  EXPECT_EQ(Channel().Post(Packet(), {}).kind, Kind::kDone);
  EXPECT_EQ(mail_.Mails().size(), 1u);
}

TEST_F(BotMailTest, AServerThatIsTooSlowMayHaveTakenIt) {
  mail_.Control({{"slow", 20}});
  const absl::Time start = absl::Now();
  const auto kind =
      Channel([](auto& options) { options.timeout = absl::Seconds(1); }).Post(Packet(), {}).kind;
  EXPECT_EQ(kind, Kind::kUnknown);
  EXPECT_LT(absl::Now() - start, absl::Seconds(15));
}

TEST_F(BotMailTest, NoServerIsNotSent) {
  const auto kind =
      Channel([](auto& options) { options.server = "127.0.0.1:1"; }).Post(Packet(), {}).kind;
  EXPECT_EQ(kind, Kind::kNotSent);
}

TEST_F(BotMailTest, WithoutTheTlsItWasPromisedNothingIsSaid) {
  for (const MailSecurity security : {MailSecurity::kStartTls, MailSecurity::kTls}) {
    const auto kind = Channel([&](auto& options) {
                        options.security = security;
                        options.timeout = absl::Seconds(5);
                      })
                          .Post(Packet(), {})
                          .kind;
    EXPECT_EQ(kind, Kind::kNotSent);
  }
  EXPECT_EQ(mail_.State()["attempts"].value("rcpt", 0), 0);
}

TEST_F(BotMailTest, SignsInWithItsCredential) {
  const auto with = [](const char* password) {
    return [password](CurlSmtp::Options& options) {
      options.user = "gavel";
      options.password = chat::Secret(password);
    };
  };
  const chat::SendResult refused = Channel(with("wrong")).Post(Packet(), {});
  EXPECT_EQ(refused.kind, Kind::kRefused);
  EXPECT_EQ(refused.reason.find("wrong"), std::string::npos);
  EXPECT_EQ(Channel(with("mail-secret")).Post(Packet(), {}).kind, Kind::kDone);
  EXPECT_EQ(MailServer::Header(mail_.Mails()[0], "X-Login"), "gavel");
}

// The bot itself, between a real gaveld and the mail server.
class BotMailRunTest : public BotMailTest {
 protected:
  BotMailRunTest() {
    server_.Start();
    const std::string key = server_.Submit("ana", "specs/b.md", "async");
    server_.ApproveByReviewers(key);
  }

  // How many mails there are, and how many different ones.
  void ExpectMails(size_t copies) {
    const Json mails = mail_.Mails();
    EXPECT_EQ(mails.size(), copies) << bot_.Log();
    for (const Json& mail : mails) {
      EXPECT_EQ(mail["raw"], mails[0]["raw"]);
      EXPECT_NE(MailServer::Header(mail, "Subject").find(": Approved"), std::string::npos);
      EXPECT_EQ(mail["defects"], Json::array());
    }
  }

  Server server_{folder_.File("server")};
  Bot bot_{folder_.File("one"),
           fmt::format("destinations:\n"
                       "  list: {{kind: email, server: \"{}\", security: none, from: "
                       "gavel@example.org, to: specs@example.org, start: log}}\n"
                       "routes:\n  - {{to: list}}\n",
                       mail_.address())};
};

TEST_F(BotMailRunTest, ADecisionIsOneMailAndCardsAreNone) {
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectMails(1);
}

TEST_F(BotMailRunTest, KilledBetweenSendingAndRecordingTheCopyIsTheSameMail) {
  EXPECT_EQ(bot_.RunOnce(server_, {"--crash-after-send", "1"}), 128 + SIGKILL);
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectMails(2);
}

TEST_F(BotMailRunTest, HoweverOftenItIsKilledThereAreTwoCopiesAtMost) {
  for (int i = 0; i < 4; ++i) bot_.RunOnce(server_, {"--crash-after-send", "1"});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectMails(2);
}

TEST_F(BotMailRunTest, AnAnswerLostAfterTheMailMakesOneCopyMore) {
  mail_.Control({{"drop_answers", 1}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectMails(2);
}

TEST_F(BotMailRunTest, GreylistedIsLateAndOnce) {
  mail_.Control({{"greylist", true}});
  ASSERT_EQ(bot_.RunOnce(server_), 0) << bot_.Log();
  ExpectMails(1);
}

TEST_F(BotMailRunTest, ABrokenFileKeepsTheOldOneAndAGoodOneIsTaken) {
  const auto notify = [&](const std::string& to) {
    return fmt::format(
        "destinations:\n"
        "  list: {{kind: email, server: \"{}\", security: none, from: gavel@example.org, to: {}, "
        "start: log}}\n"
        "routes:\n  - {{to: list}}\n",
        mail_.address(), to);
  };
  const auto await = [&](const std::function<bool()>& holds) {
    for (int i = 0; i < 400 && !holds(); ++i) absl::SleepFor(absl::Milliseconds(50));
    EXPECT_TRUE(holds()) << bot_.Log();
  };
  const auto says = [&](const std::string& text) {
    return [this, text] { return bot_.Log().find(text) != std::string::npos; };
  };
  Process bot = bot_.Follow(server_);
  await([&] { return mail_.Mails().size() == 1; });
  bot_.Rewrite("destinations: {list: {kind: emial}}\nroutes: []\n");
  bot.Signal(SIGHUP);
  await(says("stays as it was"));
  EXPECT_NE(bot_.Log().find("`emial` is not one of"), std::string::npos) << bot_.Log();
  server_.ApproveByReviewers(server_.Submit("ana", "specs/c.md", "async"));
  await([&] { return mail_.Mails().size() == 2; });
  bot_.Rewrite(notify("others@example.org"));
  bot.Signal(SIGHUP);
  await(says("is read again"));
  server_.ApproveByReviewers(server_.Submit("ana", "specs/d.md", "async"));
  await([&] { return mail_.Mails().size() == 3; });
  EXPECT_EQ(MailServer::Header(mail_.Mails()[1], "X-To"), "specs@example.org");
  EXPECT_EQ(MailServer::Header(mail_.Mails()[2], "X-To"), "others@example.org");
  bot.Signal(SIGTERM);
  EXPECT_EQ(bot.Wait(), 0) << bot_.Log();
}

}  // namespace
}  // namespace gavel::e2e
