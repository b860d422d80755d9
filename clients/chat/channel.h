// A chat service as the bot uses it: one channel of one destination, owned by one thread.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/chat/message.h"

namespace gavel::chat {

// Where a message stands in the service. Empty `id` where the service gives none.
struct Placement {
  std::string channel;
  std::string id;
};

// What became of one request to the service.
struct SendResult {
  enum class Kind {
    kDone,     // Arrived; `placement` says where.
    kNotSent,  // Certainly not there; try again after `retry_after` or the back-off.
    kUnknown,  // May have arrived: the answer was lost.
    kGone,     // The message to edit or to answer was deleted by somebody.
    kRefused,  // The service will say no every time.
  };

  Kind kind = Kind::kDone;
  Placement placement;
  std::optional<absl::Duration> retry_after;  // What the service asked for.
  std::string reason;                         // For the log; never holds a secret or an address.
};

struct FindResult {
  absl::Status status;                        // UNAVAILABLE: ask again later.
  std::optional<absl::Duration> retry_after;  // What the service asked for.
  std::optional<Placement> placement;         // Nothing: it never arrived.
};

// What the service can do, which decides what is sent at all.
struct Abilities {
  bool edit = false;    // Else a card is posted again when its milestone changes.
  bool thread = false;  // Else there are no replies under a card.
  bool find = false;    // Can tell whether a post of ours arrived.
  bool cards = true;    // Takes cards and concerns; a mailbox is no notice board.
  // A second copy carries the same id, so that programs can tell: one may be sent where the answer
  // to the first was lost.
  bool recognisable = false;
};

struct PostOptions {
  std::optional<Placement> thread;  // The message to answer.
  bool broadcast = false;           // Show the reply to the whole channel too.
  bool again = false;               // It may already be there: say so in the text.
};

// By the service's clock, which may differ from ours: be generous.
struct TimeWindow {
  absl::Time from;
  absl::Time to;
};

// With `Message::recipient`, everything is about the conversation with that person.
class Channel {
 public:
  virtual ~Channel() = default;

  virtual Abilities abilities() const = 0;

  // Each blocks up to the service's time-out: 15 s, mail two minutes.
  virtual SendResult Post(const Message& message, const PostOptions& options) = 0;

  // With the ability `edit`. Repeating one changes nothing.
  virtual SendResult Edit(const Message& message, const Placement& placement);

  // With the ability `find`: our newest post of `message` within `window`.
  virtual FindResult Find(const Message& message, const PostOptions& options,
                          const TimeWindow& window);

  // Called at least every 30 s while there is nothing to send, for connections that must be kept.
  virtual void Idle() {}
};

inline SendResult Channel::Edit(const Message&, const Placement&) {
  return {.kind = SendResult::Kind::kRefused,
          .placement = {},
          .retry_after = {},
          .reason = "this service cannot edit"};
}

inline FindResult Channel::Find(const Message&, const PostOptions&, const TimeWindow&) {
  return {absl::UnimplementedError("this service cannot look up messages"), {}, {}};
}

}  // namespace gavel::chat
