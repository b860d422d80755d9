// Slack with a bot token: cards edited in place, replies, and a look-up of our own messages.
#pragma once

#include <memory>
#include <string>

#include "clients/chat/channel.h"
#include "clients/chat/http.h"
#include "clients/chat/secret.h"
#include "nlohmann/json.hpp"

namespace gavel::chat {

class SlackChannel final : public Channel {
 public:
  struct Options {
    std::string api;      // `https://slack.com/api`, without a `/` at its end.
    std::string channel;  // `C024BE91L`.
    Secret token;
  };

  SlackChannel(Options options, std::unique_ptr<Http> http);

  Abilities abilities() const override { return {.edit = true, .thread = true, .find = true}; }
  SendResult Post(const Message& message, const PostOptions& options) override;
  SendResult Edit(const Message& message, const Placement& placement) override;
  // Reads the channel's history (or the thread's replies) for our metadata: at most 300 messages.
  // Needs the scope `channels:history` (`groups:history` in a private channel).
  FindResult Find(const Message& message, const PostOptions& options,
                  const TimeWindow& window) override;

 private:
  // The answer of one method; `json` is null where there is none.
  struct Answer {
    SendResult result;
    nlohmann::json json;
  };

  Answer Call(const std::string& method, const std::string& content_type, std::string body,
              size_t answer_cap);
  SendResult Write(const std::string& method, const nlohmann::ordered_json& body);
  // The conversation with one member; its id is the placement's channel.
  Answer OpenConversation(const std::string& member);
  FindResult FindIn(const std::string& channel, const Message& message, const PostOptions& options,
                    const TimeWindow& window);

  const Options options_;
  const std::unique_ptr<Http> http_;
};

}  // namespace gavel::chat
