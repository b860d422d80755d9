#include "clients/cli/output/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

namespace gavel::cli {
namespace {

constexpr int kNoSuchProgram = 127;  // Of a shell.

// While the pager runs, Ctrl-C is its business, and that it ends before it has read everything is
// no reason to die: the terminal would be left to two programs.
class PatientSignals {
 public:
  PatientSignals()
      : interrupt_(std::signal(SIGINT, SIG_IGN)), pipe_(std::signal(SIGPIPE, SIG_IGN)) {}
  ~PatientSignals() {
    std::signal(SIGINT, interrupt_);
    std::signal(SIGPIPE, pipe_);
  }
  PatientSignals(const PatientSignals&) = delete;
  PatientSignals& operator=(const PatientSignals&) = delete;

 private:
  using Handler = void (*)(int);
  const Handler interrupt_;
  const Handler pipe_;
};

// `command` with `reader` as its stdin and signals as a program expects them; 0 where it cannot be
// started. The one use of a shell: PAGER is the user's own command line, as in every other program.
pid_t Start(const std::string& command, int reader) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, reader, STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGINT);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh";
  std::string flag = "-c";
  std::string line = command;
  const std::array<char*, 4> words = {shell.data(), flag.data(), line.data(), nullptr};
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, "sh", &actions, &attributes, words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? pid : 0;
}

void WriteAll(int writer, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(writer, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // The pager has seen enough.
    text.remove_prefix(static_cast<size_t>(written));
  }
}

// False where there is no such pager.
bool RunPager(const std::string& command, std::string_view text) {
  const PatientSignals patient;
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  const pid_t pid = Start(command, ends[0]);
  close(ends[0]);
  if (pid != 0) WriteAll(ends[1], text);
  close(ends[1]);
  if (pid == 0) return false;
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return !(WIFEXITED(status) && WEXITSTATUS(status) == kNoSuchProgram);
}

}  // namespace

void Page(Session& session, const std::string& text) {
  Output& output = session.output();
  if (!output.terminal()) {
    output.Screen(text);
    return;
  }
  output.Flush();
  const std::string own = session.environment().Get("PAGER");
  const bool shown = RunPager(own.empty() ? "less -FIRX" : own, output.ForTerminal(text));
  if (!shown) output.Screen(text);
}

}  // namespace gavel::cli
