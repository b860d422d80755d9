// What a resource is in the catalog's terms.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "rules/detect/resource.h"

namespace gavel::rules {

// One thing that a detector found.
struct Found {
  std::string product;  // Product id; the resource type as written where the catalog maps none.
  std::string tier;     // Empty where it cannot be told.
  bool mapped = false;
  std::string
      untold;  // Why the tier cannot be told: `instance_class is not known yet`; else empty.
  std::string detector;
  std::string file;
  std::string address;

  // `postgres/standard-m`, or the product alone.
  std::string Name() const { return tier.empty() ? product : product + "/" + tier; }
};

// Applies the catalog's detect table to `resource`: one entry per product that it can be, one
// unmapped entry where it can be none, nothing where the catalog says its type is no dependency.
// A mapping whose `where` cannot be told counts as one that does not fit. O(mappings).
std::vector<Found> MapResource(const v1::Catalog& catalog, const std::string& detector,
                               const Resource& resource);

// The attributes that decide what `resource` is: those of every mapping of its type.
std::vector<std::string> DecidingAttributes(const v1::Catalog& catalog, const std::string& detector,
                                            const std::string& type);

}  // namespace gavel::rules
