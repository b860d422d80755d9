#include "rules/analysis/mask.h"

#include <algorithm>
#include <bit>

namespace gavel::rules {

bool Mask::IsEmpty() const {
  return std::all_of(words_.begin(), words_.end(), [](uint64_t word) { return word == 0; });
}

bool Mask::Meets(const Mask& other) const {
  for (size_t i = 0; i < words_.size(); ++i) {
    if ((words_[i] & other.words_[i]) != 0) return true;
  }
  return false;
}

bool Mask::IsWithin(const Mask& other) const {
  for (size_t i = 0; i < words_.size(); ++i) {
    if ((words_[i] & ~other.words_[i]) != 0) return false;
  }
  return true;
}

size_t Mask::Count() const {
  size_t count = 0;
  for (const uint64_t word : words_) count += static_cast<size_t>(std::popcount(word));
  return count;
}

std::optional<size_t> Mask::First() const {
  for (size_t i = 0; i < words_.size(); ++i) {
    if (words_[i] != 0) return i * 64 + static_cast<size_t>(std::countr_zero(words_[i]));
  }
  return std::nullopt;
}

Mask Mask::Complement() const {
  Mask result = *this;
  for (uint64_t& word : result.words_) word = ~word;
  // Bits behind the last member stay zero, so that equal masks have equal words.
  if (size_ % 64 != 0) result.words_.back() &= (uint64_t{1} << (size_ % 64)) - 1;
  return result;
}

Mask Mask::And(const Mask& other) const {
  Mask result = *this;
  for (size_t i = 0; i < words_.size(); ++i) result.words_[i] &= other.words_[i];
  return result;
}

Mask Mask::Or(const Mask& other) const {
  Mask result = *this;
  for (size_t i = 0; i < words_.size(); ++i) result.words_[i] |= other.words_[i];
  return result;
}

Mask Mask::Minus(const Mask& other) const {
  Mask result = *this;
  for (size_t i = 0; i < words_.size(); ++i) result.words_[i] &= ~other.words_[i];
  return result;
}

}  // namespace gavel::rules
