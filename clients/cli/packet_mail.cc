#include "clients/cli/packet_mail.h"

#include <algorithm>
#include <string_view>

#include "clients/cli/words/time_text.h"
#include "clients/common/mime.h"
#include "engine/base/sha256.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// No mail is ever answered to it: RFC 2606 keeps `.invalid` free for that.
constexpr std::string_view kDomain = "gavel.invalid";

// The first heading.
std::string SubjectOf(std::string_view markdown) {
  markdown = markdown.substr(0, markdown.find('\n'));
  while (markdown.starts_with('#') || markdown.starts_with(' ')) markdown.remove_prefix(1);
  return std::string(markdown);
}

}  // namespace

std::string PacketMail(const v1::Meeting& meeting, const v1::GetAgendaResponse& agenda) {
  std::string mail =
      fmt::format("From: Gavel <packet@{}>\r\nTo: undisclosed-recipients:;\r\n", kDomain);
  mail += client::HeaderLine("Subject", SubjectOf(agenda.markdown()));
  mail += fmt::format("Date: {}\r\n", client::MailDate(FromProto(meeting.packet_time()),
                                                       ZoneNamed(meeting.zone())));
  mail += fmt::format("Message-ID: <packet.{}@{}>\r\n", meeting.id(), kDomain);
  const std::string boundary = "gavel-" + Sha256Hex(agenda.markdown()).substr(0, 32);
  return mail + client::MultipartAlternative(
                    {{"text/plain", agenda.markdown()}, {"text/html", agenda.html()}}, boundary);
}

}  // namespace gavel::cli
