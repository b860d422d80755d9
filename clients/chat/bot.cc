#include "clients/chat/bot.h"

#include <algorithm>
#include <random>
#include <thread>
#include <vector>

#include "clients/chat/people_worker.h"
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

// What one thread does, and what it is called in messages.
struct Task {
  std::string name;
  std::function<absl::Status()> run;
};

absl::Status Named(const std::string& name, const absl::Status& status) {
  return absl::Status(status.code(), fmt::format("{}: {}", name, std::string(status.message())));
}

absl::Status RunTask(const Task& task) {
  const absl::Status status = task.run();
  if (status.ok()) return status;
  spdlog::error("{}: stopped: {}", task.name, std::string(status.message()));
  return Named(task.name, status);
}

// The first error in the order of the tasks.
absl::Status RunAll(const std::vector<Task>& tasks) {
  std::vector<absl::Status> results(tasks.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < tasks.size(); ++i) {
    threads.emplace_back([&, i] { results[i] = RunTask(tasks[i]); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& result : results) {
    if (!result.ok()) return result;
  }
  return absl::OkStatus();
}

bool IsAWay(const Config& config, const std::string& name) {
  const auto names = [&](const PersonPreferences& preferences) {
    return std::find(preferences.by.begin(), preferences.by.end(), name) != preferences.by.end();
  };
  return names(config.people.others) ||
         std::any_of(config.people.named.begin(), config.people.named.end(),
                     [&](const auto& entry) { return names(entry.second); });
}

}  // namespace

absl::StatusOr<Channels> OpenChannels(const Config& config, const ChannelPlaces& places) {
  Channels channels;
  for (const Destination& destination : config.destinations) {
    if (destination.has_channel()) {
      auto channel = OpenChannel(destination, places);
      if (!channel.ok()) return Named(destination.name, channel.status());
      channels.routed.push_back({&destination, *std::move(channel)});
    }
    if (IsAWay(config, destination.name)) {
      auto channel = OpenPersonalChannel(destination, places);
      if (!channel.ok()) return Named(destination.name, channel.status());
      channels.personal.push_back({&destination, *std::move(channel)});
    }
  }
  return channels;
}

absl::Status RunBot(const Config& config, const Channels& channels, Source& source, Memory& memory,
                    Waiter& waiter, const BotOptions& options) {
  const auto hooks = [&] {
    return Deliverer::Hooks{.jitter = RandomJitter(), .after_send = options.after_send};
  };
  std::vector<Task> tasks;
  for (const OpenDestination& open : channels.routed) {
    tasks.push_back({open.destination->name, [&, hooks] {
                       return Worker(config, *open.destination, source, *open.channel, memory,
                                     waiter, {.once = options.once, .hooks = hooks()})
                           .Run();
                     }});
  }
  std::vector<Way> ways;
  for (const OpenDestination& open : channels.personal) {
    ways.push_back({open.destination, open.channel.get()});
  }
  if (!ways.empty()) {
    tasks.push_back({kPeopleName, [&, hooks] {
                       return PeopleWorker(config, ways, source, memory, waiter,
                                           {.once = options.once, .hooks = hooks()})
                           .Run();
                     }});
  }
  return RunAll(tasks);
}

}  // namespace gavel::chat
