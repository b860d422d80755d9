// Mending a document: what could be written instead, finding by finding, as edits of its bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "rules/text/text_lines.h"

namespace gavel::rules {

class Policy;

// Replaces `length` bytes from `offset` on; an insertion where `length` is 0.
struct TextEdit {
  size_t offset = 0;
  size_t length = 0;
  std::string text;
};

enum class FixKind {
  kSafe,       // Changes no fact and no verdict, or only spells out what was read: `check --fix`.
  kSuggested,  // Somebody has to decide: `did you mean`, a section to fill in. Editors only.
};

struct Fix {
  std::string title;  // Imperative, for a menu: `Change to k8s/standard`.
  FixKind kind = FixKind::kSuggested;
  std::vector<TextEdit> edits;  // By offset; they do not overlap.
};

// What would mend `finding`, best first; empty where nothing can be proposed. `policy` may be null:
// then nothing that needs names of the organisation or the catalog. A pure function; O(bytes).
std::vector<Fix> FixesFor(std::string_view bytes, const v1::Finding& finding, const Policy* policy);

// One fix per dependency that is not on a standard tier on `as_of` and has one that could stand in:
// what a nudge on dependencies proposes. Its edit is inside the `use:` value. O(bytes).
std::vector<Fix> StandardTierFixes(std::string_view bytes, const Policy& policy,
                                   const v1::Date& as_of);

// The bytes that `finding` is about: the key or value in the front matter, the link, else the line
// from the finding's column on; the first line where it has no place. Never empty unless the line
// is.
TextRange RangeOf(std::string_view bytes, const v1::Finding& finding);
// The same for each of `findings`, in their order; reads the document once.
std::vector<TextRange> RangesOf(std::string_view bytes, std::span<const v1::Finding> findings);

// `bytes` with `edits` made. Edits that overlap an earlier one of the list are left out.
std::string ApplyEdits(std::string_view bytes, std::span<const TextEdit> edits);

}  // namespace gavel::rules
