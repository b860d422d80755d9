#include "clients/chat/service.h"

#include <signal.h>

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "clients/chat/load_config.h"
#include "clients/chat/memory.h"
#include "clients/chat/server_source.h"
#include "clients/chat/waiter.h"
#include "engine/base/status_macros.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

constexpr int kOwnSignal = SIGUSR1;  // Wakes the signal thread where no signal came.

sigset_t Signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, kOwnSignal}) sigaddset(&signals, signal);
  return signals;
}

// For the calling thread and every one it starts: without a thread that takes them, a signal would
// end the process in the middle of whatever it does.
void BlockSignals() {
  const sigset_t signals = Signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// Takes the signals, so that no handler runs in between. `on_signal` returns false to hear no more.
class SignalThread {
 public:
  explicit SignalThread(std::function<bool(int)> on_signal)
      : thread_([on_signal = std::move(on_signal)] {
          const sigset_t signals = Signals();
          int signal = 0;
          do {
            sigwait(&signals, &signal);
          } while (signal != kOwnSignal && on_signal(signal));
        }) {}
  ~SignalThread() {
    pthread_kill(thread_.native_handle(), kOwnSignal);
    thread_.join();
  }
  SignalThread(const SignalThread&) = delete;
  SignalThread& operator=(const SignalThread&) = delete;

 private:
  std::thread thread_;
};

// A configuration with everything it needs opened. Stays where it is: the channels point into it.
struct Setup {
  Config config;
  Channels channels;
};

absl::StatusOr<std::unique_ptr<Setup>> LoadSetup(const ServiceOptions& options) {
  auto setup = std::make_unique<Setup>();
  GAVEL_ASSIGN_OR_RETURN(setup->config, LoadConfig(options.config));
  GAVEL_ASSIGN_OR_RETURN(setup->channels, OpenChannels(setup->config, options.places));
  return setup;
}

// Runs `setup` until the bot is told to stop; `next` is what to run instead where it was reloaded.
absl::Status RunSetup(const Setup& setup, const ServiceOptions& options, Memory& memory,
                      std::unique_ptr<Setup>& next) {
  GAVEL_ASSIGN_OR_RETURN(const auto connection, client::Connection::Open(options.connection));
  ServerSource source(*connection);
  StoppableWaiter waiter;
  const SignalThread signals([&](int signal) {
    if (signal == SIGHUP) {
      auto loaded = LoadSetup(options);
      if (!loaded.ok()) {
        spdlog::error("{} stays as it was; the new one is wrong:\n{}", options.config,
                      std::string(loaded.status().message()));
        return true;
      }
      spdlog::info("{} is read again", options.config);
      next = *std::move(loaded);
    }
    waiter.Stop();
    connection->CancelWatches();
    return false;
  });
  return RunBot(setup.config, setup.channels, source, memory, waiter, options.bot);
}

}  // namespace

absl::Status RunService(const ServiceOptions& options) {
  BlockSignals();  // Before gRPC starts threads of its own.
  GAVEL_ASSIGN_OR_RETURN(std::unique_ptr<Setup> setup, LoadSetup(options));
  GAVEL_ASSIGN_OR_RETURN(const auto memory, Memory::Open(options.places.state));
  while (true) {
    std::unique_ptr<Setup> next;
    const absl::Status status = RunSetup(*setup, options, *memory, next);
    if (next == nullptr) return status;
    setup = std::move(next);
  }
}

}  // namespace gavel::chat
