#include "clients/chat/irc_channel.h"

#include "absl/time/clock.h"
#include "clients/chat/irc_line.h"
#include "clients/chat/irc_text.h"
#include "clients/chat/text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using Kind = SendResult::Kind;

constexpr absl::Duration kAnswerTimeout = absl::Seconds(15);
constexpr char kNickTaken[] = "433";
constexpr char kNoMessageOfTheDay[] = "422";
constexpr char kNoSuchNick[] = "401";
constexpr char kWelcome[] = "001";
constexpr char kEndOfNames[] = "366";

// Refusals that another attempt with the same settings cannot change.
bool IsFinal(const std::string& command) {
  for (const char* code :
       {"403", "405", "432", "461", "464", "465", "471", "473", "474", "475", "476", "477"}) {
    if (command == code) return true;
  }
  return false;
}

absl::Status ErrorReply(const IrcLine& line) {
  const std::string words = fmt::format("{} {}", line.command, line.text());
  if (line.command == "ERROR") return absl::UnavailableError(words);
  if (IsFinal(line.command)) return absl::PermissionDeniedError(words);
  return absl::FailedPreconditionError(words);
}

// What a failure means for the line that was sent. An error reply says that it was not passed on
// (we were kicked, say); a connection that broke says nothing.
Kind KindOf(const absl::Status& status) {
  if (absl::IsPermissionDenied(status) || absl::IsInvalidArgument(status)) return Kind::kRefused;
  return absl::IsFailedPrecondition(status) ? Kind::kNotSent : Kind::kUnknown;
}

// Nobody of that nick is on the server now: somebody should be told another way.
bool IsNobodyThere(const absl::Status& status) {
  return std::string_view(status.message().data(), status.message().size())
      .starts_with(kNoSuchNick);
}

SendResult Failed(Kind kind, const absl::Status& status) {
  return {.kind = kind,
          .placement = {},
          .retry_after = {},
          .reason = CleanLine(std::string(status.message()))};
}

}  // namespace

IrcChannel::~IrcChannel() {
  if (connection_.is_open()) connection_.SendLine("QUIT :gavel-bot stops").IgnoreError();
}

absl::Status IrcChannel::Await(const std::string& wanted, const std::string& token) {
  const absl::Time deadline = absl::Now() + kAnswerTimeout;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const auto raw, connection_.ReadLine(deadline - absl::Now()));
    if (!raw) {
      connection_.Close();
      return absl::UnavailableError("the server did not answer in time");
    }
    const IrcLine line = ParseIrcLine(*raw);
    if (line.command == "PING") {
      GAVEL_RETURN_IF_ERROR(connection_.SendLine("PONG :" + line.text()));
    } else if (line.command == wanted && (token.empty() || line.text() == token)) {
      return absl::OkStatus();
    } else if (line.command == kNickTaken && wanted == kWelcome) {
      nick_ += "_";
      GAVEL_RETURN_IF_ERROR(connection_.SendLine("NICK " + nick_));
    } else if (line.is_error() && line.command != kNoMessageOfTheDay) {
      connection_.Close();
      return ErrorReply(line);
    }
  }
}

absl::Status IrcChannel::Register() {
  nick_ = options_.nick;
  if (!options_.password.empty()) {
    GAVEL_RETURN_IF_ERROR(connection_.SendLine("PASS " + options_.password.Reveal()));
  }
  GAVEL_RETURN_IF_ERROR(connection_.SendLine("NICK " + nick_));
  GAVEL_RETURN_IF_ERROR(connection_.SendLine(fmt::format("USER {} 0 * :gavel-bot", options_.nick)));
  return Await(kWelcome, "");
}

// A connection that died while we were silent would swallow the first line, so it is tried out.
bool IrcChannel::IsAlive() {
  Idle();
  if (!joined_ || !connection_.is_open()) return false;
  const std::string token = NextToken();
  return connection_.SendLine("PING :" + token).ok() && Await("PONG", token).ok();
}

std::string IrcChannel::NextToken() { return fmt::format("gavel-{}", ++pings_); }

absl::Status IrcChannel::Join() {
  if (IsAlive()) return absl::OkStatus();
  joined_ = false;
  GAVEL_RETURN_IF_ERROR(connection_.Open(options_.server, options_.tls));
  GAVEL_RETURN_IF_ERROR(Register());
  if (!options_.channel.empty()) {
    GAVEL_RETURN_IF_ERROR(connection_.SendLine("JOIN " + options_.channel));
    GAVEL_RETURN_IF_ERROR(Await(kEndOfNames, ""));
  }
  joined_ = true;
  return absl::OkStatus();
}

SendResult IrcChannel::Post(const Message& message, const PostOptions& options) {
  if (const absl::Status status = Join(); !status.ok()) {
    const Kind kind = KindOf(status);
    return Failed(kind == Kind::kUnknown ? Kind::kNotSent : kind, status);
  }
  const bool to_person = !message.recipient.empty();
  const absl::Status status =
      Say(to_person ? message.recipient : options_.channel, IrcText(message, options.again));
  if (status.ok()) return {};
  return Failed(to_person && IsNobodyThere(status) ? Kind::kRefused : KindOf(status), status);
}

absl::Status IrcChannel::Say(const std::string& target, const std::string& text) {
  const std::string token = NextToken();
  GAVEL_RETURN_IF_ERROR(connection_.SendLine(fmt::format("PRIVMSG {} :{}", target, text)));
  GAVEL_RETURN_IF_ERROR(connection_.SendLine("PING :" + token));
  return Await("PONG", token);
}

void IrcChannel::Idle() {
  if (!connection_.is_open()) return;
  while (true) {
    const auto raw = connection_.ReadLine(absl::ZeroDuration());
    if (!raw.ok() || !*raw) return;
    const IrcLine line = ParseIrcLine(**raw);
    if (line.command == "PING") connection_.SendLine("PONG :" + line.text()).IgnoreError();
  }
}

}  // namespace gavel::chat
