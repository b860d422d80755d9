// A program under test, started as people start it and ended as power cuts end it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace gavel {

// Killed and waited for at the end of its life, so that no test leaves anything running.
class Process {
 public:
  struct Options {
    std::vector<std::string> arguments;              // The program first.
    std::map<std::string, std::string> environment;  // Added to the test's own.
    std::string log;                                 // File for its output; appended to.
  };

  static Process Start(const Options& options);

  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  bool is_running();
  void Signal(int signal);
  // Blocks until it has ended. Its exit code, or 128 plus the signal that ended it.
  int Wait();

 private:
  explicit Process(pid_t pid) : pid_(pid) {}

  pid_t pid_ = -1;  // -1 once it has been waited for.
  int code_ = -1;
};

// Runs it to its end.
int RunProcess(const Process::Options& options);

// The content of `path` once it exists and is not empty; empty after `patience`.
std::string AwaitFile(const std::string& path, absl::Duration patience = absl::Seconds(20));

}  // namespace gavel
