// A point-in-time reading of the store. Every list is complete and ordered; pages are keyset, so an
// item that exists throughout is returned exactly once. Text compares byte by byte everywhere: case
// and accents matter, and nothing is normalised.
//
// Errors of every function: DATA_LOSS (`STORE_CORRUPT`) when stored bytes do not match their hash;
// UNAVAILABLE (`STORE_UNAVAILABLE`) when the database cannot be read, or when one query burns more
// than its budget of processor time; INTERNAL when `limit` is not in 1 to 10,000 (our bug).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/store/rows.h"

namespace gavel::store {

// Selects entities of one kind, oldest first by `create_seq`.
struct EntityQuery {
  std::string kind;
  std::string area;                 // Empty: every area.
  std::vector<std::string> states;  // Empty: every state.
  int64_t after_create_seq = 0;     // Keyset cursor.
  int limit = 1000;                 // 1 to 1,000.
};

class View {
 public:
  virtual ~View() = default;

  virtual const Head& head() const = 0;

  // The entity, or nothing. O(log n).
  virtual absl::StatusOr<std::optional<EntityRow>> Entity(std::string_view subject) const = 0;
  virtual absl::StatusOr<std::vector<EntityRow>> Entities(const EntityQuery& query) const = 0;
  // Entities of `kind` in `area` (empty: all) with from_us <= sort_us < to_us, by (sort_us,
  // subject). Entities that are not on a time line (`sort_us` 0) are never among them.
  virtual absl::StatusOr<std::vector<EntityRow>> EntitiesBetween(std::string_view kind,
                                                                 std::string_view area,
                                                                 int64_t from_us, int64_t to_us,
                                                                 int limit) const = 0;
  // How many entities of `kind` exist in `area` (empty: all). O(areas), whatever their number.
  virtual absl::StatusOr<int64_t> CountEntities(std::string_view kind,
                                                std::string_view area) const = 0;

  // Events with seq > after_seq in log order, at most `limit`.
  virtual absl::StatusOr<std::vector<EventRow>> EventsAfter(int64_t after_seq, int limit) const = 0;
  // The same for one subject; `type` empty: every type.
  virtual absl::StatusOr<std::vector<EventRow>> EventsOf(std::string_view subject,
                                                         std::string_view type, int64_t after_seq,
                                                         int limit) const = 0;

  // The bytes, or nothing.
  virtual absl::StatusOr<std::optional<std::string>> Body(std::string_view content_hash) const = 0;
  // The subject registered for a file, or nothing.
  virtual absl::StatusOr<std::optional<std::string>> SubjectAt(std::string_view repository,
                                                               std::string_view path) const = 0;
  // Subjects whose title and text together hold every word of `words`, as search_words.h defines
  // words: whole and case-insensitive in ASCII. Those whose title alone holds them all come first,
  // then the most recently written search entry first, then by subject. Empty `words` find nothing.
  // INVALID_ARGUMENT (`FIELD_INVALID`) where one of `words` is not exactly one word.
  virtual absl::StatusOr<std::vector<std::string>> Search(const std::vector<std::string>& words,
                                                          int limit) const = 0;

  // The stored answer, or nothing when there is none or it has expired at `head().last_commit_us`.
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

  // The review case of one subject, or nothing. O(log n).
  virtual absl::StatusOr<std::optional<ReviewCaseRow>> ReviewCase(
      std::string_view subject) const = 0;
  // Calls `visit` with the body of every review case submitted from `since_day` to `until_day`,
  // both included, in the order in which they were first written. The bytes live for the call. An
  // error of `visit` ends the scan and is returned. Meant for millions: bodies carry no hash, so
  // `visit` has to notice one that does not parse; it must not block, nor scan again.
  using VisitCase = absl::FunctionRef<absl::Status(std::string_view body)>;
  virtual absl::Status ScanReviewCases(int32_t since_day, int32_t until_day,
                                       VisitCase visit) const = 0;
};

}  // namespace gavel::store
