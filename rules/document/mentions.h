// Products of the catalog that the text of a document names.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/facts.pb.h"
#include "rules/document/outline.h"

namespace gavel::rules {

struct Mention {
  std::string product;  // Product id.
  std::string word;     // As the catalog spells the name that was found: `cassandra`.
  int line = 0;         // Of the first occurrence.
};

// A word that is not what it looks like.
struct Disguise {
  std::string word;  // As it stands in the text.
  int line = 0;
};

struct Mentions {
  std::vector<Mention> products;    // Sorted by product, each once.
  std::vector<Disguise> disguises;  // In file order, each word once, at most kMaxDisguises.
};
inline constexpr size_t kMaxDisguises = 20;

// Whole words, any case, ids and aliases. A word also counts as the one it looks like (NFKC and
// Unicode's confusables, invisible characters dropped); ASCII words only from four letters on:
// people who write M1 do not mean `ml`. Code fences do not count, nor do sections on alternatives,
// non-goals and prior art.
//
// Disguised are words that count only by their looks, words with invisible characters between Latin
// letters, and words that mix Latin letters with those of another script that look the same.
// O(bytes).
Mentions FindMentions(const v1::Catalog& catalog, const Outline& outline);

// GV223 about `mention`. Its words name it, so that what mends it can tell which.
v1::Finding MentionFinding(const Mention& mention);

}  // namespace gavel::rules
