#include "rules/packed/known_names.h"

#include <limits>

#include "rules/packed/pack.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

Field FieldOfClass(const std::string& product_class) {
  if (product_class == "storage") return Field::kDepsStorage;
  if (product_class == "compute") return Field::kDepsCompute;
  return Field::kDepsOther;
}

KnownName TierOf(const v1::Product& product, const v1::Tier& tier) {
  KnownName name;
  name.product = NameHash(AsciiLower(product.id()));
  name.deprecated = tier.status() == v1::Tier::STATUS_DEPRECATED;
  name.last_day = kNever;
  if (name.deprecated && tier.has_sunset()) name.last_day = DayOf(tier.sunset());
  if (!name.deprecated && tier.has_review_by()) name.last_day = DayOf(tier.review_by());
  name.class_field = FieldOfClass(product.product_class());
  name.price = tier.max_monthly_cents();
  return name;
}

}  // namespace

KnownNames::KnownNames(const Policy& policy, const MembershipList& memberships)
    : words_(memberships.Words()), table_(0, {kStranger, kNever}), product_table_(0, kNoIndex) {
  AddStranger();
  AddTiers(policy.catalog());
  AddOthers(policy.catalog(), memberships);
  table_ = NameTable<Found>(names_.size(), {kStranger, kNever});
  for (size_t i = kStranger + 1; i < names_.size(); ++i)
    table_.Add(NameHash(texts_[i]), {static_cast<uint32_t>(i), names_[i].last_day});
  AddBits(policy.catalog_index(), memberships);
}

void KnownNames::AddStranger() {
  texts_.emplace_back();
  names_.emplace_back().last_day = kNever;
}

void KnownNames::AddTiers(const v1::Catalog& catalog) {
  size_t keys = 0;
  for (const v1::Product& product : catalog.products())
    keys += 1 + static_cast<size_t>(product.aliases_size());
  product_table_ = IndexTable(keys, kNoIndex);
  for (const v1::Product& product : catalog.products()) {
    const auto index = static_cast<uint32_t>(products_.size());
    KnownProduct& known = products_.emplace_back();
    known.class_field = FieldOfClass(product.product_class());
    product_table_.Add(NameHash(AsciiLower(product.id())), index);
    for (const std::string& alias : product.aliases())
      product_table_.Add(NameHash(AsciiLower(alias)), index);
    for (const v1::Tier& tier : product.tiers()) {
      known.tiers.emplace_back(NameHash(tier.id()), static_cast<uint32_t>(names_.size()));
      texts_.push_back(product.id() + "/" + tier.id());
      names_.push_back(TierOf(product, tier));
    }
  }
}

// Regions, and what sets and rules name besides tiers. A name may come twice: the first stays.
void KnownNames::AddOthers(const v1::Catalog& catalog, const MembershipList& memberships) {
  for (const v1::Region& region : catalog.regions()) texts_.push_back(region.id());
  for (const v1::CatalogSet& set : catalog.sets())
    texts_.insert(texts_.end(), set.names().begin(), set.names().end());
  for (const Membership& one : memberships.all())
    texts_.insert(texts_.end(), one.names.begin(), one.names.end());
  KnownName other;
  other.last_day = kNever;
  names_.resize(texts_.size(), other);
}

void KnownNames::AddBits(const CatalogIndex& catalog, const MembershipList& memberships) {
  bits_.assign(2 * names_.size() * words_, 0);
  for (size_t i = kStranger + 1; i < names_.size(); ++i) {
    for (const size_t after : {size_t{0}, size_t{1}}) {
      const int32_t last = names_[i].last_day;
      // Without a change any day will do.
      const v1::Date day = DateOf(last == kNever ? 0 : last + static_cast<int32_t>(after));
      uint64_t* const row = bits_.data() + (2 * i + after) * words_;
      for (size_t bit = 0; bit < memberships.all().size(); ++bit) {
        if (memberships.all()[bit].Contains(texts_[i], catalog, day))
          row[bit / 64] |= uint64_t{1} << bit % 64;
      }
    }
  }
}

KnownNames::Resolved KnownNames::Resolve(uint64_t product, uint64_t tier) const {
  const uint32_t found = product_table_.Find(product);
  if (found == kNoIndex) return {};
  const KnownProduct& known = products_[found];
  Resolved resolved{known.class_field, kStranger};
  for (const auto& [hash, name] : known.tiers) {
    if (hash == tier) resolved.tier = name;
  }
  return resolved;
}

}  // namespace gavel::rules
