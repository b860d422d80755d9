#include "clients/cli/output/terminal_width.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace gavel::cli {
namespace {

constexpr int kUsual = 80;
constexpr int kLeast = 40;

}  // namespace

int TerminalWidth() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? std::max<int>(size.ws_col, kLeast) : kUsual;
}

}  // namespace gavel::cli
