#include "engine/domain/similarity.h"

#include <algorithm>

namespace gavel {
namespace {

// Bytes of other scripts count as letters.
bool IsWordByte(unsigned char c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

WordBag::WordBag(std::string_view text) {
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    ++counts_[word];
    ++size_;
    word.clear();
  };
  for (const char c : text) {
    if (IsWordByte(static_cast<unsigned char>(c))) {
      word.push_back(Lower(c));
    } else {
      end_word();
    }
  }
  end_word();
}

int WordBag::SimilarPercent(const WordBag& other) const {
  const size_t longer = std::max(size_, other.size_);
  if (longer == 0) return 0;
  size_t common = 0;
  for (const auto& [word, count] : other.counts_) {
    const auto found = counts_.find(word);
    if (found != counts_.end()) common += std::min(found->second, count);
  }
  return static_cast<int>(100 * common / longer);
}

}  // namespace gavel
