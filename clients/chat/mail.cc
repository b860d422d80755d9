#include "clients/chat/mail.h"

#include <cctype>

#include "clients/chat/local_text.h"
#include "clients/chat/mail_address.h"
#include "clients/chat/mail_html.h"
#include "clients/chat/text.h"
#include "clients/common/mime.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kSubjectChars = 150;
constexpr size_t kIdChars = 60;
constexpr size_t kHashChars = 16;

std::string PlainText(const Message& message) {
  if (message.document.markdown.empty()) return LocalText(message) + "\n";
  std::string text = CleanText(message.document.markdown);
  if (!text.ends_with('\n')) text += '\n';
  for (const Link& link : message.links) text += fmt::format("\n{}: {}\n", link.label, link.url);
  return text;
}

std::string HtmlText(const Message& message) {
  return message.document.html.empty() ? HtmlPage(message) : CleanText(message.document.html);
}

// The root of a thread is an id that no mail has, so every mail of a spec or meeting gathers under
// it, whichever arrives first or gets lost.
std::string ThreadHeaders(const Message& message, const std::string& domain) {
  if (message.topic.empty()) return "";
  const std::string root = MessageId(message.topic, domain);
  return fmt::format("In-Reply-To: {0}\r\nReferences: {0}\r\n", root);
}

std::string ListHeader(const Message& message, const MailSender& sender) {
  if (!message.recipient.empty() || sender.list_id.empty()) return "";
  return fmt::format("List-Id: <{}>\r\n", sender.list_id);
}

}  // namespace

std::string MessageId(const std::string& key, const std::string& domain) {
  std::string readable;
  for (const char c : key.substr(0, kIdChars)) {
    const bool plain = static_cast<unsigned char>(c) < 0x80 &&
                       (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-');
    // No dot at either end, none beside another: RFC 5322's dot-atom.
    if (plain) readable += c;
    if (!plain && !readable.empty() && readable.back() != '.') readable += '.';
  }
  if (!readable.ends_with('.')) readable += '.';
  return fmt::format("<{}{}@{}>", readable == "." ? "" : readable,
                     Sha256Hex(key).substr(0, kHashChars), domain);
}

std::string SubjectOf(const Message& message) {
  if (message.kind == MessageKind::kPerson) {
    std::string items;
    for (const Field& field : message.fields) {
      items += (items.empty() ? ": " : ", ") + field.label;
    }
    return Clip(message.word + items, kSubjectChars);
  }
  const bool goes_on = message.word.ends_with(" if");
  return Clip(goes_on ? TextOf(message) : fmt::format("{}: {}", message.title, message.word),
              kSubjectChars);
}

Mail MailOf(const Message& message, const MailSender& sender) {
  const std::string domain = DomainOf(sender.from);
  Mail mail;
  mail.from = sender.from;
  mail.to = message.recipient.empty() ? sender.list : message.recipient;
  mail.bytes = fmt::format("From: Gavel <{}>\r\nTo: <{}>\r\n", mail.from, mail.to);
  mail.bytes += client::HeaderLine("Subject", CleanLine(SubjectOf(message)));
  mail.bytes += fmt::format("Date: {}\r\n", client::MailDate(message.time, absl::UTCTimeZone()));
  mail.bytes += fmt::format("Message-ID: {}\r\n", MessageId(message.group_key, domain));
  mail.bytes += ThreadHeaders(message, domain) + ListHeader(message, sender);
  // So that nobody's out-of-office note answers a machine (RFC 3834; the second for Exchange).
  mail.bytes += "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n";
  mail.bytes += client::MultipartAlternative(
      {{"text/plain", PlainText(message)}, {"text/html", HtmlText(message)}},
      "gavel-" + Sha256Hex("boundary " + message.group_key).substr(0, 32));
  return mail;
}

}  // namespace gavel::chat
