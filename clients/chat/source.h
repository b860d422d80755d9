// What the bot asks the server. An interface, so that the bot can be tested without one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/chat/memory.h"
#include "clients/chat/state.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::chat {

struct LogHead {
  std::string log_id;
  int64_t seq = 0;
  absl::Time now;  // The server's clock.
};

struct Listing {
  std::vector<v1::Spec> specs;  // All of them.
  int64_t seq = 0;              // Watch from here for what came later.
};

// Thread-safe. Every call blocks up to its deadline; errors are the server's.
class Source {
 public:
  virtual ~Source() = default;

  virtual absl::StatusOr<LogHead> Head() = 0;

  // The newest state, at least as new as `min_seq`. NOT_FOUND for a spec of another log.
  virtual absl::StatusOr<SpecState> Spec(const std::string& key, int64_t min_seq) = 0;
  // With the document that a message of kind `about` carries: the agenda for a packet, the minutes
  // for minutes, none for anything else.
  virtual absl::StatusOr<MeetingState> Meeting(const std::string& id, MessageKind about) = 0;

  // A person of the organisation file; the zone is that of `spec`'s area, UTC where it is empty.
  // NOT_FOUND for somebody the file does not know.
  virtual absl::StatusOr<PersonState> Person(const std::string& id, const std::string& spec) = 0;

  virtual absl::StatusOr<Listing> ListSpecs() = 0;
  // Meetings of every area that start at or after `from`.
  virtual absl::StatusOr<std::vector<v1::Meeting>> ListMeetings(absl::Time from) = 0;

  // Streams from `position` until the stream ends or `on_response` returns false (then OK).
  using OnResponse = std::function<bool(const v1::WatchEventsResponse&)>;
  virtual absl::Status Watch(const Position& position, const OnResponse& on_response) = 0;
};

}  // namespace gavel::chat
