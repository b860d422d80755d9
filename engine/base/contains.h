// Is a name in a list? For the short lists of messages: people, areas, ids.
#pragma once

#include <algorithm>
#include <string_view>

namespace gavel {

// O(range).
template <typename Range>
bool Contains(const Range& range, std::string_view value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

}  // namespace gavel
