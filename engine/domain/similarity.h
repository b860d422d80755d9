// How much two texts are alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gavel {

// The words of a text with how often each stands there: ASCII case and punctuation left out, and
// order too, so that moving paragraphs hides nothing. O(bytes) to make.
class WordBag {
 public:
  explicit WordBag(std::string_view text);

  // Words in common, repeats counted, as a share of the longer text: 0 to 100, rounded down; 0
  // where either is empty. Never less than what a diff by words would keep. O(other's words).
  int SimilarPercent(const WordBag& other) const;

 private:
  std::unordered_map<std::string, size_t> counts_;
  size_t size_ = 0;
};

}  // namespace gavel
