// Where facts stand in `v1::PackedFacts`. Stored: positions never change, new ones go to the end.
#pragma once

#include <cstdint>

namespace gavel::rules {

// Two bits each of `statuses`.
enum class PackedFact : uint8_t {
  kCategory,
  kSystem,
  kDependencies,
  kClassification,
  kPersonal,
  kRegions,
  kMonthlyCost,
  kReversible,
  kBlastRadius,
  kSections,
  kCoverage,
  kUndeclared,
  kMentions,
  kSystemCost,
};
inline constexpr int kPackedFactCount = static_cast<int>(PackedFact::kSystemCost) + 1;

enum class PackedStatus : uint8_t { kMissing = 0, kKnown = 1, kUnknown = 2, kWrong = 3 };

// Bits of `flags`.
enum PackedFlag : uint32_t {
  kPersonalFlag = 1u << 0,
  kReversibleFlag = 1u << 1,
  kForeignFlag = 1u << 2,
  // The mode that the author asks for: two bits, a v1::ReviewMode.
  kWantsLowBit = 1u << 3,
  kWantsHighBit = 1u << 4,
  // Circumstances of the submission.
  kFactsUnknownFlag = 1u << 5,  // Missing facts count as stated unknown.
  kFindingWrongFlag = 1u << 6,  // A finding says that a value is wrong.
  kRecentRejectionFlag = 1u << 7,
  kSupersedesPeopleFlag = 1u << 8,
  kTooManyAutoFlag = 1u << 9,
  kChangesPolicyFlag = 1u << 10,
  kSnapshotStaleFlag = 1u << 11,
};
inline constexpr int kWantsShift = 3;

// Four bits each of `ranks`. A value that is no value of the enum is packed as its size.
inline constexpr int kClassificationShift = 0;
inline constexpr int kBlastRadiusShift = 4;
inline constexpr int kCoverageShift = 8;

inline PackedStatus StatusOf(uint32_t statuses, PackedFact fact) {
  return static_cast<PackedStatus>(statuses >> (2 * static_cast<unsigned>(fact)) & 3u);
}

}  // namespace gavel::rules
