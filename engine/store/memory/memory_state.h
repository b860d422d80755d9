// Everything the in-memory store knows at one `seq`, and how one command changes it. Plain ordered
// maps: this is the definition that the databases are measured against.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
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
  std::vector<std::shared_ptr<const EventRow>> events;  // events[i] has seq i + 1.
  std::map<std::string, std::shared_ptr<const EntityRow>, std::less<>> entities;
  std::map<std::pair<std::string, int64_t>, std::string> creation_order;  // (kind, create_seq).
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> bodies;
  std::map<std::pair<std::string, std::string>, std::string> paths;  // (repository, path).
  std::map<std::string, std::shared_ptr<const SearchEntry>> searches;
  std::map<std::tuple<std::string, std::string, std::string>, std::shared_ptr<const IdempotencyRow>>
      idempotency;  // (principal, method, request_id).
  std::map<std::pair<std::string, std::string>, TimerRow> timers;  // (subject, kind).
  std::vector<std::shared_ptr<const ReviewCaseRow>> review_cases;  // In order of first writing.
  std::map<std::string, size_t, std::less<>> review_case_of;       // Index by subject.

  // Adds what a numbered command changes. INTERNAL where it breaks the contract of rows.h, which
  // leaves the state half changed: apply to a copy.
  absl::Status Apply(const CommandRows& command);

 private:
  absl::Status PutEntity(const EntityRow& row);
  absl::Status PutIdempotency(const IdempotencyRow& row);
  void PutSearch(const SearchRow& row);
  absl::Status PutReviewCase(const ReviewCaseRow& row);
};

}  // namespace gavel::store
