// Which specs a text names.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gavel {

// The spec keys that `text` names, `MEDIA-42`: an area's prefix, a dash and a number without
// leading zeros, not within a longer word. Sorted, unique, at most 50 (a list of everything cites
// nothing). O(text).
std::vector<std::string> CitedKeys(std::string_view text, std::span<const std::string> prefixes);

}  // namespace gavel
