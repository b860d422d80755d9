#include <csignal>
#include <cstdlib>
#include <iostream>
#include <vector>

#include <unistd.h>

#include "clients/cli/run.h"
#include "clients/cli/settings/environment.h"

namespace {

// Nothing needs tidying: every write to the server is one request with an id, and every file is
// written whole.
void OnInterrupt(int /*signal*/) { _exit(static_cast<int>(gavel::cli::ExitCode::kInterrupted)); }

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGPIPE, SIG_DFL);                      // `gavel watch | head` ends quietly.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);  // Its log is not for our users.
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto code =
      gavel::cli::Run(words, gavel::cli::ReadEnvironment(), std::cin, std::cout, std::cerr);
  // An answer that did not fit on the disk is none; asking again is safe.
  if (!std::cout.flush()) {
    std::cerr << "gavel: the answer could not be written to stdout\n";
    return static_cast<int>(gavel::cli::ExitCode::kUnreachable);
  }
  return static_cast<int>(code);
}
