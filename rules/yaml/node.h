// A YAML document after the strict builder: texts with their places, nothing typed yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

struct YamlEntry;

struct YamlNode {
  enum class Kind { kScalar, kSequence, kMapping };

  Kind kind = Kind::kScalar;
  std::string value;   // Of a scalar: always text; the schema gives it a type.
  bool plain = false;  // Of a scalar: written without quotes, so that `true` may be a bool.
  int line = 0;        // From 1, in the file.
  int column = 0;      // From 1, in code points.
  // Behind its last character; of a block scalar, behind the lines that belong to it.
  int end_line = 0;
  int end_column = 0;
  std::vector<YamlNode> items;     // Of a sequence.
  std::vector<YamlEntry> entries;  // Of a mapping, in file order; keys are unique.

  bool IsScalar() const { return kind == Kind::kScalar; }
  bool IsSequence() const { return kind == Kind::kSequence; }
  bool IsMapping() const { return kind == Kind::kMapping; }
  // Nothing was written: `key:`, `key: ~` or `key: null`.
  bool IsEmpty() const;
  // The value of `key` in a mapping; nullptr where there is none.
  const YamlNode* Find(std::string_view key) const;
};

struct YamlEntry {
  YamlNode key;  // Always a scalar.
  YamlNode value;
};

}  // namespace gavel::rules
