#include "rules/detect/region.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kRegionAttributes[] = {"region", "location", "availability_zone",
                                                  "availability_zones"};

// What a provider adds to a region's name: `-1` or `1`, then the zone, `a`, `-a` or `-1a`.
bool IsSuffix(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest.front() == '-') rest.remove_prefix(1);
  const size_t digits = rest.find_first_not_of("0123456789");
  if (digits == std::string_view::npos) return !rest.empty();
  if (digits == 0) return false;
  rest.remove_prefix(digits);
  if (rest.front() == '-') rest.remove_prefix(1);
  return rest.size() == 1 && rest.front() >= 'a' && rest.front() <= 'z';
}

}  // namespace

const v1::Region* RegionOf(const v1::Catalog& catalog, std::string_view name) {
  const v1::Region* longest = nullptr;
  for (const v1::Region& region : catalog.regions()) {
    const bool fits = name.starts_with(region.id()) && IsSuffix(name.substr(region.id().size()));
    if (fits && (longest == nullptr || longest->id().size() < region.id().size())) {
      longest = &region;
    }
  }
  return longest;
}

std::vector<RegionMention> RegionsOf(const Resource& resource) {
  std::vector<RegionMention> regions;
  for (const std::string_view name : kRegionAttributes) {
    const Attribute attribute = resource.Find(name);
    for (const std::string& value : attribute.values) {
      regions.push_back({.region = value, .place = resource.address});
    }
  }
  return regions;
}

}  // namespace gavel::rules
