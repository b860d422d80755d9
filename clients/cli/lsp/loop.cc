#include "clients/cli/lsp/loop.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iostream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "clients/lsp/framing.h"

namespace gavel::cli {
namespace {

// How often the client's process is looked at. Its bytes end first unless somebody else holds the
// other end of the pipe.
constexpr absl::Duration kClientCheckInterval = absl::Seconds(3);

bool WriteAll(int out, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(out, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

bool IsGone(int64_t process) {
  return process > 0 && kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

// Milliseconds for `poll`, rounded up so that it never wakes too early.
int TimeoutUntil(absl::Time wake) {
  const absl::Duration left = std::min(wake - absl::Now(), kClientCheckInterval);
  const absl::Duration whole =
      absl::Ceil(std::max(left, absl::ZeroDuration()), absl::Milliseconds(1));
  return static_cast<int>(absl::ToInt64Milliseconds(whole));
}

class Loop {
 public:
  Loop(lsp::Server& server, Mailbox& mailbox, int in, int out)
      : server_(server), mailbox_(mailbox), in_(in), out_(out) {}

  int Run() {
    while (!server_.IsDone()) {
      std::array<pollfd, 2> polls = {pollfd{in_, POLLIN, 0},
                                     pollfd{mailbox_.descriptor(), POLLIN, 0}};
      const int ready = poll(polls.data(), polls.size(), TimeoutUntil(server_.NextWake()));
      if (ready < 0 && errno != EINTR) break;
      if (ready == 0 && IsGone(server_.client_process())) break;
      if (ready > 0 && polls[1].revents != 0) mailbox_.DoAll();
      if (ready > 0 && polls[0].revents != 0 && !ReadInput()) break;
      if (server_.NextWake() <= absl::Now()) server_.Wake(absl::Now());
      if (!WriteOutput()) break;
    }
    if (!server_.IsDone()) server_.LoseClient();
    return server_.exit_code();
  }

 private:
  // False at the end, and where what comes is no LSP.
  bool ReadInput() {
    const ssize_t count = read(in_, buffer_.data(), buffer_.size());
    if (count < 0) return errno == EINTR;
    if (count == 0) return false;
    reader_.Feed({buffer_.data(), static_cast<size_t>(count)});
    std::vector<std::string> messages;
    while (true) {
      auto message = reader_.Next();
      if (!message.ok()) {
        std::cerr << "gavel lsp: " << message.status().message() << '\n';
        server_.Receive(messages, absl::Now());
        (void)WriteOutput();
        return false;
      }
      if (!message->has_value()) break;
      messages.push_back(**std::move(message));
    }
    server_.Receive(messages, absl::Now());
    return true;
  }

  bool WriteOutput() {
    for (const std::string& message : server_.TakeOutput()) {
      if (!WriteAll(out_, lsp::Framed(message))) return false;
    }
    return true;
  }

  lsp::Server& server_;
  Mailbox& mailbox_;
  const int in_;
  const int out_;
  lsp::FrameReader reader_;
  std::array<char, 65536> buffer_;
};

}  // namespace

int ServeClient(lsp::Server& server, Mailbox& mailbox, int in, int out) {
  return Loop(server, mailbox, in, out).Run();
}

}  // namespace gavel::cli
