#include "rules/detect/mapping.h"

#include <fmt/format.h>

#include <algorithm>

namespace gavel::rules {
namespace {

bool IsNoDependency(const v1::Catalog& catalog, const std::string& detector,
                    const std::string& type) {
  return std::any_of(catalog.not_dependencies().begin(), catalog.not_dependencies().end(),
                     [&](const v1::ResourceTypes& list) {
                       return list.detector() == detector &&
                              std::find(list.types().begin(), list.types().end(), type) !=
                                  list.types().end();
                     });
}

// True where every value of the attribute is known and one of those wanted.
bool Meets(const v1::DetectCondition& condition, const Resource& resource) {
  const Attribute attribute = resource.Find(condition.attribute());
  if (attribute.unknown || attribute.values.empty()) return false;
  return std::all_of(attribute.values.begin(), attribute.values.end(), [&](const std::string& v) {
    return std::find(condition.values().begin(), condition.values().end(), v) !=
           condition.values().end();
  });
}

bool Fits(const v1::DetectMapping& mapping, const std::string& detector, const Resource& resource) {
  return mapping.detector() == detector && mapping.type() == resource.type &&
         std::all_of(mapping.where().begin(), mapping.where().end(),
                     [&](const auto& condition) { return Meets(condition, resource); });
}

void TellTier(const v1::DetectMapping& mapping, const Resource& resource, Found& found) {
  const std::string& name = mapping.tier_from();
  found.tier = mapping.tier();
  if (!found.tier.empty()) return;
  if (name.empty()) {
    found.untold = fmt::format("the catalog does not say which tier `{}` is", mapping.type());
    return;
  }
  const Attribute attribute = resource.Find(name);
  if (attribute.unknown || attribute.values.empty()) {
    found.untold = fmt::format("`{}` is not known yet", name);
    return;
  }
  for (const std::string& value : attribute.values) {
    const auto tier = mapping.tiers().find(value);
    if (tier == mapping.tiers().end()) {
      found.untold = fmt::format("`{}: {}` is no tier of the catalog", name, value);
    } else if (!found.tier.empty() && found.tier != tier->second) {
      found.untold = fmt::format("`{}` names several tiers", name);
    }
    if (!found.untold.empty()) {
      found.tier.clear();
      return;
    }
    found.tier = tier->second;
  }
}

}  // namespace

std::vector<Found> MapResource(const v1::Catalog& catalog, const std::string& detector,
                               const Resource& resource) {
  std::vector<Found> all;
  if (IsNoDependency(catalog, detector, resource.type)) return all;
  Found found{.detector = detector, .address = resource.address};
  for (const v1::Product& product : catalog.products()) {
    for (const v1::DetectMapping& mapping : product.detect()) {
      if (!Fits(mapping, detector, resource)) continue;
      Found& match = all.emplace_back(found);
      match.product = product.id();
      match.mapped = true;
      TellTier(mapping, resource, match);
    }
  }
  if (all.empty()) {
    found.product = resource.type;
    all.push_back(std::move(found));
  }
  return all;
}

std::vector<std::string> DecidingAttributes(const v1::Catalog& catalog, const std::string& detector,
                                            const std::string& type) {
  std::vector<std::string> names;
  for (const v1::Product& product : catalog.products()) {
    for (const v1::DetectMapping& mapping : product.detect()) {
      if (mapping.detector() != detector || mapping.type() != type) continue;
      if (!mapping.tier_from().empty()) names.push_back(mapping.tier_from());
      for (const auto& condition : mapping.where()) names.push_back(condition.attribute());
    }
  }
  return names;
}

}  // namespace gavel::rules
