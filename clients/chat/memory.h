// What the bot remembers: how far each destination has come, which of its messages are where, and
// which posts may or may not have arrived. One SQLite file, `bot.db`.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/chat/channel.h"

struct sqlite3;

namespace gavel::chat {

// A place in the log.
struct Position {
  std::string log_id;
  std::string cursor;  // Of the last response; empty: go on behind `through_seq`.
  int64_t through_seq = 0;
};

struct DestinationRow {
  Position position;
  absl::Time since;         // Decisions before it are not announced.
  int64_t doubt_until = 0;  // Up to here a message may be there from a life that was forgotten.
};

struct MessageRow {
  enum class Fate {
    kLive = 0,
    kReposted = 1,  // Somebody deleted the first one; this is the second and last.
    kMuted = 2,     // Somebody deleted that one too: nothing more about it.
  };

  Placement placement;
  std::string fingerprint;
  int64_t seq = 0;
  Fate fate = Fate::kLive;
};

// A post that was begun. It stays until its outcome is known.
struct Intent {
  std::string fingerprint;
  int64_t seq = 0;
  absl::Time started;  // By the bot's own clock.
  int attempts = 1;    // That may have arrived, this one included.
};

// A message that could not be sent yet.
struct Failure {
  int attempts = 0;
  absl::Time first;  // By the bot's own clock.
  absl::Time next;   // Not before.
  std::string reason;
};

// Something that is to be looked at later: a card whose changes are gathered, a post outside the
// hours of its route, a message to a person. At most one per destination and key.
struct Waiting {
  std::string key;        // `card/MEDIA-42`, `packet/2026-12-10-media`, `person/dee`.
  absl::Time not_before;  // By the server's clock.
  std::string event;      // The event, serialised.
};

// Thread-safe. Every write is durable when it returns.
class Memory {
 public:
  // Opens or makes `bot.db` in `folder`.
  //
  // Errors: FAILED_PRECONDITION when another bot has it open, or a newer version wrote it.
  static absl::StatusOr<std::unique_ptr<Memory>> Open(const std::string& folder);
  ~Memory();

  absl::StatusOr<std::optional<DestinationRow>> FindDestination(const std::string& destination);
  absl::Status PutDestination(const std::string& destination, const DestinationRow& row);

  absl::StatusOr<std::optional<MessageRow>> FindMessage(const std::string& destination,
                                                        const std::string& group_key);
  absl::StatusOr<std::optional<Intent>> FindIntent(const std::string& destination,
                                                   const std::string& group_key);
  absl::Status PutIntent(const std::string& destination, const std::string& group_key,
                         const Intent& intent);
  absl::Status DropIntent(const std::string& destination, const std::string& group_key);

  // Remembers a message and forgets its intent and failure, in one transaction.
  absl::Status Record(const std::string& destination, const std::string& group_key,
                      const MessageRow& row);
  // Moves a destination on. Only once everything before `position` is recorded.
  absl::Status Advance(const std::string& destination, const Position& position);

  absl::StatusOr<std::optional<Failure>> FindFailure(const std::string& destination,
                                                     const std::string& group_key);
  absl::Status PutFailure(const std::string& destination, const std::string& group_key,
                          const Failure& failure);
  absl::Status DropFailure(const std::string& destination, const std::string& group_key);

  // Replaces what waits under the same key.
  absl::Status PutWaiting(const std::string& destination, const Waiting& waiting);
  absl::Status DropWaiting(const std::string& destination, const std::string& key);
  // Everything that waits, earliest first.
  absl::StatusOr<std::vector<Waiting>> ListWaiting(const std::string& destination);

 private:
  explicit Memory(sqlite3* database) : database_(database) {}

  absl::Status Migrate();
  absl::Status Execute(const char* sql);
  absl::Status WriteRecord(const std::string& destination, const std::string& group_key,
                           const MessageRow& row);

  std::mutex mutex_;
  sqlite3* database_;
};

}  // namespace gavel::chat
