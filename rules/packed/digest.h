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

// The low one of a fact's two bits in `PackedFacts.statuses`.
constexpr uint32_t StatusBit(PackedFact fact) { return 1u << (2 * static_cast<unsigned>(fact)); }

// All of them; and one beyond them for the title, which is no packed fact.
inline constexpr uint32_t kTitleBit = 1u << (2 * kPackedFactCount);
inline constexpr uint32_t kAllFacts = 0x55555555u & (kTitleBit - 1);

// The bit of the fact that a field is read from.
constexpr uint32_t FactBit(Field field) {
  switch (field) {
    case Field::kSpecTitle:
      return kTitleBit;
    case Field::kSpecCategory:
      return StatusBit(PackedFact::kCategory);
    case Field::kDepsAll:
    case Field::kDepsStorage:
    case Field::kDepsCompute:
    case Field::kDepsOther:
      return StatusBit(PackedFact::kDependencies);
    case Field::kDataClassification:
      return StatusBit(PackedFact::kClassification);
    case Field::kDataPersonal:
      return StatusBit(PackedFact::kPersonal);
    case Field::kRegions:
      return StatusBit(PackedFact::kRegions);
    case Field::kCostMonthlyUsd:
      return StatusBit(PackedFact::kMonthlyCost);
    case Field::kChangeReversible:
      return StatusBit(PackedFact::kReversible);
    case Field::kChangeBlastRadius:
      return StatusBit(PackedFact::kBlastRadius);
    case Field::kSections:
      return StatusBit(PackedFact::kSections);
    case Field::kDetectCoverage:
      return StatusBit(PackedFact::kCoverage);
    case Field::kDetectUndeclared:
      return StatusBit(PackedFact::kUndeclared);
    case Field::kMentionsUndeclared:
      return StatusBit(PackedFact::kMentions);
    case Field::kHistorySystemCost90dUsd:
      return StatusBit(PackedFact::kSystemCost);
  }
  return 0;
}

// A rank nobody knows: neither inside nor outside of any set of ranks. See ConditionPlan.
inline constexpr uint32_t kInsideAlways = 1u << 16;
inline constexpr uint32_t kOutsideAlways = 1u << 17;

inline constexpr size_t kPlanes = 3;

// Only what belongs to a known field means anything; the rest is left over from another spec.
struct Digest {
  uint32_t known = 0;    // FactBits of what has a value.
  uint32_t missing = 0;  // FactBits of what the author may still supply.
  // By field. Of money: the range it may be in, cents. Of a set: its size, twice.
  std::array<int64_t, kFieldCount> low{}, high{};
  // By field. Of a bool or an ordered enum: the ranks it may have, one bit each.
  std::array<uint32_t, kFieldCount> ranks{};
  // By field, kPlanes times `words` each. Of a set: the memberships that any name has, those that
  // all have, and the latter once more, but none where the set is empty.
  std::vector<uint64_t> planes;
  bool uncataloged = false;  // A dependency, declared or found, is not in the catalog.
  bool past_sunset = false;
  bool wrong = false;  // A value of the front matter is.
};

// Makes digests for one policy. Immutable.
class Digester {
 public:
  // `names` must outlive it.
  Digester(const Policy& policy, const KnownNames& names);

  // Merges as FactTable does. Allocates for the first digest only. O(names in the facts).
  void Read(const v1::PackedFacts& facts, int32_t day, Digest& digest) const;

 private:
  // Almost every policy needs one word of memberships, and then no loops over words.
  template <bool kOneWord>
  class Reader;

  const KnownNames& names_;
  IndexTable system_floors_;  // To the rank of the system's own data class.
  uint32_t highest_floor_ = 0;
  int64_t highest_price_sum_ = 0;
};

}  // namespace gavel::rules
