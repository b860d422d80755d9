// One message as the bot means it, before any service's markup. Its texts are clean lines
// (clients/chat/text.h) but not escaped: that is each renderer's own business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::chat {

enum class MessageKind {
  kCard,       // Where a spec stands; one per spec, edited in place.
  kConcern,    // A blocking concern, under the card.
  kDecision,   // A decision by people, under the card and shown to the whole channel.
  kPacket,     // The agenda of a meeting, sent out ahead.
  kCancelled,  // A meeting that is not held.
  kMoved,      // A meeting that has other times.
  kMinutes,    // What a meeting came to.
  kAlert,      // Something about the review itself.
  kBreaker,    // An auto rule that was stopped.
  kSession,    // An extra session is proposed.
  kPerson,     // What waits for one person, to that person alone.
};

// The word for `kind` in routes and metadata: `card`, `concern`, `decision`, `packet`,
// `meeting_cancelled`, `meeting_moved`, `minutes`, `alert`, `breaker`, `extra_session`, `person`.
std::string KindName(MessageKind kind);
// The other way round; nothing for a word that is none.
std::optional<MessageKind> ParseKind(std::string_view word);

struct Field {
  std::string label;
  std::string value;
};

struct Link {
  std::string label;
  std::string url;
};

// The whole text of a packet or of minutes, as the server renders it.
struct Document {
  std::string markdown;
  std::string html;  // A page with inline styles.
};

struct Message {
  MessageKind kind = MessageKind::kCard;
  // What the message is: `card/MEDIA-42`, `decision/MEDIA-42/d1/1796721164000000`,
  // `packet/2026-12-10-media`. The same thing has the same key after a crash, a lost cursor or a
  // restored database, which is why nothing is posted twice.
  std::string group_key;
  // Group key of the message it is a reply to; empty for a post of its own.
  std::string thread;
  // Group key of what it belongs to, which need not have been posted: `spec/MEDIA-42`,
  // `meeting/2026-12-10-media`. What mail programs gather; empty where there is none.
  std::string topic;
  // Who gets it alone, in the service's own terms (member id, mail address, nick); empty for the
  // destination's channel.
  std::string recipient;
  // Number in the log that the text reflects.
  int64_t seq = 0;
  // When that happened, by the server's clock.
  absl::Time time;

  // What routes match on.
  std::string area;
  v1::Spec::State state = v1::Spec::STATE_UNSPECIFIED;  // Unspecified for posts about meetings.

  // What people read. The state's word always comes first.
  std::string title;               // `MEDIA-42 Upload retries`
  std::string url;                 // Empty where no `base_url` is configured.
  std::string word;                // `Scheduled`
  std::string sentence;            // `Thu 10 Dec 15:20, item 2 of 2. Waiting for dee.`
  std::string summary;             // May be empty.
  std::vector<Field> fields;       // At most 10.
  std::vector<std::string> lines;  // Rows of a table: shown in a fixed-width font.
  std::vector<Link> links;
  std::string footer;
  Document document;  // For services that carry whole documents (mail); may be empty.

  // False where the message only keeps an earlier post true: a concern that is closed by now.
  bool is_news = true;
  // What a service that cannot edit compares: it posts again only when this changes.
  std::string milestone;
};

// `Scheduled. Thu 10 Dec 15:20.`, `Approved, if it is automated`: the word, then the sentence.
std::string StatusLine(const Message& message);

// What stands under the title where fields and footer are shown too: the status line. Only the word
// of a message to a person, whose sentence says the fields and the footer in one line.
std::string HeadLine(const Message& message);

// `MEDIA-42 Upload retries: Scheduled. Thu 10 Dec 15:20.` What phones and screen readers get.
std::string TextOf(const Message& message);

// SHA-256, hex, over everything people read, without `seq` and `time`: equal where an edit would
// change nothing that matters.
std::string Fingerprint(const Message& message);

// SHA-256, hex, over `milestone`.
std::string MilestoneFingerprint(const Message& message);

}  // namespace gavel::chat
