// The strict YAML reader, on libyaml's events. Front matter and policy files go through it, so that
// no two readers ever see two documents in the same bytes.
//
// Refused, each with its own code: more than one document, anchors, aliases, tags, directives,
// merge keys, duplicate keys, keys that are not text, characters nobody can see in keys,
// bidirectional controls and foreign line breaks anywhere, and anything over the limits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/yaml/node.h"

namespace gavel::rules {

struct YamlLimits {
  size_t max_bytes = 64 * 1024;
  int max_depth = 16;  // The root is at depth 1.
  int max_events = 4096;
};

struct YamlProblem {
  std::string code;  // `GV011`.
  int line = 0;      // From 1, in the file.
  int column = 0;    // From 1, in code points.
  std::string message;
};

struct YamlResult {
  YamlNode root;                      // Meaningful only without problems.
  std::vector<YamlProblem> problems;  // In file order; reading stops after a few.

  bool ok() const { return problems.empty(); }
};

// Reads `text`, which starts at `first_line` of its file. An empty document is an empty scalar.
// `text` must be UTF-8. O(bytes), and never deeper than the limit.
YamlResult ParseStrictYaml(std::string_view text, const YamlLimits& limits, int first_line = 1);

}  // namespace gavel::rules
