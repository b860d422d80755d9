// What a reader of the rendered document sees of one line, and what nobody but a reader sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/document/outline.h"

namespace gavel::rules {

// The line without URLs, tags and emphasis, character references decoded. Markup inside a word may
// part it (`Kafka<br>Redis`) or not (`Kaf<b>ka</b>`): then both readings are returned, the one with
// spaces first.
std::vector<std::string> VisibleReadings(std::string_view line);

// The first line with something that only eyes read: an image, raw HTML, a long encoded block. 0
// where there is none. O(bytes).
int FirstUnreadLine(const Outline& outline);

}  // namespace gavel::rules
