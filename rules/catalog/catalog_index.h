// Questions about a catalog: which tier, which status on a day, which set.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"

namespace gavel::rules {

// A product and one of its tiers.
struct TierRef {
  const v1::Product* product = nullptr;
  const v1::Tier* tier = nullptr;
};

// Immutable. Pointers it returns live as long as the catalog given.
class CatalogIndex {
 public:
  // `catalog` must outlive the index.
  explicit CatalogIndex(const v1::Catalog& catalog);
  CatalogIndex(const CatalogIndex&) = delete;
  CatalogIndex& operator=(const CatalogIndex&) = delete;

  // The product of that id or alias, ASCII case ignored; nullptr where there is none.
  const v1::Product* FindProduct(std::string_view id_or_alias) const;
  // The tier `product/tier` (product id, no alias); nothing where there is none.
  std::optional<TierRef> FindTier(std::string_view product, std::string_view tier) const;
  const v1::Region* FindRegion(std::string_view id) const;
  const v1::CatalogSet* FindSet(std::string_view id) const;

  // What counts on `as_of`: a standard tier past its `review_by` is only allowed.
  static v1::Tier::Status StatusOn(const v1::Tier& tier, const v1::Date& as_of);
  // True where a deprecated tier's last day has passed.
  static bool PastSunset(const v1::Tier& tier, const v1::Date& as_of);

  // Whether a `product/tier` or a region belongs to `set` on `as_of`. Unknown names never do.
  bool Contains(const v1::CatalogSet& set, std::string_view name, const v1::Date& as_of) const;
  // How many names belong to `set` on `as_of`.
  int Size(const v1::CatalogSet& set, const v1::Date& as_of) const;

  // Sum of every tier's `max_monthly_cents`: what unknown dependencies may cost at most. Nothing on
  // overflow.
  std::optional<int64_t> TotalPriceCents() const { return total_price_cents_; }

  // `product/tier` of every tier, sorted.
  const std::vector<std::string>& TierNames() const { return tier_names_; }

 private:
  std::map<std::string, const v1::Product*, std::less<>> products_;  // By id and by alias.
  std::map<std::string, const v1::Region*, std::less<>> regions_;
  std::map<std::string, const v1::CatalogSet*, std::less<>> sets_;
  std::map<std::string, TierRef, std::less<>> tiers_;  // By `product/tier`.
  std::vector<std::string> tier_names_;
  std::optional<int64_t> total_price_cents_;
};

}  // namespace gavel::rules
