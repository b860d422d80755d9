// From a name's hash to a small number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gavel::rules {

// Open addressing without a hash function: the keys are hashes already. Never 0, which marks a free
// slot.
class NameTable {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  NameTable() : NameTable(0) {}
  // Room for `count` names.
  explicit NameTable(size_t count) {
    size_t slots = 2;
    while (slots < 2 * count + 1) slots *= 2;
    slots_.resize(slots);
  }

  // Keeps what stands there already.
  void Add(uint64_t key, uint32_t value) {
    size_t at = key & (slots_.size() - 1);
    while (slots_[at].key != 0) {
      if (slots_[at].key == key) return;
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = {key, value};
  }

  // kNone where there is no such name. O(1).
  uint32_t Find(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    for (size_t at = key & mask;; at = (at + 1) & mask) {
      if (slots_[at].key == key) return slots_[at].value;
      if (slots_[at].key == 0) return kNone;
    }
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = kNone;
  };
  std::vector<Slot> slots_;
};

}  // namespace gavel::rules
