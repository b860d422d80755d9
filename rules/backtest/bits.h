// A set of reviews by position, small enough that a million boxes can be counted.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gavel::rules {

// Sets that are combined must have the same size.
class Bits {
 public:
  explicit Bits(size_t size = 0, bool all = false)
      : size_(size), words_((size + 63) / 64, all ? ~uint64_t{0} : 0) {
    if (all && size % 64 != 0) words_.back() = (uint64_t{1} << size % 64) - 1;
  }

  size_t size() const { return size_; }
  void Set(size_t position) { words_[position / 64] |= uint64_t{1} << position % 64; }
  bool Has(size_t position) const { return (words_[position / 64] >> position % 64 & 1) != 0; }

  Bits& operator&=(const Bits& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  friend Bits operator&(Bits a, const Bits& b) { return a &= b; }
  bool operator==(const Bits&) const = default;

  int64_t Count() const {
    int64_t count = 0;
    for (const uint64_t word : words_) count += std::popcount(word);
    return count;
  }
  // How many are in both.
  int64_t CountWith(const Bits& other) const {
    int64_t count = 0;
    for (size_t i = 0; i < words_.size(); ++i) count += std::popcount(words_[i] & other.words_[i]);
    return count;
  }
  bool IsWithin(const Bits& other) const { return CountWith(other) == Count(); }

 private:
  size_t size_;
  std::vector<uint64_t> words_;
};

}  // namespace gavel::rules
