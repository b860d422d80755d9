// Packed facts as tests read them: by field, merged with the catalog, sets as bits.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/condition/field.h"
#include "rules/packed/known_names.h"
#include "rules/packed/layout.h"
#include "rules/packed/name_table.h"
#include "rules/policy.h"

namespace gavel::rules {

inline constexpr uint32_t BitOf(Field field) { return 1u << static_cast<unsigned>(field); }

// A rank nobody knows: neither inside nor outside of any set of ranks. See MaskTest.
inline constexpr uint32_t kInsideAlways = 1u << 16;
inline constexpr uint32_t kOutsideAlways = 1u << 17;

struct Digest {
  uint32_t known = 0;    // Fields with a value, one bit each.
  uint32_t missing = 0;  // Fields that the author may still supply.
  // By field. Of money: the range it may be in, cents. Of a set: its size, twice.
  std::array<int64_t, kFieldCount> low, high;
  // By field. Of a bool or an ordered enum: the ranks it may have, one bit each.
  std::array<uint32_t, kFieldCount> ranks;
  // By field, `2 * words` each. Of a set: the memberships that any name has, then those that all
  // have. Not owned.
  uint64_t* planes = nullptr;
  bool uncataloged = false;  // A dependency, declared or found, is not in the catalog.
  bool past_sunset = false;
  bool wrong = false;  // A value of the front matter is.
};

// Makes digests for one policy. Immutable.
class Digester {
 public:
  // `names` must outlive it.
  Digester(const Policy& policy, const KnownNames& names);

  // How many words `planes` needs.
  size_t PlaneWords() const { return size_t{kFieldCount} * 2 * names_.words(); }

  // Merges as FactTable does. `planes` is overwritten. O(names in the facts).
  void Read(const v1::PackedFacts& facts, int32_t day, uint64_t* planes, Digest& digest) const;

 private:
  class Reader;

  const KnownNames& names_;
  NameTable system_floors_;  // To the rank of the system's own data class.
  uint32_t highest_floor_ = 0;
  int64_t highest_price_sum_ = 0;
};

}  // namespace gavel::rules
