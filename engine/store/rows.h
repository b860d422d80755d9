// What the log and its tables hold. Payloads are opaque bytes here (serialised `gavel.v1`
// messages); only the columns that queries need stand beside them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gavel::store {

// Where the log stands. `log_id` is minted when the store is created (and when a backup is
// restored), so that a cursor of another log is recognised.
struct Head {
  std::string log_id;
  int64_t seq = 0;             // Number of the newest event; 0 in an empty log.
  int64_t last_commit_us = 0;  // Microseconds since the Unix epoch, UTC.
};

// One event. Never updated.
struct EventRow {
  int64_t seq = 0;          // Set by the store.
  int64_t command_seq = 0;  // First `seq` of the command it belongs to. Set by the store.
  std::string subject;  // `specs/MEDIA-42`, `meetings/2026-12-10-media`, `people/ana`, `policy`.
  int64_t subject_version = 0;  // Grows from event to event of one subject, from 1.
  std::string type;             // `SpecSubmitted`.
  int64_t time_us = 0;          // Commit time. Set by the store.
  std::string actor;            // Person or service id, `system` or `rules`.
  std::string payload;          // Serialised `gavel.v1.Event`, without what the columns hold.
};

// The current state of one subject: the fold of its events. `kind` and `create_seq` never change.
struct EntityRow {
  std::string subject;     // Primary key.
  std::string kind;        // `spec`, `meeting`, `area`, `person`, `policy`.
  std::string area;        // Area id; empty where there is none.
  std::string state;       // Name of its state; empty where there is none.
  int64_t sort_us = 0;     // Meetings: start. Microseconds, UTC. 0: not on a time line.
  int64_t version = 0;     // Number of its events.
  int64_t create_seq = 0;  // `seq` of its first event, from 1. Unique per kind: pages use it.
  int64_t update_seq = 0;  // `seq` of its newest event.
  std::string body;        // Serialised message.
  std::string row_hash;    // SHA-256 of `body`, 32 raw bytes. Set by the store on writing.
};

// A document's bytes, stored once per content.
struct BodyRow {
  std::string content_hash;  // SHA-256 of `bytes`, lower-case hex.
  std::string bytes;
};

// Which spec a file belongs to. (repository, path) is unique.
struct PathRow {
  std::string repository;
  std::string path;
  std::string subject;
};

// What search finds; search_words.h says what a word is.
struct SearchRow {
  std::string subject;
  std::string title;
  std::string text;
};

// The stored answer to one request. (principal, method, request_id) is unique among rows that have
// not expired; writing one that is there already is a misuse. A row expires once `last_commit_us`
// of the log reaches `expires_us`, and is then as good as gone.
struct IdempotencyRow {
  std::string principal;
  std::string method;
  std::string request_id;
  std::string fingerprint;  // SHA-256 of the request without its `request_id`, raw.
  int64_t first_seq = 0;    // First event of the command; 0 where it caused none.
  std::string response;     // Serialised response message.
  int64_t expires_us = 0;
};

// Something that is due later. (subject, kind) is unique.
struct TimerRow {
  std::string subject;
  std::string kind;
  int64_t due_us = 0;
  int64_t generation = 0;  // Grows when the same timer is set again.
};

struct TimerKey {
  std::string subject;
  std::string kind;
};

// One past or present review as a back-test reads it: derived from the log, kept beside it because
// reading a million of them must not mean reading a million documents. `submitted_day` never
// changes.
struct ReviewCaseRow {
  std::string subject;        // Primary key: `specs/MEDIA-42`.
  int32_t submitted_day = 0;  // Days from 1970-01-01 to the first submission, UTC.
  std::string body;           // Serialised `gavel.v1.ReviewCase`.
};

// Everything one command changes. Commands are applied in order, and each one's fields in the order
// below: a timer that is both set and cancelled is cancelled.
struct CommandRows {
  int64_t first_seq = 0;         // Number of its first event; see Store::Commit.
  int64_t time_us = 0;           // Commit time of its events, microseconds, UTC; see Store::Commit.
  std::vector<EventRow> events;  // At most 256.
  std::vector<EntityRow> entities;   // Upserts by subject.
  std::vector<BodyRow> bodies;       // Stored once; an equal hash is skipped.
  std::vector<PathRow> paths;        // Upserts by (repository, path).
  std::vector<SearchRow> searches;   // Upserts by subject.
  std::vector<TimerRow> timers_set;  // Upserts by (subject, kind).
  std::vector<TimerKey> timers_cancelled;
  std::vector<ReviewCaseRow> review_cases;  // Upserts by subject.
  std::optional<IdempotencyRow> idempotency;
};

// One transaction: the commands of one group commit.
struct Group {
  std::vector<CommandRows> commands;
};

}  // namespace gavel::store
