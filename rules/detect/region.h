// Regions of cloud providers in the catalog's terms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "rules/detect/resource.h"

namespace gavel::rules {

// The catalog's region that a provider's name belongs to, the longest that fits: `us-east` for
// `us-east`, `us-east-1` and the zone `us-east-1a`; nullptr where none fits.
const v1::Region* RegionOf(const v1::Catalog& catalog, std::string_view name);

// The regions that a resource names itself in. Empty values are regions not known yet.
std::vector<RegionMention> RegionsOf(const Resource& resource);

}  // namespace gavel::rules
