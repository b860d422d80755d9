// What an automatic approval covers, and whether what is being built stays inside.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/spec.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Days that an envelope holds from its approval on.
inline constexpr int kEnvelopeDays = 180;

// The envelope of an approval of `facts` on `approved`: its dependencies, its cost at the high end
// (the catalog's prices where they are higher), its data class, its regions. What was unknown at
// the approval sets no limit: the rule that approved did not ask for it.
v1::Envelope EnvelopeOf(const v1::Facts& facts, const Policy& policy, const v1::Date& approved);

struct EnvelopeResult {
  // What is outside, and what decides but cannot be told: by field, then by what was found.
  std::vector<v1::EnvelopeBreach> breaches;
  // What cannot be told and does not decide, such as names and ARNs. Sorted, at most 50.
  std::vector<std::string> warnings;

  bool inside() const { return breaches.empty(); }
};

// Compares evidence with an envelope on the day `today`:
//
//   allowed         every product and tier found is listed; a tier that cannot be told, a type that
//                   the catalog does not map and a file that cannot be read are breaches
//   cost_ceiling    the highest catalog prices of the tiers found, each tier once, stay below it
//   classification  no file and no system that a file belongs to has a higher data class
//   regions         every region that a provider or a mapped resource names is listed
//   expires         `today` is not later
//
// Without evidence only the last is compared. Pure and total; O(bytes + resources x mappings).
EnvelopeResult CheckEnvelope(const v1::Envelope& envelope, const Policy& policy,
                             std::span<const v1::Evidence> evidence, const v1::Date& today);

}  // namespace gavel::rules
