// From a name's hash to what is known of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gavel::rules {

// Open addressing without a hash function: the keys are hashes already. Never 0, which marks a free
// slot. At most a quarter full, so that almost every look-up ends at its first slot, found or not.
template <typename Value>
class NameTable {
 public:
  // Room for `count` names. `none` is what Find says of any other.
  NameTable(size_t count, Value none) {
    size_t slots = 4;
    while (slots < 4 * count) slots *= 2;
    slots_.resize(slots, {0, none});
    mask_ = slots - 1;
  }

  // Keeps what stands there already.
  void Add(uint64_t key, Value value) {
    size_t at = key & mask_;
    while (slots_[at].key != 0) {
      if (slots_[at].key == key) return;
      at = (at + 1) & mask_;
    }
    slots_[at] = {key, value};
  }

  // The value of that name. O(1).
  const Value& Find(uint64_t key) const {
    for (size_t at = key & mask_;; at = (at + 1) & mask_) {
      // One branch, as a free slot holds `none`: which names are known is hard to predict.
      const Slot& slot = slots_[at];
      if ((slot.key == key) | (slot.key == 0)) return slot.value;
    }
  }

 private:
  struct Slot {
    uint64_t key;
    Value value;
  };
  std::vector<Slot> slots_;
  size_t mask_;
};

// A table of places in a list, and "none of them".
using IndexTable = NameTable<uint32_t>;
inline constexpr uint32_t kNoIndex = ~uint32_t{0};

}  // namespace gavel::rules
