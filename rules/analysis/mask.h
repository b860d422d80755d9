// A set of small integers: the cells of an axis, or the kinds of members of a set.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/container/inlined_vector.h"

namespace gavel::rules {

// Masks that meet in an operation must be of one size.
class Mask {
 public:
  Mask() = default;
  explicit Mask(size_t size) : size_(size), words_((size + 63) / 64, 0) {}
  static Mask All(size_t size) { return Mask(size).Complement(); }

  size_t size() const { return size_; }
  void Add(size_t i) { words_[i / 64] |= uint64_t{1} << (i % 64); }
  bool Has(size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }

  bool IsEmpty() const;
  bool IsAll() const { return Count() == size_; }
  bool Meets(const Mask& other) const;
  bool IsWithin(const Mask& other) const;
  size_t Count() const;
  // The smallest member; nothing in an empty mask.
  std::optional<size_t> First() const;

  // Calls `visit` with each member, smallest first.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t word = 0; word < words_.size(); ++word) {
      for (uint64_t rest = words_[word]; rest != 0; rest &= rest - 1)
        visit(word * 64 + static_cast<size_t>(std::countr_zero(rest)));
    }
  }

  Mask Complement() const;
  Mask And(const Mask& other) const;
  Mask Or(const Mask& other) const;
  Mask Minus(const Mask& other) const;
  bool operator==(const Mask& other) const = default;

 private:
  size_t size_ = 0;
  absl::InlinedVector<uint64_t, 4> words_;
};

}  // namespace gavel::rules
