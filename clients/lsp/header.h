// The front matter as a part of the text, closed or not: it is edited before it is whole.
#pragma once

#include <optional>
#include <string_view>

#include "rules/fix/fix.h"

namespace gavel::lsp {

struct Header {
  std::string_view yaml;  // Between the fences.
  size_t begin = 0;       // Of `yaml` in the text.

  bool Contains(size_t offset) const { return offset >= begin && offset <= begin + yaml.size(); }
};

// Nothing where the text does not begin with a fence. A block that never closes ends with the text.
std::optional<Header> HeaderOf(std::string_view text);

}  // namespace gavel::lsp
