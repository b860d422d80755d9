#include "clients/cli/session.h"

#include <algorithm>
#include <iterator>

#include "clients/cli/files.h"
#include "clients/cli/version.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {

absl::StatusOr<std::string> Session::Message() {
  if (Has("message") && Has("file")) return UsageError("give -m or -F, not both");
  return Has("file") ? TextOfFile(Text("file")) : Text("message");
}

absl::StatusOr<std::string> Session::TextOfFile(const std::string& file) {
  if (file == "-") {
    return std::string(std::istreambuf_iterator<char>(input_), std::istreambuf_iterator<char>());
  }
  auto text = ReadFile(file);
  if (!text.ok()) return UsageError(std::string(text.status().message()));
  return text;
}

bool Session::IsInteractive() const {
  return environment_.stdin_terminal && environment_.stdout_terminal && !Has("no-input") &&
         !output_.json();
}

bool Session::Ask(const std::string& question, bool by_default) {
  output_.Raw(fmt::format("{} {} ", question, by_default ? "[Y/n]" : "[y/N]"));
  std::string answer;
  std::getline(input_, answer);
  if (answer.empty()) return by_default;
  return answer.front() == 'y' || answer.front() == 'Y';
}

absl::StatusOr<client::Connection*> Session::connection() {
  if (connection_ != nullptr) return connection_.get();
  GAVEL_RETURN_IF_ERROR(AllowRepositoryServer());
  if (Has("debug")) {
    output_.Warn(fmt::format("server {} ({}), as {}", config_.server.value, config_.server.from,
                             config_.principal.value.empty() ? "nobody" : config_.principal.value));
  }
  GAVEL_ASSIGN_OR_RETURN(connection_, client::Connection::Open(ConnectionOptionsOf()));
  return connection_.get();
}

client::ConnectionOptions Session::ConnectionOptionsOf() {
  return {.server = config_.server.value,
          .token = config_.token,
          .principal = config_.principal.value,
          .user_agent = fmt::format("gavel-cli/{} (linux)", kVersion),
          .timeout = std::max(config_.timeout, work_time_),
          .retry_for = config_.timeout,
          .on_retry = [this](const absl::Status&) {
            output_.Warn(fmt::format("gavel: {} does not answer; trying again for {}",
                                     config_.server.value, absl::FormatDuration(config_.timeout)));
          }};
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
