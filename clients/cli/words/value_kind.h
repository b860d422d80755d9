// What the words that stand for values in help mean: `--area AREA` takes an area, `--format
// md|html` one of two words. Help and man page show the word, completion offers what it stands for,
// so the three cannot disagree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/command.h"

namespace gavel::cli {

enum class ValueKind {
  kText,      // Anything; nothing to offer.
  kArea,      // `media`
  kCode,      // `GV204`
  kConcern,   // The name of an open concern of the spec that the line names.
  kFile,      // Any file.
  kFolder,    // A folder.
  kMeeting,   // `2026-12-10-media`, `next`
  kPerson,    // `ana`
  kPolicy,    // The hash of a version that was in force.
  kRule,      // `auto/standard-tiers`
  kSpec,      // `MEDIA-42`
  kSpecFile,  // A Markdown file.
  kState,     // `approved`
};

struct ValueMeaning {
  std::vector<std::string> words;  // Of `md|html`.
  std::vector<ValueKind> kinds;    // Of `FOLDER|HASH`; a word may have several.
  bool list = false;               // `STATE,…`: values with commas between them.
};

// The meaning of `FOLDER|HASH`, `md|html`, `STATE,…`. A part in capitals that is not in the
// vocabulary stands for any text.
ValueMeaning MeaningOf(std::string_view value);

// What a positional takes: its `value`, else its name.
std::string ValueOf(const Positional& positional);

// Whether every part in capitals is in the vocabulary.
bool IsKnownValue(std::string_view value);

}  // namespace gavel::cli
