// Tiers that are not standard and that people keep approving.
#pragma once

#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Enough to ask the catalog's owner; one team's habit is not a standard.
inline constexpr int64_t kPromotionApproved = 10;
inline constexpr int64_t kPromotionTeams = 3;

// Tiers of the catalog that are `allowed` on `day`, with enough approvals of enough teams and no
// blocking concern; most approved first. Only the owner makes a tier standard. O(names in the
// cases).
std::vector<v1::CatalogPromotion> FindPromotions(const Policy& policy, int32_t day,
                                                 const std::vector<v1::ReviewCase>& cases);

}  // namespace gavel::rules
