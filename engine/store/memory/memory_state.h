// Everything the in-memory store knows at one `seq`, and how one command changes it. Plain ordered
// maps: this is the definition that the databases are measured against.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/store/rows.h"

namespace gavel::store {

struct SearchEntry {
  std::set<std::string> title_words;
  std::set<std::string> all_words;  // Of title and text.
  int64_t update_seq = 0;           // Head of the log after the command that wrote it.
};

// Large rows are shared between states, so that copying a state copies pointers.
struct MemoryState {
  Head head;
  std::vector<std::shared_ptr<const EventRow>> events;                // events[i] has seq i + 1.
  std::map<std::string, std::vector<size_t>, std::less<>> events_of;  // Indexes by subject.
  std::map<std::string, std::shared_ptr<const EntityRow>, std::less<>> entities;
  std::map<std::pair<std::string, int64_t>, std::string> creation_order;  // (kind, create_seq).
  // (kind, sort_us, subject) of what is on a time line.
  std::set<std::tuple<std::string, int64_t, std::string>> time_line;
  std::map<std::pair<std::string, std::string>, int64_t> counts;  // Entities by (kind, area).
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> bodies;
  std::map<std::pair<std::string, std::string>, std::string> paths;  // (repository, path).
  std::map<std::string, std::shared_ptr<const SearchEntry>> searches;
  std::map<std::tuple<std::string, std::string, std::string>, std::shared_ptr<const IdempotencyRow>>
      idempotency;  // (principal, method, request_id).
  std::map<std::pair<std::string, std::string>, TimerRow> timers;      // (subject, kind).
  std::set<std::tuple<int64_t, std::string, std::string>> timers_due;  // (due_us, subject, kind).
  std::vector<std::shared_ptr<const ReviewCaseRow>> review_cases;      // In order of first writing.
  std::map<std::string, size_t, std::less<>> review_case_of;           // Index by subject.

  // `subject_version` of the newest event of a subject; 0 where it has none.
  int64_t LastVersionOf(std::string_view subject) const;

  // Adds what a numbered command changes. The group it belongs to has passed CheckGroup.
  void Apply(const CommandRows& command);

 private:
  void PutEvent(const EventRow& row);
  void PutEntity(const EntityRow& row);
  void PutSearch(const SearchRow& row);
  void PutTimer(const TimerRow& row);
  void EraseTimer(const TimerKey& key);
  void PutReviewCase(const ReviewCaseRow& row);
};

}  // namespace gavel::store
