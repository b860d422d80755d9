#include "clients/chat/bot.h"

#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "clients/chat/worker.h"
#include "fmt/format.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

Jitter RandomJitter() {
  return [random = std::minstd_rand(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<>(-1.0, 1.0)(random);
  };
}

absl::Status RunDestination(const Config& config, const Destination& destination, Channel& channel,
                            Source& source, Memory& memory, Waiter& waiter,
                            const BotOptions& options) {
  Worker worker(config, destination, source, channel, memory, waiter,
                {.once = options.once,
                 .hooks = {.jitter = RandomJitter(), .after_send = options.after_send}});
  const absl::Status status = worker.Run();
  if (status.ok()) return status;
  spdlog::error("{}: stopped: {}", destination.name, std::string(status.message()));
  return absl::Status(status.code(),
                      fmt::format("{}: {}", destination.name, std::string(status.message())));
}

}  // namespace

absl::Status RunBot(const Config& config, Source& source, Memory& memory, Waiter& waiter,
                    const BotOptions& options) {
  std::vector<std::unique_ptr<Channel>> channels;
  for (const Destination& destination : config.destinations) {
    auto channel = OpenChannel(destination, options.places);
    if (!channel.ok()) {
      return absl::Status(
          channel.status().code(),
          fmt::format("{}: {}", destination.name, std::string(channel.status().message())));
    }
    channels.push_back(*std::move(channel));
  }
  std::vector<absl::Status> results(channels.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < channels.size(); ++i) {
    threads.emplace_back([&, i] {
      results[i] = RunDestination(config, config.destinations[i], *channels[i], source, memory,
                                  waiter, options);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& result : results) {
    if (!result.ok()) return result;
  }
  return absl::OkStatus();
}

}  // namespace gavel::chat
