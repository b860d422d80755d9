#include "tests/testing/store_testing.h"

#include <algorithm>

namespace gavel::store {
namespace {

// `seq` of the newest event of `subject` in `command`, whose first event gets `first_seq`; 0 when
// it has none.
int64_t SeqOf(const CommandRows& command, const std::string& subject) {
  for (size_t i = command.events.size(); i > 0; --i) {
    if (command.events[i - 1].subject == subject) {
      return command.first_seq + static_cast<int64_t>(i) - 1;
    }
  }
  return 0;
}

}  // namespace

std::string BinaryBytes() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes + std::string("\xC3\x28\0\xED\xA0\x80\xFF", 7);
}

EventRow MakeEvent(std::string subject, int64_t subject_version, std::string type,
                   std::string payload) {
  return {.subject = std::move(subject),
          .subject_version = subject_version,
          .type = std::move(type),
          .actor = "ana",
          .payload = std::move(payload)};
}

CommandRows Create(EntityRow entity) {
  entity.version = std::max<int64_t>(entity.version, 1);
  CommandRows command;
  command.events = {MakeEvent(entity.subject, 1, "Created")};
  command.entities = {std::move(entity)};
  return command;
}

CommandRows Change(EntityRow entity, std::string state) {
  entity.state = std::move(state);
  entity.update_seq = 0;
  ++entity.version;
  CommandRows command;
  command.events = {MakeEvent(entity.subject, entity.version, "Changed")};
  command.entities = {std::move(entity)};
  return command;
}

Group NumberAsCommitter(const Head& head, std::vector<CommandRows> commands) {
  int64_t next_seq = head.seq + 1;
  int64_t last_us = head.last_commit_us;
  for (CommandRows& command : commands) {
    command.first_seq = next_seq;
    command.time_us = std::max(last_us + 1, command.time_us);
    for (EntityRow& entity : command.entities) {
      if (entity.update_seq == 0) entity.update_seq = SeqOf(command, entity.subject);
      if (entity.create_seq == 0) entity.create_seq = entity.update_seq;
    }
    if (command.events.empty()) continue;
    next_seq += static_cast<int64_t>(command.events.size());
    last_us = command.time_us;
  }
  return {.commands = std::move(commands)};
}

absl::StatusOr<Head> Commit(Store& store, std::vector<CommandRows> commands) {
  return store.Commit([&](const View& view) -> absl::StatusOr<Group> {
    return NumberAsCommitter(view.head(), commands);
  });
}

absl::StatusOr<Head> Commit(Store& store, CommandRows command) {
  return Commit(store, std::vector<CommandRows>{std::move(command)});
}

std::vector<EventRow> AllEvents(const View& view) {
  std::vector<EventRow> events;
  while (true) {
    const int64_t after = events.empty() ? 0 : events.back().seq;
    const std::vector<EventRow> page = Must(view.EventsAfter(after, 100));
    if (page.empty()) return events;
    events.insert(events.end(), page.begin(), page.end());
  }
}

}  // namespace gavel::store
