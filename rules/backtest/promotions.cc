#include "rules/backtest/promotions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

struct Use {
  std::string tier;
  int64_t approved = 0;
  int64_t blocked = 0;
  std::set<uint64_t> teams;
};

// By hash of `product/tier`.
std::unordered_map<uint64_t, Use> AllowedTiers(const Policy& policy, int32_t day) {
  std::unordered_map<uint64_t, Use> tiers;
  for (const v1::Product& product : policy.catalog().products()) {
    for (const v1::Tier& tier : product.tiers()) {
      if (CatalogIndex::StatusOn(tier, DateOf(day)) != v1::Tier::STATUS_ALLOWED) continue;
      const std::string name = fmt::format("{}/{}", product.id(), tier.id());
      tiers[NameHash(name)].tier = name;
    }
  }
  return tiers;
}

bool WasBlocked(const v1::ReviewCase& review) {
  return std::any_of(review.harms().begin(), review.harms().end(), [](int harm) {
    return harm == v1::ReviewCase::HARM_BLOCKING_CONCERN ||
           harm == v1::ReviewCase::HARM_WITHDRAWN_UNDER_CONCERN;
  });
}

v1::CatalogPromotion Describe(const Use& use) {
  v1::CatalogPromotion promotion;
  promotion.set_tier(use.tier);
  promotion.set_approved(use.approved);
  promotion.set_teams(static_cast<int64_t>(use.teams.size()));
  promotion.set_blocked(use.blocked);
  promotion.set_text(
      fmt::format("`{}` appeared in {} approved specs of {} teams, {} blocking concerns: make it "
                  "standard?",
                  use.tier, use.approved, use.teams.size(), use.blocked));
  return promotion;
}

}  // namespace

std::vector<v1::CatalogPromotion> FindPromotions(const Policy& policy, int32_t day,
                                                 const std::vector<v1::ReviewCase>& cases) {
  std::unordered_map<uint64_t, Use> tiers = AllowedTiers(policy, day);
  for (const v1::ReviewCase& review : cases) {
    for (const uint64_t dependency : review.facts().dependencies()) {
      const auto found = tiers.find(dependency);
      if (found == tiers.end()) continue;
      Use& use = found->second;
      if (WasBlocked(review)) ++use.blocked;
      if (review.ending() != v1::ReviewCase::ENDING_APPROVED) continue;
      ++use.approved;
      use.teams.insert(review.team());
    }
  }
  std::vector<v1::CatalogPromotion> promotions;
  for (const auto& [hash, use] : tiers) {
    const bool enough = use.approved >= kPromotionApproved &&
                        static_cast<int64_t>(use.teams.size()) >= kPromotionTeams;
    if (enough && use.blocked == 0) promotions.push_back(Describe(use));
  }
  std::sort(promotions.begin(), promotions.end(), [](const auto& a, const auto& b) {
    return a.approved() != b.approved() ? a.approved() > b.approved() : a.tier() < b.tier();
  });
  return promotions;
}

}  // namespace gavel::rules
