#include "rules/packed/membership.h"

#include <algorithm>

namespace gavel::rules {

bool Membership::Contains(const std::string& name, const CatalogIndex& catalog,
                          const v1::Date& day) const {
  if (names.count(name) > 0) return true;
  return std::any_of(set_names.begin(), set_names.end(), [&](const std::string& id) {
    const v1::CatalogSet* const set = catalog.FindSet(id);
    return set != nullptr && catalog.Contains(*set, name, day);
  });
}

uint32_t MembershipList::BitOf(const Leaf& leaf) {
  Membership wanted{{leaf.names.begin(), leaf.names.end()},
                    {leaf.set_names.begin(), leaf.set_names.end()}};
  const auto found = std::find(all_.begin(), all_.end(), wanted);
  if (found != all_.end()) return static_cast<uint32_t>(found - all_.begin());
  all_.push_back(std::move(wanted));
  return static_cast<uint32_t>(all_.size() - 1);
}

}  // namespace gavel::rules
