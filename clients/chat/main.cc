// gavel-bot: posts what happens to specs into chat channels.
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "clients/chat/config.h"
#include "clients/chat/load_config.h"
#include "clients/chat/local_channel.h"
#include "clients/chat/open_channel.h"
#include "clients/chat/service.h"
#include "clients/common/connection.h"
#include "curl/curl.h"
#include "engine/base/status_macros.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

struct Flags {
  std::string server = client::kDefaultServer;
  std::string token_file;
  std::string principal = "gavel-bot";
  std::string config = "notify.yaml";
  std::string state;
  std::string channel;
  std::string zone = "UTC";
  bool once = false;
  int crash_after_send = 0;
};

// Said in the help and in docs/operations.md.
enum ExitCode { kOk = 0, kNo = 1, kUsage = 2, kUnreachable = 3, kDenied = 4, kBug = 70 };

int Fail(ExitCode code, const std::string& message) {
  std::fprintf(stderr, "gavel-bot: %s\n", message.c_str());
  return code;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kOk;
    case absl::StatusCode::kPermissionDenied:
      return kNo;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kNotFound:
      return kUsage;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kUnreachable;
    case absl::StatusCode::kUnauthenticated:
      return kDenied;
    default:
      return kBug;
  }
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string DefaultState() {
  const std::string base = Environment("XDG_STATE_HOME");
  return (base.empty() ? Environment("HOME") + "/.local/state" : base) + "/gavel-bot";
}

absl::StatusOr<client::ConnectionOptions> ConnectionOptionsOf(const Flags& flags) {
  client::ConnectionOptions options;
  options.server = flags.server;
  options.principal = flags.principal;
  options.user_agent = "gavel-bot/" GAVEL_VERSION;
  if (!flags.token_file.empty()) {
    options.principal.clear();
    GAVEL_ASSIGN_OR_RETURN(options.token, ReadFile(flags.token_file));
    while (!options.token.empty() && options.token.back() == '\n') options.token.pop_back();
  }
  return options;
}

// Ends the process as a power cut would, behind the n-th message that arrived: what the tests of
// crashes between sending and recording need.
std::function<void()> CrashAfter(int messages) {
  if (messages <= 0) return {};
  return [left = std::make_shared<std::atomic<int>>(messages)] {
    if (--*left == 0) raise(SIGKILL);
  };
}

absl::Status RunWith(const Flags& flags) {
  ServiceOptions options;
  GAVEL_ASSIGN_OR_RETURN(options.connection, ConnectionOptionsOf(flags));
  options.config = flags.config;
  options.places = {.credentials = Environment("CREDENTIALS_DIRECTORY"), .state = flags.state};
  options.bot = {.once = flags.once, .after_send = CrashAfter(flags.crash_after_send)};
  return RunService(options);
}

int Run(const Flags& flags) {
  const absl::Status status = RunWith(flags);
  if (status.ok()) return kOk;
  return Fail(ExitCodeOf(status), std::string(status.message()));
}

int Check(const Flags& flags) {
  const auto config = LoadConfig(flags.config);
  if (!config.ok()) {
    std::fprintf(stderr, "%s\n", std::string(config.status().message()).c_str());
    return absl::IsNotFound(config.status()) ? kUsage : kNo;
  }
  std::printf("%s: %zu destinations, %zu routes, nothing wrong\n", flags.config.c_str(),
              config->destinations.size(), config->routes.size());
  return kOk;
}

// The folder that was named, else those of every local destination.
absl::StatusOr<std::vector<std::string>> LocalFolders(const Flags& flags) {
  if (!flags.channel.empty()) return std::vector<std::string>{flags.channel};
  GAVEL_ASSIGN_OR_RETURN(const Config config, LoadConfig(flags.config));
  std::vector<std::string> folders;
  for (const Destination& destination : config.destinations) {
    if (destination.kind != DestinationKind::kLocal) continue;
    folders.push_back(LocalFolder(destination, flags.state));
    const std::string personal = PersonalLocalFolder(destination, flags.state);
    if (std::filesystem::exists(personal)) folders.push_back(personal);
  }
  if (folders.empty()) return absl::NotFoundError(flags.config + " has no local destination");
  return folders;
}

int Show(const Flags& flags) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(flags.zone, &zone)) {
    return Fail(kUsage, "unknown time zone " + flags.zone);
  }
  const auto folders = LocalFolders(flags);
  if (!folders.ok()) return Fail(kUsage, std::string(folders.status().message()));
  const bool color = isatty(STDOUT_FILENO) == 1 && Environment("NO_COLOR").empty();
  for (const std::string& folder : *folders) {
    const auto messages = ReadLocalChannel(folder);
    if (!messages.ok()) return Fail(kUsage, std::string(messages.status().message()));
    std::cout << ShowLocalChannel(*messages, zone, color);
  }
  return kOk;
}

void AddRun(CLI::App& app, Flags& flags) {
  CLI::App* run = app.add_subcommand("run", "Follow the log and post");
  run->add_option("--server", flags.server, "HOST:PORT, unix:PATH or https://HOST:PORT")
      ->envname("GAVEL_SERVER")
      ->capture_default_str();
  run->add_option("--token-file", flags.token_file, "File with the bot's token")
      ->envname("GAVEL_TOKEN_FILE");
  run->add_option("--as", flags.principal, "Who the bot is, to a development server")
      ->capture_default_str();
  run->add_option("--config", flags.config, "What goes where")->capture_default_str();
  run->add_option("--state", flags.state, "Folder of the bot's memory")->capture_default_str();
  run->add_flag("--once", flags.once, "Catch up with the log, then end");
  run->add_option("--crash-after-send", flags.crash_after_send, "")->group("");
}

int Main(int argc, char** argv) {
  CLI::App app("Posts what happens to specs into chat channels.", "gavel-bot");
  app.set_version_flag("--version", GAVEL_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 a destination refuses for good or the file is wrong, 2 usage or "
      "configuration,\n3 unreachable, run it again, 4 sign in, 70 a bug.");
  Flags flags;
  flags.state = DefaultState();
  AddRun(app, flags);
  CLI::App* check = app.add_subcommand("check", "Check a notify.yaml");
  check->add_option("file", flags.config, "The file")->capture_default_str();
  CLI::App* show = app.add_subcommand("show", "Print the local channels");
  show->add_option("--channel", flags.channel, "Only the one in this folder");
  show->add_option("--config", flags.config, "The file that names them")->capture_default_str();
  show->add_option("--state", flags.state, "Folder of the bot's memory")->capture_default_str();
  show->add_option("--zone", flags.zone, "IANA zone of the times")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  if (check->parsed()) return Check(flags);
  if (show->parsed()) return Show(flags);
  return Run(flags);
}

}  // namespace
}  // namespace gavel::chat

int main(int argc, char** argv) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  spdlog::set_default_logger(spdlog::stderr_logger_mt("gavel-bot"));
  return gavel::chat::Main(argc, argv);
}
