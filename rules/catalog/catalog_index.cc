#include "rules/catalog/catalog_index.h"

#include <algorithm>

#include "rules/date.h"
#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

template <typename Map>
auto FindOrNull(const Map& map, std::string_view key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

std::string FullName(std::string_view product, std::string_view tier) {
  return std::string(product) + "/" + std::string(tier);
}

}  // namespace

CatalogIndex::CatalogIndex(const v1::Catalog& catalog) : total_price_cents_(0) {
  for (const v1::Product& product : catalog.products()) {
    products_.emplace(AsciiLower(product.id()), &product);
    for (const std::string& alias : product.aliases())
      products_.emplace(AsciiLower(alias), &product);
    for (const v1::Tier& tier : product.tiers()) {
      const std::string name = FullName(product.id(), tier.id());
      tiers_.emplace(name, TierRef{&product, &tier});
      tier_names_.push_back(name);
      if (total_price_cents_) {
        total_price_cents_ = CheckedAdd(*total_price_cents_, tier.max_monthly_cents());
      }
    }
  }
  std::sort(tier_names_.begin(), tier_names_.end());
  for (const v1::Region& region : catalog.regions()) regions_.emplace(region.id(), &region);
  for (const v1::CatalogSet& set : catalog.sets()) sets_.emplace(set.id(), &set);
}

const v1::Product* CatalogIndex::FindProduct(std::string_view id_or_alias) const {
  return FindOrNull(products_, AsciiLower(id_or_alias));
}

std::optional<TierRef> CatalogIndex::FindTier(std::string_view product,
                                              std::string_view tier) const {
  const auto found = tiers_.find(FullName(product, tier));
  if (found == tiers_.end()) return std::nullopt;
  return found->second;
}

const v1::Region* CatalogIndex::FindRegion(std::string_view id) const {
  return FindOrNull(regions_, id);
}
const v1::CatalogSet* CatalogIndex::FindSet(std::string_view id) const {
  return FindOrNull(sets_, id);
}

v1::Tier::Status CatalogIndex::StatusOn(const v1::Tier& tier, const v1::Date& as_of) {
  const bool lapsed = tier.has_review_by() && CompareDates(as_of, tier.review_by()) > 0;
  return tier.status() == v1::Tier::STATUS_STANDARD && lapsed ? v1::Tier::STATUS_ALLOWED
                                                              : tier.status();
}

bool CatalogIndex::PastSunset(const v1::Tier& tier, const v1::Date& as_of) {
  return tier.status() == v1::Tier::STATUS_DEPRECATED && tier.has_sunset() &&
         CompareDates(as_of, tier.sunset()) > 0;
}

bool CatalogIndex::Contains(const v1::CatalogSet& set, std::string_view name,
                            const v1::Date& as_of) const {
  if (set.of_regions()) {
    const v1::Region* const region = FindRegion(name);
    if (region != nullptr && !set.group().empty() && region->group() == set.group()) return true;
  } else if (const auto tier = tiers_.find(name); tier != tiers_.end()) {
    const TierRef& ref = tier->second;
    const bool status =
        set.status() != v1::Tier::STATUS_UNSPECIFIED && StatusOn(*ref.tier, as_of) == set.status();
    const bool class_fits =
        set.product_class().empty() || ref.product->product_class() == set.product_class();
    if (status && class_fits) return true;
  }
  return std::find(set.names().begin(), set.names().end(), name) != set.names().end();
}

int CatalogIndex::Size(const v1::CatalogSet& set, const v1::Date& as_of) const {
  int size = 0;
  if (set.of_regions()) {
    for (const auto& [id, region] : regions_) size += Contains(set, id, as_of) ? 1 : 0;
  } else {
    for (const std::string& name : tier_names_) size += Contains(set, name, as_of) ? 1 : 0;
  }
  return size;
}

}  // namespace gavel::rules
