#include "clients/cli/account/hidden_input.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "clients/cli/exit_code.h"

namespace gavel::cli {
namespace {

// A signal handler reaches nothing but what is global.
termios g_before;

void RestoreAndExit(int /*signal*/) {
  tcsetattr(STDIN_FILENO, TCSANOW, &g_before);
  _exit(static_cast<int>(ExitCode::kInterrupted));
}

// Echo is off while this lives.
class EchoOff {
 public:
  EchoOff() {
    if (tcgetattr(STDIN_FILENO, &g_before) != 0) return;  // No terminal: nothing echoes.
    struct sigaction action {};
    action.sa_handler = RestoreAndExit;
    for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &handlers_[i]);
    termios quiet = g_before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    on_ = true;
  }
  ~EchoOff() {
    if (!on_) return;
    tcsetattr(STDIN_FILENO, TCSANOW, &g_before);
    for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &handlers_[i], nullptr);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};

  std::array<struct sigaction, kSignals.size()> handlers_{};
  bool on_ = false;
};

}  // namespace

std::string ReadHidden(std::istream& in) {
  const EchoOff off;
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace gavel::cli
