#include "clients/chat/render_for.h"

#include "clients/chat/irc_text.h"
#include "clients/chat/local_text.h"
#include "clients/chat/mail.h"
#include "clients/chat/slack_render.h"
#include "nlohmann/json.hpp"

namespace gavel::chat {
namespace {

constexpr int kJsonIndent = 2;

}  // namespace

std::optional<std::string> RenderFor(std::string_view service, const Message& message) {
  if (service == "slack") return SlackBody(message, /*again=*/false).dump(kJsonIndent);
  if (service == "slack-webhook") {
    return SlackWebhookBody(message, /*again=*/false).dump(kJsonIndent);
  }
  if (service == "irc") return IrcText(message, /*again=*/false);
  if (service == "local") return LocalText(message);
  if (service != "email") return std::nullopt;
  const MailSender sender{
      .from = "gavel@example.org", .list = "specs@example.org", .list_id = "specs.example.org"};
  return MailOf(message, sender).bytes;
}

}  // namespace gavel::chat
