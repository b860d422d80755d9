// Messages in Slack's markup. Every text of people is escaped, so a title can neither mention a
// channel nor break out of a link; nothing is sent that Slack would refuse for its length.
#pragma once

#include <string>
#include <string_view>

#include "clients/chat/channel.h"
#include "clients/chat/message.h"
#include "nlohmann/json.hpp"

namespace gavel::chat {

// `text` inside mrkdwn: no entity, mention, link or formatting of its own.
std::string SlackEscape(std::string_view text);

// What the metadata calls the message: `MEDIA-42`, `MEDIA-42/d1/1796721164000000`.
std::string SlackSubject(const Message& message);

// `text`, `blocks` and `metadata` of `chat.postMessage` or `chat.update`, without a channel. All
// texts together stay within 4,000 characters: Slack refuses longer ones with an undocumented
// error.
nlohmann::ordered_json SlackBody(const Message& message, bool again);

// Only `text`, with the links and fields in it: what incoming webhooks of every Slack-compatible
// service take.
nlohmann::ordered_json SlackWebhookBody(const Message& message, bool again);

}  // namespace gavel::chat
