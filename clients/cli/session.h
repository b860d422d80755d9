// One run of one command: its arguments, settings, output, and the server when it needs one.
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "clients/cli/config.h"
#include "clients/cli/environment.h"
#include "clients/cli/output.h"
#include "clients/common/connection.h"
#include "clients/common/method.h"

namespace gavel::cli {

class Session {
 public:
  // The references must outlive the session.
  Session(Arguments arguments, Config config, const Environment& environment, Output& output,
          std::istream& input)
      : arguments_(std::move(arguments)),
        config_(std::move(config)),
        environment_(environment),
        output_(output),
        input_(input) {}

  const Arguments& arguments() const { return arguments_; }
  const Config& config() const { return config_; }
  const Environment& environment() const { return environment_; }
  Output& output() { return output_; }

  bool Has(const std::string& key) const { return arguments_.Has(key); }
  std::string Text(const std::string& key, std::string_view fallback = "") const {
    return arguments_.Text(key, fallback);
  }

  // The text of a file; `-` is stdin. Errors: INVALID_ARGUMENT that says why it cannot be read.
  absl::StatusOr<std::string> TextOfFile(const std::string& file);
  // The text of -m, or of the file of -F (`-` is stdin); empty where neither is given.
  absl::StatusOr<std::string> Message();

  // True where somebody can be asked: terminals at both ends, and neither --no-input nor --json.
  bool IsInteractive() const;
  // Asks; an empty answer is `by_default`. Only where IsInteractive().
  bool Ask(const std::string& question, bool by_default);

  // For work that takes long: how long the server may work on a call, unless --timeout is given.
  // Before the first call.
  void AllowTime(absl::Duration time) {
    if (!config_.timeout_given) work_time_ = time;
  }

  // Opened at the first call. Errors: INVALID_ARGUMENT for a server that only a checkout names
  // and the user has not allowed.
  absl::StatusOr<client::Connection*> connection();

  // Sends `request`; a write gets a fresh request id unless it has one.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(Request request) {
    client::EnsureRequestId(request);
    auto opened = connection();
    if (!opened.ok()) return opened.status();
    return (*opened)->Call<Response>(request);
  }

  // Sends a read whose answer is a stream; `on_message` sees each message of it.
  template <typename Response, typename Request>
  absl::Status Stream(const Request& request,
                      const std::function<void(const Response&)>& on_message) {
    auto opened = connection();
    if (!opened.ok()) return opened.status();
    return (*opened)->template Stream<Response>(request, on_message);
  }

 private:
  absl::Status AllowRepositoryServer();
  client::ConnectionOptions ConnectionOptionsOf();

  const Arguments arguments_;
  const Config config_;
  absl::Duration work_time_ = absl::ZeroDuration();
  const Environment& environment_;
  Output& output_;
  std::istream& input_;
  std::unique_ptr<client::Connection> connection_;
};

}  // namespace gavel::cli
