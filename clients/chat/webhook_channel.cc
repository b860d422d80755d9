#include "clients/chat/webhook_channel.h"

#include <utility>

#include "clients/chat/slack_render.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using Kind = SendResult::Kind;

Kind KindOf(int http_status) {
  if (http_status >= 200 && http_status < 300) return Kind::kDone;
  if (http_status == 429) return Kind::kNotSent;
  if (http_status >= 500 || http_status == 408) return Kind::kUnknown;
  return Kind::kRefused;
}

}  // namespace

WebhookChannel::WebhookChannel(Secret url, std::unique_ptr<Http> http)
    : url_(std::move(url)), http_(std::move(http)) {}

SendResult WebhookChannel::Post(const Message& message, const PostOptions& options) {
  const auto answer = http_->Post({.url = url_.Reveal(),
                                   .headers = {"Content-Type: application/json"},
                                   .body = SlackWebhookBody(message, options.again).dump()});
  SendResult result;
  if (!answer.ok()) {
    const bool nothing_sent = absl::IsFailedPrecondition(answer.status());
    result.kind = nothing_sent ? Kind::kNotSent : Kind::kUnknown;
    result.reason = std::string(answer.status().message());
    return result;
  }
  result.kind = KindOf(answer->status);
  if (result.kind == Kind::kDone) return result;
  result.retry_after = answer->retry_after;
  result.reason = fmt::format("HTTP {}", answer->status);
  return result;
}

}  // namespace gavel::chat
