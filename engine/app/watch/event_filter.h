// Which events a watcher wants.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::app {

// Immutable.
class EventFilter {
 public:
  // INVALID_ARGUMENT `FIELD_INVALID`: an empty entry, more than 1,000 entries in a list, or a type
  // that no event has (a misspelt one would match nothing for ever).
  static absl::StatusOr<EventFilter> Compile(const v1::EventFilter& filter);

  // An event matches when every list that is not empty holds its value.
  bool Matches(const v1::Event& event) const;
  // False where no event of this type can match; spares decoding it.
  bool MayMatchType(const std::string& type) const {
    return types_.empty() || types_.contains(type);
  }

  // Equal for filters that select the same way, whatever the order of their lists.
  uint64_t hash() const { return hash_; }

 private:
  std::set<std::string> areas_;
  std::set<std::string> specs_;
  std::set<std::string> types_;
  uint64_t hash_ = 0;
};

}  // namespace gavel::app
