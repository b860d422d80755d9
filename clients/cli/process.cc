#include "clients/cli/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "clients/cli/command.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// Both ends of a pipe, closed when it goes.
class Pipe {
 public:
  Pipe() { open_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    CloseWriter();
    if (open_) close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void CloseWriter() {
    if (open_ && ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_ = {-1, -1};
  bool open_ = false;
};

// Both at once: a program that fills one pipe while we read the other would stand still for ever.
void ReadBoth(Pipe& out, Pipe& err, ProcessResult& result) {
  std::array<pollfd, 2> polls = {pollfd{out.reader(), POLLIN, 0}, pollfd{err.reader(), POLLIN, 0}};
  const std::array<std::string*, 2> sinks = {&result.out, &result.err};
  int open = 2;
  std::array<char, 65536> buffer;
  while (open > 0) {
    if (poll(polls.data(), polls.size(), -1) < 0 && errno != EINTR) return;
    for (size_t i = 0; i < polls.size(); ++i) {
      if (polls[i].fd < 0 || polls[i].revents == 0) continue;
      const ssize_t count = read(polls[i].fd, buffer.data(), buffer.size());
      if (count > 0) {
        sinks[i]->append(buffer.data(), static_cast<size_t>(count));
      } else {
        polls[i].fd = -1;
        --open;
      }
    }
  }
}

// The parent's environment without what is dropped and with the variables on top.
std::vector<std::string> MergedEnvironment(const ProcessOptions& options) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string name(text.substr(0, text.find('=')));
    if (options.variables.contains(name) || options.dropped.contains(name)) continue;
    merged.emplace_back(text);
  }
  for (const auto& [name, value] : options.variables) merged.push_back(name + "=" + value);
  return merged;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

absl::StatusOr<ProcessResult> RunProcess(const ProcessOptions& options) {
  Pipe out;
  Pipe err;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.writer(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.writer(), STDERR_FILENO);
  if (!options.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());
  }
  std::vector<std::string> arguments = options.arguments;
  std::vector<std::string> variables = MergedEnvironment(options);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, arguments.front().c_str(), &actions, nullptr,
                                 Pointers(arguments).data(), Pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return UsageError(
        fmt::format("cannot start `{}`: {}", arguments.front(), std::strerror(error)));
  }
  out.CloseWriter();
  err.CloseWriter();
  ProcessResult result;
  ReadBoth(out, err, result);
  result.exit_code = WaitFor(pid);
  return result;
}

}  // namespace gavel::cli
