// One run of one command: its arguments, settings, output, and the server when it needs one.
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "clients/cli/files.h"
#include "clients/cli/output/output.h"
#include "clients/cli/pending_request.h"
#include "clients/cli/settings/config.h"
#include "clients/cli/settings/environment.h"
#include "clients/common/connection.h"
#include "clients/common/method.h"

namespace gavel::cli {

class Session {
 public:
  // The references must outlive the session.
  // A `config` that could not be loaded leaves the defaults, for commands that do not need it.
  Session(Arguments arguments, absl::StatusOr<Config> config, const Environment& environment,
          Output& output, std::istream& input)
      : arguments_(std::move(arguments)),
        config_status_(config.status()),
        config_(config.ok() ? *std::move(config) : Config()),
        environment_(environment),
        output_(output),
        input_(input) {}

  const Arguments& arguments() const { return arguments_; }
  const Config& config() const { return config_; }
  const absl::Status& config_status() const { return config_status_; }
  const Environment& environment() const { return environment_; }
  Output& output() { return output_; }

  bool Has(const std::string& key) const { return arguments_.Has(key); }
  std::string Text(const std::string& key, std::string_view fallback = "") const {
    return arguments_.Text(key, fallback);
  }

  // The text of a file of at most `most` bytes; `-` is stdin. Errors: INVALID_ARGUMENT that says
  // why it cannot be read.
  absl::StatusOr<std::string> TextOfFile(const std::string& file, size_t most = kMostFileBytes);
  std::istream& input() { return input_; }
  // The text of -m, or of the file of -F (`-` is stdin); empty where neither is given.
  absl::StatusOr<std::string> Message();

  // True where somebody can be asked: terminals at both ends, and neither --no-input, --json nor a
  // variable CI.
  bool IsInteractive() const;
  // Asks; an empty answer is `by_default`. Only where IsInteractive().
  bool Ask(const std::string& question, bool by_default);
  // Asks for a word that the terminal does not show. Only where IsInteractive().
  std::string AskSecret(const std::string& question);

  // For work that takes long: how long the server may work on a call, unless --timeout is given.
  // Before the first call.
  void AllowTime(absl::Duration time) {
    if (!config_.timeout_given) work_time_ = time;
  }

  // Opened at the first call. Errors: INVALID_ARGUMENT for a server that only a checkout names
  // and the user has not allowed.
  absl::StatusOr<client::Connection*> connection();
  // Errors as of connection().
  absl::Status AllowRepositoryServer();
  // Another connection of this run's manners, to `server` with `token` (empty for none). A server
  // that is not there is tried again for `retry_for`, at most for the timeout.
  absl::StatusOr<std::unique_ptr<client::Connection>> Open(
      const std::string& server, const std::string& token,
      absl::Duration retry_for = absl::InfiniteDuration());

  // Sends `request`. A write without a request id gets one that outlives this run until its answer
  // is shown (see pending_request.h): the same command run again acts once.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(Request request) {
    Response response;
    absl::Status status = Send(client::MethodPathOf(request), request, &response);
    if (!status.ok()) return status;
    return response;
  }
  // As Call, for a method that is known at run time only.
  absl::Status Send(const std::string& path, google::protobuf::Message& request,
                    google::protobuf::Message* response);

  // What was answered has been shown: the same words said again are said twice.
  void ForgetAnswered();

  // Sends a read whose answer is a stream; `on_message` sees each message of it.
  template <typename Response, typename Request>
  absl::Status Stream(const Request& request,
                      const std::function<void(const Response&)>& on_message) {
    auto opened = connection();
    if (!opened.ok()) return opened.status();
    return (*opened)->template Stream<Response>(request, on_message);
  }

 private:
  absl::Status SendOnce(const std::string& path, const google::protobuf::Message& request,
                        google::protobuf::Message* response);
  std::string Sender() const;
  absl::Status Connect();

  const Arguments arguments_;
  const absl::Status config_status_;
  const Config config_;
  std::string token_;  // In use since connection().
  absl::Duration work_time_ = absl::ZeroDuration();
  const Environment& environment_;
  Output& output_;
  std::istream& input_;
  std::unique_ptr<client::Connection> connection_;
  std::vector<PendingRequest> answered_;
};

}  // namespace gavel::cli
