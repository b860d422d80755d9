// Person ids as small numbers: what health counts by, and never says.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/domain/health/life.h"

namespace gavel::health {

class People {
 public:
  // -1 for an id that was never seen. O(log people).
  PersonNumber Find(std::string_view id) const {
    const auto found = numbers_.find(id);
    return found == numbers_.end() ? -1 : found->second;
  }

  // The same number for the same id, always. O(log people).
  PersonNumber NumberOf(std::string_view id) {
    const auto found = numbers_.find(id);
    if (found != numbers_.end()) return found->second;
    const auto number = static_cast<PersonNumber>(numbers_.size());
    numbers_.emplace(std::string(id), number);
    return number;
  }

 private:
  std::map<std::string, PersonNumber, std::less<>> numbers_;
};

}  // namespace gavel::health
