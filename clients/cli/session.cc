#include "clients/cli/session.h"

#include <algorithm>
#include <optional>

#include "clients/cli/account/hidden_input.h"
#include "clients/cli/account/server_name.h"
#include "clients/cli/account/token_source.h"
#include "clients/cli/files.h"
#include "clients/cli/pending_request.h"
#include "clients/cli/version.h"
#include "clients/common/request_id.h"
#include "engine/base/status_macros.h"
#include "engine/base/unicode.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// Whether the server has said what became of a write.
bool IsAnswer(const absl::Status& status) {
  const ExitCode code = ExitCodeOf(status);
  return code != ExitCode::kUnreachable && code != ExitCode::kBug && code != ExitCode::kInterrupted;
}

}  // namespace

absl::StatusOr<std::string> Session::Message() {
  // Many times what the server takes: its answer says how long a text may be.
  constexpr size_t kMostTextBytes = 1024 * 1024;
  if (Has("message") && Has("file")) return UsageError("give -m or -F, not both");
  std::string text = Text("message");
  if (Has("file")) {
    GAVEL_ASSIGN_OR_RETURN(text, TextOfFile(Text("file"), kMostTextBytes));
  }
  const std::optional<size_t> wrong = FirstInvalidUtf8(text);
  if (!wrong.has_value()) return text;
  return UsageError(fmt::format("the text is not UTF-8: byte {} is wrong", *wrong + 1));
}

absl::StatusOr<std::string> Session::TextOfFile(const std::string& file, size_t most) {
  if (file != "-") {
    auto text = ReadFile(file, most);
    if (!text.ok()) return UsageError(std::string(text.status().message()));
    return text;
  }
  std::string text = ReadStart(input_, most + 1);
  if (text.size() <= most) return text;
  return UsageError(fmt::format("what comes on stdin is larger than {} MiB", most >> 20));
}

bool Session::IsInteractive() const {
  return environment_.stdin_terminal && environment_.stdout_terminal && !Has("no-input") &&
         !output_.json() && environment_.Get("CI").empty();
}

bool Session::Ask(const std::string& question, bool by_default) {
  output_.Raw(fmt::format("{} {} ", question, by_default ? "[Y/n]" : "[y/N]"));
  std::string answer;
  std::getline(input_, answer);
  if (answer.empty()) return by_default;
  return answer.front() == 'y' || answer.front() == 'Y';
}

std::string Session::AskSecret(const std::string& question) {
  output_.Raw(question + " ");
  std::string answer = ReadHidden(input_);
  output_.Raw("\n");
  return answer;
}

absl::StatusOr<client::Connection*> Session::connection() {
  if (connection_ == nullptr) GAVEL_RETURN_IF_ERROR(Connect());
  return connection_.get();
}

absl::Status Session::Connect() {
  if (const absl::Status named = CheckServerName(config_.server.value); !named.ok()) {
    return UsageError(fmt::format("{}: {}", config_.server.from, std::string(named.message())));
  }
  GAVEL_RETURN_IF_ERROR(AllowRepositoryServer());
  const bool may_ask = environment_.stdin_terminal && !Has("no-input");
  const TokenInUse token = FindToken(config_, environment_, may_ask);
  if (Has("debug")) {
    output_.Warn(fmt::format("server {} ({}), as {}, token {}", config_.server.value,
                             config_.server.from,
                             config_.principal.value.empty() ? "nobody" : config_.principal.value,
                             token.value.empty() ? "none" : "from " + token.from));
  }
  if (!output_.options().quiet) {
    for (const std::string& warning : {token.warning, config_.withheld}) {
      if (!warning.empty()) output_.Warn("gavel: " + warning);
    }
  }
  token_ = token.value;
  GAVEL_ASSIGN_OR_RETURN(connection_, Open(config_.server.value, token_));
  return absl::OkStatus();
}

// Whose request a pending one is. A token itself is not written anywhere.
std::string Session::Sender() const {
  return token_.empty() ? config_.principal.value : client::DeriveRequestId({token_});
}

absl::Status Session::Send(const std::string& path, google::protobuf::Message& request,
                           google::protobuf::Message* response) {
  GAVEL_RETURN_IF_ERROR(connection().status());
  if (!client::WantsRequestId(request)) {
    client::EnsureRequestId(request);
    return SendOnce(path, request, response);
  }
  const std::unique_ptr<google::protobuf::Message> asked(request.New());
  asked->CopyFrom(request);
  PendingRequest pending =
      PendingRequest::Begin(environment_, config_.server.value, Sender(), *asked);
  const bool resumed = pending.resumed_from() != absl::InfinitePast();
  if (resumed && !output_.options().quiet) {
    output_.Warn("gavel: an earlier run got no answer to this; asking for it again");
  }
  if (!pending.kept() && !output_.options().quiet) {
    output_.Warn(
        "gavel: the state folder cannot be written: if the answer is lost, do not run this again "
        "before you have looked");
  }
  const absl::Status status = SendOnce(path, *asked, response);
  if (status.ok()) {
    answered_.push_back(std::move(pending));
  } else if (IsAnswer(status)) {
    pending.Forget();
  }
  // The earlier request was refused, so it has done nothing, and this one is a new one.
  if (resumed && !status.ok() && IsAnswer(status)) return Send(path, request, response);
  return status;
}

void Session::ForgetAnswered() {
  for (PendingRequest& pending : answered_) pending.Forget();
  answered_.clear();
}

absl::Status Session::SendOnce(const std::string& path, const google::protobuf::Message& request,
                               google::protobuf::Message* response) {
  if (Has("debug")) output_.Warn("call " + path);
  const absl::Duration timeout = std::max(config_.timeout, work_time_);
  return connection_->Call(
      {.path = path, .safe_to_repeat = client::IsSafeToRepeat(path, request), .timeout = timeout},
      request, response);
}

absl::StatusOr<std::unique_ptr<client::Connection>> Session::Open(const std::string& server,
                                                                  const std::string& token,
                                                                  absl::Duration retry_for) {
  retry_for = std::min(retry_for, config_.timeout);
  return client::Connection::Open(
      {.server = server,
       .token = token,
       .principal = config_.principal.value,
       .user_agent = fmt::format("gavel-cli/{} (linux)", kVersion),
       .timeout = std::max(config_.timeout, work_time_),
       .retry_for = retry_for,
       .on_retry = [this, server, retry_for](const absl::Status&) {
         output_.Warn(fmt::format("gavel: {} does not answer; trying again for {}", server,
                                  absl::FormatDuration(retry_for)));
       }});
}

// Otherwise whoever writes a checkout's `.gavel.yaml` would see what is sent from it.
absl::Status Session::AllowRepositoryServer() {
  if (!config_.server_from_repository) return absl::OkStatus();
  const std::string& server = config_.server.value;
  if (IsServerAllowed(environment_, server)) return absl::OkStatus();
  if (IsInteractive() &&
      Ask(fmt::format("This repository names the server {}. Use it from now on?", server), false)) {
    return AllowServer(environment_, server);
  }
  return UsageError(
      fmt::format("only .gavel.yaml of this repository names the server {}. Allow it with "
                  "--server {}, GAVEL_SERVER={}, or `server: {}` in {}/client.yaml",
                  server, server, server, server, environment_.ConfigDir()));
}

}  // namespace gavel::cli
