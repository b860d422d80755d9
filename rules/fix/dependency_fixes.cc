// Fixes of `dependencies` and `not_used`: names of the catalog, repetitions, what the text names.
#include <fmt/format.h>

#include <algorithm>

#include "rules/document/mentions.h"
#include "rules/fix/makers.h"
#include "rules/fix/yaml_edits.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kDependencies = "front_matter.dependencies";
constexpr std::string_view kNotUsed = "front_matter.not_used";

// `product/tier` of every tier, those of the paved road first.
std::vector<std::string> TiersOf(const v1::Product& product) {
  std::vector<std::string> tiers;
  for (const v1::Tier& tier : product.tiers()) {
    tiers.push_back(fmt::format("{}/{}", product.id(), tier.id()));
  }
  std::vector<std::string> standard;
  for (int i = 0; i < product.tiers_size(); ++i) {
    if (product.tiers(i).status() == v1::Tier::STATUS_STANDARD)
      standard.push_back(tiers[static_cast<size_t>(i)]);
  }
  std::stable_partition(tiers.begin(), tiers.end(), [&](const std::string& tier) {
    return std::find(standard.begin(), standard.end(), tier) != standard.end();
  });
  return tiers;
}

// What could be meant by a `use:` that the catalog does not have.
std::vector<std::string> MeantBy(const std::string& written, const Policy& policy) {
  const CatalogIndex& catalog = policy.catalog_index();
  const size_t slash = written.find('/');
  const v1::Product* const product = catalog.FindProduct(written.substr(0, slash));
  if (product == nullptr) {
    const auto nearest = NearestName(written, catalog.TierNames());
    if (nearest) return {*nearest};
    std::vector<std::string> products;
    for (const v1::Product& known : policy.catalog().products()) products.push_back(known.id());
    const auto near_product = NearestName(written.substr(0, slash), products);
    return near_product ? TiersOf(*catalog.FindProduct(*near_product)) : std::vector<std::string>();
  }
  const std::string tier = slash == std::string::npos ? "" : written.substr(slash);
  return Ranked(product->id() + tier, TiersOf(*product));
}

bool SameNode(const YamlNode& a, const YamlNode& b) {
  const auto same_entry = [](const YamlEntry& x, const YamlEntry& y) {
    return x.key.value == y.key.value && SameNode(x.value, y.value);
  };
  return a.kind == b.kind && a.value == b.value &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), SameNode) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    same_entry);
}

// `text` as one more item of the list at `field`, which may be missing, left out or `none`.
std::optional<TextEdit> AddToList(const OpenDocument& document, std::string_view field,
                                  const std::string& text) {
  const auto list = document.Find(field);
  if (list && list->node->IsSequence() && !list->node->items.empty()) {
    return AppendItem(document, *list->node, text);
  }
  const std::string whole = fmt::format("[{}]", text);
  if (list) return ReplaceValue(document, *list->node, whole);
  const YamlNode& root = document.root();
  if (root.entries.empty()) return std::nullopt;
  const auto behind = document.Find(kDependencies);
  const size_t index = behind ? behind->index : root.entries.size() - 1;
  const std::string_view key = field.substr(field.rfind('.') + 1);
  return InsertEntry(document, root, index, fmt::format("{}: {}", key, whole), "");
}

}  // namespace

Fixes WriteNone(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found || !found->node->IsSequence() || !found->node->items.empty()) return fixes;
  AddFix("Change to none", FixKind::kSafe, ReplaceValue(document, *found->node, "none"), fixes);
  return fixes;
}

Fixes OfferTier(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (document.policy() == nullptr || !found || !found->node->IsScalar()) return fixes;
  std::vector<std::string> tiers = MeantBy(found->node->value, *document.policy());
  if (tiers.size() > kMaxOffers) tiers.resize(kMaxOffers);
  OfferNames(document, *found->node, tiers, fixes);
  return fixes;
}

Fixes RemoveSecondEntry(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found || found->parent == nullptr || !found->parent->IsSequence()) return fixes;
  const auto& items = found->parent->items;
  const auto end = items.begin() + static_cast<std::ptrdiff_t>(found->index);
  const bool equal = std::any_of(
      items.begin(), end, [&](const YamlNode& earlier) { return SameNode(earlier, *found->node); });
  AddFix(equal ? "Remove the repetition" : "Remove this entry and what it says of quantity and use",
         equal ? FixKind::kSafe : FixKind::kSuggested, RemoveItem(document, *found), fixes);
  return fixes;
}

Fixes WriteProduct(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (document.policy() == nullptr || !found || !found->node->IsScalar()) return fixes;
  const std::string& written = found->node->value;
  const size_t slash = written.find('/');
  const v1::Product* const product =
      document.policy()->catalog_index().FindProduct(written.substr(0, slash));
  if (product == nullptr || slash == std::string::npos) return fixes;
  const std::string full = product->id() + written.substr(slash);
  AddFix("Change to " + full, FixKind::kSafe, ReplaceScalar(document, *found->node, full), fixes);
  return fixes;
}

Fixes RemoveNotUsed(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto item = document.Find(finding.field());
  if (!item || item->parent == nullptr || !item->parent->IsSequence()) return fixes;
  const bool only = item->parent->items.size() == 1;
  const auto not_used = document.Find(kNotUsed);
  AddFix(fmt::format("Remove `{}` from `not_used`", item->node->value), FixKind::kSuggested,
         only && not_used ? RemoveEntry(document, *not_used) : RemoveItem(document, *item), fixes);
  return fixes;
}

Fixes DeclareMention(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  if (document.policy() == nullptr) return fixes;
  const Mentions mentions = FindMentions(document.policy()->catalog(), document.outline());
  for (const Mention& mention : mentions.products) {
    const v1::Finding said = MentionFinding(mention);
    if (said.line() != finding.line() || said.message() != finding.message()) continue;
    const auto* const product = document.policy()->catalog_index().FindProduct(mention.product);
    std::vector<std::string> tiers = TiersOf(*product);
    if (tiers.size() + 1 > kMaxOffers) tiers.resize(kMaxOffers - 1);
    for (const std::string& tier : tiers) {
      AddFix(fmt::format("Add {} to `dependencies`", tier), FixKind::kSuggested,
             AddToList(document, kDependencies, fmt::format("{{use: {}}}", tier)), fixes);
    }
    AddFix(fmt::format("Add {} to `not_used`", product->id()), FixKind::kSuggested,
           AddToList(document, kNotUsed, product->id()), fixes);
  }
  return fixes;
}

}  // namespace gavel::rules
