#include "rules/schema/keys.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kVersion[] = {"1"};
constexpr std::string_view kCatalogKind[] = {"Catalog"};

using enum Kind;
using enum Container;

std::vector<KeySpec> MappingKeys(std::string_view type_key) {
  return {
      {.key = type_key, .field = "DetectMapping.type", .required = true},
      {.key = "where",
       .field = "DetectMapping.where DetectCondition.attribute "
                "DetectCondition.values",
       .kind = kTexts,
       .container = kMap},
      {.key = "tier_from", .field = "DetectMapping.tier_from"},
      {.key = "tiers", .field = "DetectMapping.tiers", .container = kMap},
      {.key = "tier", .field = "DetectMapping.tier"},
  };
}

}  // namespace

std::vector<KeySpec> CatalogKeys(Shape shape) {
  switch (shape) {
    case Shape::kCatalog:
      return {
          {.key = "kind",
           .kind = kLiteral,
           .required = true,
           .words = kCatalogKind,
           .note = "This file is a catalog."},
          {.key = "version",
           .kind = kLiteral,
           .required = true,
           .words = kVersion,
           .note = "Version of the form: 1."},
          {.key = "id", .field = "Catalog.id", .kind = kId, .required = true},
          {.key = "owner", .field = "Catalog.owner", .required = true},
          {.key = "classes", .field = "Catalog.classes", .kind = kTexts, .required = true},
          {.key = "products",
           .field = "Catalog.products",
           .kind = kShape,
           .shape = Shape::kProduct,
           .container = kMap,
           .required = true},
          {.key = "regions",
           .field = "Catalog.regions",
           .kind = kShape,
           .shape = Shape::kRegion,
           .container = kMap},
          {.key = "sets",
           .field = "Catalog.sets",
           .kind = kShape,
           .shape = Shape::kSet,
           .container = kMap},
          {.key = "not_dependencies",
           .field = "Catalog.not_dependencies",
           .kind = kShape,
           .shape = Shape::kResourceTypes},
      };
    case Shape::kProduct:
      return {
          {.key = "class", .field = "Product.product_class", .required = true},
          {.key = "aliases", .field = "Product.aliases", .kind = kTexts},
          {.key = "tiers",
           .field = "Product.tiers",
           .kind = kShape,
           .shape = Shape::kTier,
           .container = kMap,
           .required = true},
          {.key = "detect",
           .field = "Product.detect DetectMapping.detector",
           .kind = kShape,
           .shape = Shape::kDetect},
      };
    case Shape::kTier:
      return {
          {.key = "status", .field = "Tier.status", .kind = kWord, .required = true},
          {.key = "max_monthly_usd",
           .field = "Tier.max_monthly_cents",
           .kind = kMoney,
           .note = "Highest monthly price, in the organisation's currency. A standard tier needs "
                   "one."},
          {.key = "review_by", .field = "Tier.review_by", .kind = kDayOrMonths},
          {.key = "sunset", .field = "Tier.sunset", .kind = kDay},
          {.key = "replaced_by", .field = "Tier.replaced_by"},
      };
    case Shape::kDetect:
      return {
          {.key = "terraform",
           .kind = kShape,
           .shape = Shape::kMapping,
           .container = kList,
           .note = "Resource types of `terraform show -json`."},
          {.key = "score",
           .kind = kShape,
           .shape = Shape::kMapping,
           .container = kList,
           .note = "Resource types of score.yaml."},
          {.key = "backstage",
           .kind = kShape,
           .shape = Shape::kBackstageMapping,
           .container = kList,
           .note = "Resource types of catalog-info.yaml."},
      };
    case Shape::kMapping:
      return MappingKeys("type");
    case Shape::kBackstageMapping:
      return MappingKeys("resource_type");
    case Shape::kResourceTypes:
      return {
          {.key = "terraform",
           .field = "ResourceTypes.types ResourceTypes.detector",
           .kind = kTexts},
          {.key = "score", .field = "ResourceTypes.types", .kind = kTexts},
          {.key = "backstage", .field = "ResourceTypes.types", .kind = kTexts},
      };
    case Shape::kRegion:
      return {{.key = "group", .field = "Region.group"}};
    case Shape::kSet:
      return {
          {.key = "tiers",
           .field = "CatalogSet.names CatalogSet.of_regions",
           .kind = kShape,
           .shape = Shape::kTierSelector,
           .container = kOneOrList,
           .note = "`product/tier` names, or what selects them."},
          {.key = "regions",
           .field = "CatalogSet.names",
           .kind = kShape,
           .shape = Shape::kRegionSelector,
           .container = kOneOrList,
           .note = "Region names, or what selects them."},
      };
    case Shape::kTierSelector:
      return {
          {.key = "status", .field = "CatalogSet.status", .kind = kWord, .required = true},
          {.key = "class", .field = "CatalogSet.product_class"},
      };
    case Shape::kRegionSelector:
      return {{.key = "group", .field = "CatalogSet.group", .required = true}};
    default:
      return {};
  }
}

}  // namespace gavel::rules
