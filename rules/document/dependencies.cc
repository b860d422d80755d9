#include <fmt/format.h>

#include <algorithm>

#include "rules/document/front_matter.h"
#include "rules/policy.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr size_t kMaxDependencies = 64;

// Replaces an alias by its product and says what the catalog does not know.
void Resolve(const Place& use, const CatalogIndex& catalog, ValueReader& reader,
             v1::Dependency& dependency) {
  const std::string name = dependency.product();
  const v1::Product* const product = catalog.FindProduct(name);
  if (product == nullptr) {
    reader.Report("GV204", use,
                  fmt::format("`{}` is not in the catalog.{}", dependency.written(),
                              DidYouMean(dependency.written(), catalog.TierNames())));
    return;
  }
  dependency.set_product(product->id());
  std::vector<std::string> tiers;
  for (const v1::Tier& tier : product->tiers()) tiers.push_back(product->id() + "/" + tier.id());
  if (dependency.tier().empty()) {
    reader.Report("GV205", use,
                  fmt::format("`{}` names no tier. Choose one of {}.", dependency.written(),
                              JoinComma(tiers)));
    return;
  }
  const std::string full = product->id() + "/" + dependency.tier();
  if (!catalog.FindTier(product->id(), dependency.tier())) {
    std::string fix = DidYouMean(full, tiers);
    if (fix.empty()) fix = fmt::format(" Tiers of {}: {}.", product->id(), JoinComma(tiers));
    reader.Report("GV204", use,
                  fmt::format("`{}` is not in the catalog.{}", dependency.written(), fix));
  } else if (product->id() != name) {
    reader.Report("GV207", use, fmt::format("`{}` is read as `{}`.", dependency.written(), full));
  }
}

// The text at `key`, if it is there and right.
template <typename Read>
std::string Optional(const Place& parent, std::string_view key, Read read) {
  const YamlNode* const node = parent.node.Find(key);
  return node != nullptr ? read(Child(parent, *node, key)).value : std::string();
}

// One entry; nothing, reported, where it names no product.
std::optional<v1::Dependency> ReadDependency(const Place& place, const Policy* policy,
                                             ValueReader& reader) {
  if (!reader.IsMapping(place, KeyNames(Shape::kDependency))) return std::nullopt;
  const YamlNode* const use_node = place.node.Find("use");
  if (use_node == nullptr) {
    reader.Report("GV103", place, "`use: product/tier` is wanted here.");
    return std::nullopt;
  }
  const Place use = Child(place, *use_node, "use");
  const auto written = reader.Word(use, Form::kDependency);
  if (!written.known()) return std::nullopt;

  v1::Dependency dependency;
  const size_t slash = written.value.find('/');
  dependency.set_written(written.value);
  dependency.set_product(written.value.substr(0, slash));
  if (slash != std::string::npos) dependency.set_tier(written.value.substr(slash + 1));
  *dependency.mutable_source() = Declared(*use_node);
  dependency.set_purpose(Optional(place, "for", [&](const Place& p) {
    return reader.Line(p, {0, 120});
  }));
  dependency.set_quantity(
      Optional(place, "quantity", [&](const Place& p) { return reader.Word(p, Form::kQuantity); }));
  dependency.set_growth(
      Optional(place, "growth", [&](const Place& p) { return reader.Word(p, Form::kGrowth); }));
  dependency.set_why(Optional(place, "why", [&](const Place& p) {
    return reader.Text(p, {20, 600});
  }));
  if (policy != nullptr) Resolve(use, policy->catalog_index(), reader, dependency);
  return dependency;
}

}  // namespace

v1::DependenciesFact ReadDependencies(const Place& place, const Policy* policy,
                                      ValueReader& reader) {
  v1::DependenciesFact fact;
  *fact.mutable_source() = Declared(place.node);
  fact.set_status(v1::FACT_STATUS_MISSING);
  if (reader.IsLeftOut(place)) return fact;
  if (place.node.IsScalar()) {
    const auto word = reader.Enum(place, {"none", "unknown"}, true);
    fact.set_status(word.status);
    return fact;
  }
  fact.set_status(v1::FACT_STATUS_INVALID);
  const auto items = reader.Items(place, 0, kMaxDependencies);
  if (!items) return fact;
  fact.set_status(v1::FACT_STATUS_KNOWN);
  if (items->empty()) reader.Report("GV114", place, "`[]` is read as `none`. Write `none`.");
  for (const Place& item : *items) {
    const auto dependency = ReadDependency(item, policy, reader);
    if (!dependency) {
      fact.set_status(v1::FACT_STATUS_INVALID);
      continue;
    }
    const bool repeated = std::any_of(
        fact.dependencies().begin(), fact.dependencies().end(), [&](const v1::Dependency& earlier) {
          return earlier.product() == dependency->product() && earlier.tier() == dependency->tier();
        });
    if (repeated) {
      reader.Report("GV206", item,
                    fmt::format("`{}` is listed before; it counts once. Merge the two.",
                                dependency->written()));
      continue;
    }
    *fact.add_dependencies() = *dependency;
  }
  return fact;
}

}  // namespace gavel::rules
