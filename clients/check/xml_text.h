// Text for XML 1.0, which cannot hold every character.
#pragma once

#include <string>
#include <string_view>

namespace gavel::check {

// `text` without the characters that no XML 1.0 document may hold, not even escaped: control
// characters but tab, LF and CR, and U+FFFE and U+FFFF. Each byte that is not UTF-8 becomes U+FFFD.
// Nothing is escaped: that is the writer's.
std::string XmlText(std::string_view text);

}  // namespace gavel::check
