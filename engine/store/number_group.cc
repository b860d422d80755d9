#include "engine/store/number_group.h"

#include <map>
#include <string>

#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/store/store_error.h"
#include "fmt/format.h"

namespace gavel::store {
namespace {

constexpr size_t kMaxEventsOfACommand = 256;

class Numbering {
 public:
  Numbering(const Head& before, LastVersion last_version)
      : head_(before), last_version_(last_version) {}

  absl::Status Number(CommandRows& command) {
    if (!command.events.empty()) GAVEL_RETURN_IF_ERROR(NumberEvents(command));
    GAVEL_RETURN_IF_ERROR(HashEntities(command.entities));
    return CheckBodies(command.bodies);
  }

  const Head& head() const { return head_; }

 private:
  absl::Status NumberEvents(CommandRows& command) {
    if (command.events.size() > kMaxEventsOfACommand) {
      return StoreMisuse(fmt::format("{} events in one command", command.events.size()));
    }
    if (command.first_seq != head_.seq + 1) {
      return StoreMisuse(fmt::format("first_seq {} where the log continues at {}",
                                     command.first_seq, head_.seq + 1));
    }
    if (command.time_us <= head_.last_commit_us) {
      return StoreMisuse(
          fmt::format("time {} is not after {}", command.time_us, head_.last_commit_us));
    }
    for (EventRow& event : command.events) {
      GAVEL_RETURN_IF_ERROR(CheckVersion(event));
      event.seq = ++head_.seq;
      event.command_seq = command.first_seq;
      event.time_us = command.time_us;
    }
    head_.last_commit_us = command.time_us;
    return absl::OkStatus();
  }

  absl::Status CheckVersion(const EventRow& event) {
    auto known = versions_.find(event.subject);
    if (known == versions_.end()) {
      GAVEL_ASSIGN_OR_RETURN(const int64_t last, last_version_(event.subject));
      known = versions_.emplace(event.subject, last).first;
    }
    if (event.subject_version <= known->second) {
      return StoreMisuse(fmt::format("event {} of {} follows event {}", event.subject_version,
                                     event.subject, known->second));
    }
    known->second = event.subject_version;
    return absl::OkStatus();
  }

  static absl::Status HashEntities(std::vector<EntityRow>& entities) {
    for (EntityRow& entity : entities) {
      if (entity.create_seq < 1) {
        return StoreMisuse(fmt::format("{} without create_seq", entity.subject));
      }
      entity.row_hash = Sha256(entity.body);
    }
    return absl::OkStatus();
  }

  // Checked on writing, since every later read would take a wrong hash for a damaged disk.
  static absl::Status CheckBodies(const std::vector<BodyRow>& bodies) {
    for (const BodyRow& body : bodies) {
      if (Sha256Hex(body.bytes) == body.content_hash) continue;
      return StoreMisuse(fmt::format("content_hash {} is not of its bytes", body.content_hash));
    }
    return absl::OkStatus();
  }

  Head head_;
  LastVersion last_version_;
  std::map<std::string, int64_t> versions_;  // Newest per subject, earlier commands included.
};

}  // namespace

absl::StatusOr<Head> NumberGroup(const Head& before, LastVersion last_version, Group& group) {
  Numbering numbering(before, last_version);
  for (CommandRows& command : group.commands) GAVEL_RETURN_IF_ERROR(numbering.Number(command));
  return numbering.head();
}

}  // namespace gavel::store
