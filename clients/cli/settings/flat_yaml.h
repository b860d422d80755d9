// Configuration files: one YAML mapping of keys to texts or lists of texts, read strictly.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace gavel::cli {

struct FlatValue {
  std::string text;                // Empty for a list.
  std::vector<std::string> items;  // Of a list.
  int line = 0;                    // From 1.
};

using FlatYaml = std::map<std::string, FlatValue>;

// Errors: INVALID_ARGUMENT `FILE:LINE: …` for anything but such a mapping; the strict reader of the
// rules refuses duplicate keys, anchors, tags and the like.
absl::StatusOr<FlatYaml> ParseFlatYaml(std::string_view text, const std::string& file);

}  // namespace gavel::cli
