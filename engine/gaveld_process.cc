#include "engine/gaveld_process.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "engine/base/error.h"
#include "fmt/format.h"
#include "spdlog/spdlog.h"

namespace gavel {
namespace {

sigset_t OwnSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

absl::Status FileError(const std::string& field, const std::string& path, std::string_view what) {
  return FieldError(field, fmt::format("{}: {}: {}.", path, what, std::strerror(errno)));
}

}  // namespace

void SetUpProcess() {
  umask(0077);
  signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
    spdlog::warn("msg=\"cannot raise the limit of open files\" error=\"{}\"", std::strerror(errno));
  }
}

void BlockSignals() {
  const sigset_t signals = OwnSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Wish WaitForSignal() {
  const sigset_t signals = OwnSignals();
  int received = 0;
  sigwait(&signals, &received);
  if (received == SIGHUP) return Wish::kReload;
  spdlog::info("msg=stopping signal={}", received == SIGINT ? "SIGINT" : "SIGTERM");
  return Wish::kStop;
}

void RaiseStopSignal() { kill(getpid(), SIGTERM); }

absl::StatusOr<std::string> ReadFile(const std::string& field, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return FileError(field, path, "cannot be read");
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

absl::Status ReplaceFile(const std::string& field, const std::string& path,
                         const std::string& content) {
  const std::string draft = fmt::format("{}.{}", path, getpid());
  std::ofstream out(draft, std::ios::binary);
  out << content;
  out.close();
  if (!out || rename(draft.c_str(), path.c_str()) != 0) {
    return FileError(field, path, "cannot be written");
  }
  return absl::OkStatus();
}

absl::Status MakeFolder(const std::string& field, const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return absl::OkStatus();
  return FieldError(field, fmt::format("{}: cannot be made: {}.", path, error.message()));
}

}  // namespace gavel
