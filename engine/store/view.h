// A point-in-time reading of the store. Every list is complete and ordered; pages are keyset, so an
// item that exists throughout is returned exactly once. All errors: DATA_LOSS (`STORE_CORRUPT`) when
// a row's hash does not match its body; UNAVAILABLE when the database cannot be read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store/rows.h"

namespace gavel::store {

// Selects entities of one kind, oldest first by `create_seq`.
struct EntityQuery {
  std::string kind;
  std::string area;                  // Empty: every area.
  std::vector<std::string> states;   // Empty: every state.
  int64_t after_create_seq = 0;      // Keyset cursor.
  int limit = 1000;                  // 1 to 1000.
};

class View {
 public:
  virtual ~View() = default;

  virtual const Head& head() const = 0;

  // The entity, or nothing. O(log n).
  virtual absl::StatusOr<std::optional<EntityRow>> Entity(std::string_view subject) const = 0;
  virtual absl::StatusOr<std::vector<EntityRow>> Entities(const EntityQuery& query) const = 0;
  // Entities of `kind` in `area` (empty: all) with from_us <= sort_us < to_us, by (sort_us, subject).
  virtual absl::StatusOr<std::vector<EntityRow>> EntitiesBetween(std::string_view kind,
                                                                 std::string_view area,
                                                                 int64_t from_us, int64_t to_us,
                                                                 int limit) const = 0;
  // How many entities of `kind` exist in `area` (empty: all).
  virtual absl::StatusOr<int64_t> CountEntities(std::string_view kind,
                                                std::string_view area) const = 0;

  // Events with seq > after_seq in log order, at most `limit` (1 to 10,000).
  virtual absl::StatusOr<std::vector<EventRow>> EventsAfter(int64_t after_seq, int limit) const = 0;
  // The same for one subject; `type` empty: every type.
  virtual absl::StatusOr<std::vector<EventRow>> EventsOf(std::string_view subject,
                                                         std::string_view type, int64_t after_seq,
                                                         int limit) const = 0;

  // The bytes, or nothing.
  virtual absl::StatusOr<std::optional<std::string>> Body(std::string_view content_hash) const = 0;
  // The subject registered for a file, or nothing. Compares bytes: case and accents matter.
  virtual absl::StatusOr<std::optional<std::string>> SubjectAt(std::string_view repository,
                                                               std::string_view path) const = 0;
  // Subjects whose title or text holds every word of `words` (whole words, case-insensitive in
  // ASCII). Title hits first, then newest `update_seq` of the search entry first. Empty `words`
  // find nothing. `words` hold letters and digits only; anything else in one is INVALID_ARGUMENT.
  virtual absl::StatusOr<std::vector<std::string>> Search(const std::vector<std::string>& words,
                                                          int limit) const = 0;

  virtual absl::StatusOr<std::optional<IdempotencyRow>> Idempotency(
      std::string_view principal, std::string_view method, std::string_view request_id) const = 0;

  // Timers due at or before `now_us`, by (due_us, subject, kind), at most `limit`. A timer stays
  // until a committed command cancels or moves it, so a caller that dies in between loses nothing.
  virtual absl::StatusOr<std::vector<TimerRow>> DueTimers(int64_t now_us, int limit) const = 0;
  // The timers of one subject, by kind.
  virtual absl::StatusOr<std::vector<TimerRow>> TimersOf(std::string_view subject) const = 0;
  // The earliest due time of all timers, or nothing.
  virtual absl::StatusOr<std::optional<int64_t>> NextTimer() const = 0;
  virtual absl::StatusOr<int64_t> CountTimers() const = 0;
};

}  // namespace gavel::store
