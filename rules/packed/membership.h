// The sets that rules test for, numbered.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "rules/catalog/catalog_index.h"
#include "rules/condition/program.h"

namespace gavel::rules {

// What a set test tests for: names, catalog sets, or both.
struct Membership {
  std::set<std::string> names;
  std::set<std::string> set_names;

  auto operator<=>(const Membership&) const = default;
  bool Contains(const std::string& name, const CatalogIndex& catalog, const v1::Date& day) const;
};

// Gives every different membership one bit.
class MembershipList {
 public:
  // The bit of what `leaf` tests for.
  uint32_t BitOf(const Leaf& leaf);

  const std::vector<Membership>& all() const { return all_; }
  // How many words of 64 bits they need, at least one.
  size_t Words() const { return all_.empty() ? 1 : (all_.size() + 63) / 64; }

 private:
  std::vector<Membership> all_;
};

}  // namespace gavel::rules
