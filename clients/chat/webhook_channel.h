// An incoming webhook as Slack, Mattermost and others offer it: posts only, no id comes back, so it
// gets one post per state and no edits.
#pragma once

#include <memory>

#include "clients/chat/channel.h"
#include "clients/chat/http.h"
#include "clients/chat/secret.h"

namespace gavel::chat {

class WebhookChannel final : public Channel {
 public:
  // `url` is the secret address of the webhook.
  WebhookChannel(Secret url, std::unique_ptr<Http> http);

  Abilities abilities() const override { return {}; }
  SendResult Post(const Message& message, const PostOptions& options) override;

 private:
  const Secret url_;
  const std::unique_ptr<Http> http_;
};

}  // namespace gavel::chat
