// Where the cursor stands in a front matter: which key, or which key's value. The strict reader
// cannot say, because what is being typed is seldom YAML yet; this scan takes whatever there is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/fix/fix.h"

namespace gavel::lsp {

struct YamlPlace {
  enum class Kind {
    kNone,   // A comment, a text of several lines, behind a value.
    kKey,    // A key stands here, or could.
    kValue,  // A value stands here, or could.
  };

  Kind kind = Kind::kNone;
  // kKey: of the mapping, empty for the root. kValue: of the key, `dependencies`, `use`. Items of a
  // list have the path of the list.
  std::vector<std::string> path;
  // What is written around the cursor, quotes included; empty and at the cursor where nothing is.
  rules::TextRange written;
  // kKey: the other keys of the mapping.
  std::vector<std::string> keys;
  bool in_flow = false;    // Between `{` and `}` or `[` and `]`.
  bool has_colon = false;  // kKey: the key is followed by its colon.
};

// The place at byte `cursor` of `yaml`, the lines between the fences. Pure, never fails. O(bytes).
YamlPlace PlaceAt(std::string_view yaml, size_t cursor);

}  // namespace gavel::lsp
