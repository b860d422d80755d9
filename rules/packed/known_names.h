// Every name that a policy knows, by its hash, with all that an evaluation asks about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/condition/field.h"
#include "rules/packed/membership.h"
#include "rules/packed/name_table.h"
#include "rules/policy.h"

namespace gavel::rules {

// A tier, a region, or another name that a rule or a set mentions; or the stranger, who stands for
// all names that the policy does not know. A tier changes at most once: the day after its review
// date or after its sunset.
struct KnownName {
  uint64_t product = 0;     // Of a tier: hash of its product; else 0.
  int32_t last_day = 0;     // Last day before it changes.
  bool deprecated = false;  // The change is a sunset.
  Field class_field = Field::kDepsOther;
  int64_t price = 0;  // Cents a month; 0 where the catalog gives none.
};

class KnownNames {
 public:
  KnownNames(const Policy& policy, const MembershipList& memberships);

  static constexpr uint32_t kStranger = 0;

  // A name as an index, and its last day before it changes.
  struct Found {
    uint32_t name;
    int32_t last_day;
  };
  Found Find(uint64_t hash) const { return table_.Find(hash); }
  const KnownName& operator[](uint32_t name) const { return names_[name]; }

  // The memberships of a name on a day, one bit each in `words()` words. A stranger has none.
  const uint64_t* Bits(Found found, int32_t day) const {
    const size_t row = 2 * size_t{found.name} + (day > found.last_day ? 1 : 0);
    return bits_.data() + row * words_;
  }
  // The same where one word holds them all.
  uint64_t Word(Found found, int32_t day) const {
    return bits_[2 * size_t{found.name} + (day > found.last_day ? 1 : 0)];
  }
  size_t words() const { return words_; }

  // Slow path, for what `Find` does not know as that product's tier: an alias, another case, or no
  // such tier. Where the product is unknown, `class_field` is what counts for strangers.
  struct Resolved {
    Field class_field = Field::kDepsOther;
    uint32_t tier = kStranger;
  };
  Resolved Resolve(uint64_t product, uint64_t tier) const;

 private:
  struct KnownProduct {
    Field class_field;
    std::vector<std::pair<uint64_t, uint32_t>> tiers;  // Hash of the tier alone, name.
  };

  void AddStranger();
  void AddTiers(const v1::Catalog& catalog);
  void AddOthers(const v1::Catalog& catalog, const MembershipList& memberships);
  void AddBits(const CatalogIndex& catalog, const MembershipList& memberships);

  const size_t words_;
  std::vector<std::string> texts_;  // Beside names_.
  std::vector<KnownName> names_;
  NameTable<Found> table_;
  std::vector<uint64_t> bits_;  // Two rows per name: before its change and after.
  std::vector<KnownProduct> products_;
  IndexTable product_table_;  // By id and by alias.
};

}  // namespace gavel::rules
