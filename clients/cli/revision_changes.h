// What differs between two revisions of a spec, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace gavel::cli {

struct FieldChange {
  std::string field;   // `cost.monthly_usd`, `dependencies.k8s/standard.for`.
  std::string before;  // Empty where the field is new.
  std::string after;   // Empty where it is gone.
};

// What changed in the front matter, field by field in the order of `after`, then what is gone. An
// item of a list is called by its `use`, else by its number. Empty where a side has no front matter
// that can be read. Pure.
std::vector<FieldChange> FrontMatterChanges(std::string_view before, std::string_view after);

enum class TextDiff { kLines, kWords };

// A line of a diff of the prose, by what happened to it.
struct DiffPart {
  enum class Kind { kPlace, kSame, kRemoved, kAdded };

  Kind kind = Kind::kSame;
  std::string text;       // With kPlace `lines 40-52`, of `after`.
  bool ends_line = true;  // False where the line goes on with the next part (kWords).
};

// The prose of both, without front matter, by `git diff`; empty where it is the same.
//
// Errors: INVALID_ARGUMENT where git cannot be started or the temporary folder cannot be written.
absl::StatusOr<std::vector<DiffPart>> ProseChanges(std::string_view before, std::string_view after,
                                                   TextDiff kind);

}  // namespace gavel::cli
