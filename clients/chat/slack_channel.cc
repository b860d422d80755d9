#include "clients/chat/slack_channel.h"

#include <cctype>
#include <set>
#include <utility>

#include "clients/chat/slack_render.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using Json = nlohmann::json;
using Kind = SendResult::Kind;

constexpr int kPageSize = 15;  // What Slack grants every app.
constexpr int kMostPages = 20;
constexpr char kForm[] = "application/x-www-form-urlencoded";

// `ok: false` with these: Slack's own trouble. The request may have taken effect.
const std::set<std::string>& TransientErrors() {
  static const auto* errors = new std::set<std::string>{"internal_error", "fatal_error",
                                                        "service_unavailable", "request_timeout"};
  return *errors;
}

// The message cannot be reached any more: deleted, or too old for the workspace's rules.
const std::set<std::string>& GoneErrors() {
  static const auto* errors =
      new std::set<std::string>{"message_not_found", "thread_not_found", "edit_window_closed"};
  return *errors;
}

SendResult Failed(Kind kind, std::string reason, std::optional<absl::Duration> retry_after = {}) {
  return {.kind = kind, .placement = {}, .retry_after = retry_after, .reason = std::move(reason)};
}

SendResult FromHttpStatus(const HttpAnswer& answer) {
  const std::string reason = fmt::format("HTTP {}", answer.status);
  if (answer.status == 429) return Failed(Kind::kNotSent, reason, answer.retry_after);
  if (answer.status >= 500 || answer.status == 408) {
    return Failed(Kind::kUnknown, reason, answer.retry_after);
  }
  return Failed(Kind::kRefused, reason);
}

SendResult FromSlackError(const std::string& error, std::optional<absl::Duration> retry_after) {
  if (error == "ratelimited" || error == "rate_limited") {
    return Failed(Kind::kNotSent, error, retry_after);
  }
  if (TransientErrors().contains(error)) return Failed(Kind::kUnknown, error);
  if (GoneErrors().contains(error)) return Failed(Kind::kGone, error);
  return Failed(Kind::kRefused, error);
}

std::string TextAt(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

bool IsOurs(const Json& candidate, const Message& message) {
  const auto metadata = candidate.find("metadata");
  if (metadata == candidate.end() || !metadata->is_object()) return false;
  const auto payload = metadata->find("event_payload");
  return TextAt(*metadata, "event_type") == "gavel_" + KindName(message.kind) &&
         payload != metadata->end() && TextAt(*payload, "key") == SlackSubject(message);
}

// Form fields need no escaping here: ids, numbers, and cursors, whose `=` is escaped.
std::string FormValue(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

// What a failed request says about a look-up.
FindResult NotFound(const SendResult& result) {
  if (result.kind == Kind::kRefused) return {absl::PermissionDeniedError(result.reason), {}, {}};
  return {absl::UnavailableError(result.reason), result.retry_after, {}};
}

}  // namespace

SlackChannel::SlackChannel(Options options, std::unique_ptr<Http> http)
    : options_(std::move(options)), http_(std::move(http)) {}

SlackChannel::Answer SlackChannel::Call(const std::string& method, const std::string& content_type,
                                        std::string body, size_t answer_cap) {
  const auto answer = http_->Post({.url = options_.api + "/" + method,
                                   .headers = {"Authorization: Bearer " + options_.token.Reveal(),
                                               "Content-Type: " + content_type},
                                   .body = std::move(body),
                                   .answer_cap = answer_cap});
  if (!answer.ok()) {
    const bool nothing_sent = absl::IsFailedPrecondition(answer.status());
    return {Failed(nothing_sent ? Kind::kNotSent : Kind::kUnknown,
                   std::string(answer.status().message())),
            nullptr};
  }
  if (answer->status != 200) return {FromHttpStatus(*answer), nullptr};
  Json json = Json::parse(answer->body, nullptr, false);
  if (!json.is_object()) return {Failed(Kind::kUnknown, "the answer is no JSON object"), nullptr};
  if (!json.value("ok", false))
    return {FromSlackError(TextAt(json, "error"), answer->retry_after), {}};
  return {{}, std::move(json)};
}

SendResult SlackChannel::Write(const std::string& method, const nlohmann::ordered_json& body) {
  Answer answer = Call(method, "application/json; charset=utf-8", body.dump(), kAnswerCap);
  if (answer.result.kind != Kind::kDone) return answer.result;
  answer.result.placement = {TextAt(answer.json, "channel"), TextAt(answer.json, "ts")};
  return answer.result;
}

SendResult SlackChannel::Post(const Message& message, const PostOptions& options) {
  // Slack opens the conversation where it is given a member's id, and answers with its own.
  nlohmann::ordered_json body = {
      {"channel", message.recipient.empty() ? options_.channel : message.recipient}};
  body.update(SlackBody(message, options.again));
  body["unfurl_links"] = false;
  if (options.thread) {
    body["thread_ts"] = options.thread->id;
    if (options.broadcast) body["reply_broadcast"] = true;
  }
  return Write("chat.postMessage", body);
}

SendResult SlackChannel::Edit(const Message& message, const Placement& placement) {
  nlohmann::ordered_json body = {{"channel", placement.channel}, {"ts", placement.id}};
  body.update(SlackBody(message, false));
  return Write("chat.update", body);
}

// Repeating it changes nothing: there is one conversation per member.
SlackChannel::Answer SlackChannel::OpenConversation(const std::string& member) {
  Answer answer = Call("conversations.open", kForm, "users=" + FormValue(member), kAnswerCap);
  if (answer.result.kind != Kind::kDone) return answer;
  answer.result.placement.channel = TextAt(answer.json.value("channel", Json::object()), "id");
  return answer;
}

FindResult SlackChannel::Find(const Message& message, const PostOptions& options,
                              const TimeWindow& window) {
  if (message.recipient.empty()) return FindIn(options_.channel, message, options, window);
  const Answer opened = OpenConversation(message.recipient);
  if (opened.result.kind != Kind::kDone) return NotFound(opened.result);
  return FindIn(opened.result.placement.channel, message, options, window);
}

FindResult SlackChannel::FindIn(const std::string& channel, const Message& message,
                                const PostOptions& options, const TimeWindow& window) {
  const std::string method = options.thread ? "conversations.replies" : "conversations.history";
  std::string query = fmt::format(
      "channel={}&include_all_metadata=true&limit={}&oldest={}&latest={}", FormValue(channel),
      kPageSize, absl::ToUnixSeconds(window.from), absl::ToUnixSeconds(window.to));
  if (options.thread) query += "&ts=" + FormValue(options.thread->id);
  std::string cursor;
  for (int page = 0; page < kMostPages; ++page) {
    const Answer answer =
        Call(method, kForm, cursor.empty() ? query : query + "&cursor=" + FormValue(cursor),
             kHistoryAnswerCap);
    if (answer.result.kind == Kind::kGone) return {};  // The thread is gone, and the reply with it.
    if (answer.result.kind != Kind::kDone) return NotFound(answer.result);
    for (const Json& candidate : answer.json.value("messages", Json::array())) {
      if (IsOurs(candidate, message)) {
        return {absl::OkStatus(), {}, Placement{channel, TextAt(candidate, "ts")}};
      }
    }
    cursor = TextAt(answer.json.value("response_metadata", Json::object()), "next_cursor");
    if (cursor.empty()) return {};
  }
  return {};
}

}  // namespace gavel::chat
