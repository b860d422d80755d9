// Mails: their bytes, and what each answer of a server means.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "clients/chat/card.h"
#include "clients/chat/chat_testing.h"
#include "clients/chat/mail.h"
#include "clients/chat/mail_channel.h"
#include "clients/chat/mail_html.h"
#include "clients/chat/meeting_post.h"
#include "clients/chat/person_post.h"
#include "clients/chat/smtp.h"
#include "clients/chat/text.h"
#include "clients/common/mime.h"
#include "tests/testing/golden.h"

namespace gavel::chat {
namespace {

using client::HeaderLine;
using client::MailDate;
using client::QuotedPrintable;

constexpr char kBase[] = "https://gavel.example";
const MailSender kSender = {
    .from = "gavel@example.org", .list = "specs@example.org", .list_id = "specs.example.org"};

// Line ends as editors show them.
std::string Readable(const Mail& mail) { return ReplaceAll(mail.bytes, "\r\n", "\n"); }

Message Packet() {
  MeetingState state = FrozenMeeting();
  state.agenda.markdown = "# Spec review: media\n\n1. MEDIA-47 Upload retries\n\n.hidden\n";
  state.agenda.html = "<!DOCTYPE html>\n<p style=\"color:#111\">MEDIA-47 – Upload retries</p>\n";
  return PacketMessage(state, kBase);
}

Message Decision() {
  SpecState state = ReviewedSpec();
  AddMeetingDecision(state.spec);
  return SpecMessages(state, absl::UnixEpoch(), kBase).at(1);
}

TEST(MailTest, ReadsAsItShould) {
  ExpectGolden("chat/mail_packet.txt", Readable(MailOf(Packet(), kSender)));
  ExpectGolden("chat/mail_decision.txt", Readable(MailOf(Decision(), kSender)));
  Message digest = PersonMessage({Dee(), Berlin()}, ToldDee(), December(8, 9, 15), kBase);
  digest.recipient = "dee@example.org";
  ExpectGolden("chat/mail_digest.txt", Readable(MailOf(digest, kSender)));
}

TEST(MailTest, TheSameThingIsTheSameMailToTheByte) {
  EXPECT_EQ(MailOf(Packet(), kSender).bytes, MailOf(Packet(), kSender).bytes);
  Message later = Packet();
  later.seq = 99999;
  EXPECT_EQ(MailOf(Packet(), kSender).bytes, MailOf(later, kSender).bytes);
}

TEST(MailTest, AnIdIsValidAndEachThingHasItsOwn) {
  EXPECT_TRUE(
      MessageId("packet/2026-12-10-media", "example.org").starts_with("<packet.2026-12-10-media."));
  for (const char* key : {"person/ünï <x>\r\n/1", "///", "a//b", ".a.", ""}) {
    const std::string id = MessageId(key, "example.org");
    EXPECT_EQ(id.front(), '<');
    EXPECT_EQ(id.find_first_of(" \r\n<", 1), std::string::npos) << id;
    EXPECT_EQ(id.find(".."), std::string::npos) << id;
    EXPECT_NE(id[1], '.') << id;
    EXPECT_NE(id[1], '@') << id;
  }
  EXPECT_NE(MessageId("a/b", "x.org"), MessageId("a.b", "x.org"));
}

TEST(MailTest, NoTextAddsAHeader) {
  Message message = Packet();
  message.title = "x\r\nBcc: evil@example.org\r\n\r\n<script>";
  message.recipient = "dee@example.org";
  const std::string bytes = MailOf(message, kSender).bytes;
  const std::string headers = bytes.substr(0, bytes.find("\r\n\r\n"));
  std::istringstream lines(headers);
  std::string line;
  while (std::getline(lines, line)) EXPECT_NE(line.substr(0, 4), "Bcc:") << headers;
  EXPECT_NE(headers.find("Subject: x Bcc: evil@example.org <script>: Agenda"), std::string::npos)
      << headers;
}

TEST(MailTest, HtmlCarriesNoMarkupOfPeople) {
  Message message = Decision();
  message.title = "<script>alert(1)</script> & \"x\"";
  message.fields[0].value = "<img src=x onerror=y>";
  message.url = "https://gavel.example/\"onmouseover=\"x";
  const std::string page = HtmlPage(message);
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("/\"onmouseover"), std::string::npos);
}

struct QpRow {
  const char* name;
  std::string text;
  std::string encoded;
};

TEST(QuotedPrintableTest, KeepsEveryByteAndNoFragileLine) {
  const std::string long_line(80, 'a');
  for (const QpRow& row : {
           QpRow{"plain", "hello\nworld\n", "hello\r\nworld\r\n"},
           QpRow{"no break at the end", "hello", "hello\r\n"},
           QpRow{"empty line", "a\n\nb\n", "a\r\n\r\nb\r\n"},
           QpRow{"equals", "a=b\n", "a=3Db\r\n"},
           QpRow{"umlaut", "ü\n", "=C3=BC\r\n"},
           QpRow{"dot", ".\n..x\n", "=2E\r\n=2E.x\r\n"},
           QpRow{"from", "From me\nFromage\n", "=46rom me\r\nFromage\r\n"},
           QpRow{"blank at the end", "a \n", "a=20\r\n"},
           QpRow{"long", long_line + "\n", long_line.substr(0, 75) + "=\r\naaaaa\r\n"},
           QpRow{"dot after a soft break", std::string(75, 'a') + ".b\n",
                 std::string(75, 'a') + "=\r\n=2Eb\r\n"},
           QpRow{"exactly full", long_line.substr(0, 76) + "\n", long_line.substr(0, 76) + "\r\n"},
       }) {
    EXPECT_EQ(QuotedPrintable(row.text), row.encoded) << row.name;
  }
}

TEST(HeaderLineTest, FoldsAndEncodes) {
  EXPECT_EQ(HeaderLine("Subject", "plain words"), "Subject: plain words\r\n");
  EXPECT_EQ(HeaderLine("Subject", "für alle"), "Subject: =?UTF-8?Q?f=C3=BCr_alle?=\r\n");
  // What looks encoded is encoded, so that nobody smuggles a line break in.
  EXPECT_EQ(HeaderLine("Subject", "=?utf-8?Q?=0D=0ABcc:x?=").find("=?utf-8?"), std::string::npos);
  for (const char* word : {"ü", "word ", "漢字", "👩‍🔬 "}) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += word;
    std::istringstream lines(HeaderLine("Subject", text));
    std::string line;
    for (int number = 0; std::getline(lines, line); ++number) {
      EXPECT_LE(line.size(), 77u) << line;  // With the `\r`.
      EXPECT_EQ(number > 0, line.front() == ' ') << line;
    }
  }
}

TEST(HeaderLineTest, ALongWordWithoutABlankStaysWhole) {
  const std::string word(120, 'x');
  EXPECT_EQ(HeaderLine("Subject", word), "Subject: " + word + "\r\n");
}

TEST(MailDateTest, IsThatOfRfc5322) {
  EXPECT_EQ(MailDate(December(8, 9, 15), Berlin()), "Tue, 08 Dec 2026 09:15:00 +0100");
}

TEST(CheckMailServerTest, InClearTextOnlyToThisMachine) {
  EXPECT_TRUE(CheckMailServer("smtp.example.org:587", MailSecurity::kStartTls).ok());
  EXPECT_TRUE(CheckMailServer("127.0.0.1:25", MailSecurity::kNone).ok());
  EXPECT_FALSE(CheckMailServer("smtp.example.org:25", MailSecurity::kNone).ok());
  EXPECT_FALSE(CheckMailServer("127.0.0.1@evil.example:25", MailSecurity::kNone).ok());
  EXPECT_FALSE(CheckMailServer("127.0.0.1:25\r\nMAIL", MailSecurity::kNone).ok());
}

class FakeTransport final : public MailTransport {
 public:
  explicit FakeTransport(std::vector<Mail>* sent) : sent_(sent) {}
  SendResult Send(const Mail& mail) override {
    sent_->push_back(mail);
    return {};
  }

 private:
  std::vector<Mail>* sent_;
};

TEST(MailChannelTest, WritesToTheListOrToOnePerson) {
  std::vector<Mail> sent;
  MailChannel channel(kSender, std::make_unique<FakeTransport>(&sent));
  EXPECT_EQ(channel.Post(Packet(), {}).kind, SendResult::Kind::kDone);
  Message personal = Packet();
  personal.recipient = "dee@example.org";
  EXPECT_EQ(channel.Post(personal, {}).kind, SendResult::Kind::kDone);
  personal.recipient = "dee@example.org>\r\nRCPT TO:<evil@example.org";
  EXPECT_EQ(channel.Post(personal, {}).kind, SendResult::Kind::kRefused);
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[0].to, "specs@example.org");
  EXPECT_NE(sent[0].bytes.find("List-Id: <specs.example.org>"), std::string::npos);
  EXPECT_EQ(sent[1].to, "dee@example.org");
  EXPECT_EQ(sent[1].bytes.find("List-Id"), std::string::npos);
}

}  // namespace
}  // namespace gavel::chat
