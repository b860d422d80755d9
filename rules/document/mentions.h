// Products of the catalog that the text of a document names.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "rules/document/outline.h"

namespace gavel::rules {

struct Mention {
  std::string product;  // Product id.
  std::string word;     // As the catalog spells the name that was found: `cassandra`.
  int line = 0;         // Of the first occurrence.
};

// Whole words, any case, ids and aliases; look-alike letters count as the letters they look like.
// Code fences do not count, nor do sections on alternatives, non-goals and prior art. Sorted by
// product, each once. O(words).
std::vector<Mention> FindMentions(const v1::Catalog& catalog, const Outline& outline);

}  // namespace gavel::rules
