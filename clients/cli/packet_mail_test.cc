// The packet as a mail: what a mail program needs to show it, and nothing that changes by itself.
#include "clients/cli/packet_mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

v1::Meeting Frozen() {
  v1::Meeting meeting;
  meeting.set_id("2026-12-10-media");
  meeting.set_zone("Europe/Berlin");
  meeting.mutable_packet_time()->set_seconds(1796720400);  // Tue 8 Dec 2026, 10:00 in Berlin.
  return meeting;
}

v1::GetAgendaResponse Agenda() {
  v1::GetAgendaResponse agenda;
  agenda.set_markdown(
      "# Spec review: Media — Thu 10 Dec 2026, 15:00-16:00 Europe/Berlin\n\nText.\n");
  agenda.set_html("<!DOCTYPE html>\n<p>Text.</p>\n");
  agenda.set_frozen(true);
  return agenda;
}

TEST(PacketMailTest, HasTheHeadersThatAMailNeeds) {
  const std::string mail = PacketMail(Frozen(), Agenda());
  EXPECT_THAT(mail, StartsWith("From: Gavel <packet@gavel.invalid>\r\n"));
  EXPECT_THAT(mail, HasSubstr("\r\nSubject: =?UTF-8?Q?Spec_review=3A_Media_=E2=80=94"));
  EXPECT_THAT(mail, HasSubstr("\r\nDate: Tue, 08 Dec 2026 10:00:00 +0100\r\n"));
  EXPECT_THAT(mail, HasSubstr("\r\nMessage-ID: <packet.2026-12-10-media@gavel.invalid>\r\n"));
  EXPECT_THAT(mail, HasSubstr("\r\nMIME-Version: 1.0\r\n"));
}

TEST(PacketMailTest, SaysItTwiceTheRichOneLast) {
  const std::string mail = PacketMail(Frozen(), Agenda());
  const size_t plain = mail.find("Content-Type: text/plain; charset=utf-8");
  const size_t html = mail.find("Content-Type: text/html; charset=utf-8");
  ASSERT_NE(plain, std::string::npos);
  ASSERT_NE(html, std::string::npos);
  EXPECT_LT(plain, html);
}

TEST(PacketMailTest, OnePacketIsOneMail) {
  EXPECT_EQ(PacketMail(Frozen(), Agenda()), PacketMail(Frozen(), Agenda()));
}

TEST(PacketMailTest, TitleCannotAddAHeader) {
  v1::GetAgendaResponse agenda = Agenda();
  agenda.set_markdown("# Spec\rBcc: eve@example.org\n");
  const std::string mail = PacketMail(Frozen(), agenda);
  EXPECT_THAT(mail.substr(0, mail.find("\r\n\r\n")),
              HasSubstr("\r\nSubject: Spec Bcc: eve@example.org\r\n"));
}

}  // namespace
}  // namespace gavel::cli
