// Moving to the paved road: what a nudge on dependencies proposes.
#include <fmt/format.h>

#include <algorithm>

#include "rules/fix/fix.h"
#include "rules/fix/open_document.h"
#include "rules/fix/yaml_edits.h"

namespace gavel::rules {
namespace {

bool IsStandard(const CatalogIndex& catalog, std::string_view name, const v1::Date& as_of) {
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos) return false;
  const auto tier = catalog.FindTier(name.substr(0, slash), name.substr(slash + 1));
  return tier && CatalogIndex::StatusOn(*tier->tier, as_of) == v1::Tier::STATUS_STANDARD;
}

// What the catalog says replaces the tier, else the largest standard one of the same product; empty
// where it is standard already or nothing stands in for it.
std::string StandardFor(const CatalogIndex& catalog, const std::string& written,
                        const v1::Date& as_of) {
  const size_t slash = written.find('/');
  const v1::Product* const product = catalog.FindProduct(written.substr(0, slash));
  if (product == nullptr) return {};
  const std::string tier = slash == std::string::npos ? "" : written.substr(slash + 1);
  if (IsStandard(catalog, fmt::format("{}/{}", product->id(), tier), as_of)) return {};
  const v1::Tier* largest = nullptr;
  for (const v1::Tier& candidate : product->tiers()) {
    if (candidate.id() == tier && IsStandard(catalog, candidate.replaced_by(), as_of)) {
      return candidate.replaced_by();
    }
    if (CatalogIndex::StatusOn(candidate, as_of) != v1::Tier::STATUS_STANDARD) continue;
    const bool larger =
        largest == nullptr || candidate.max_monthly_cents() > largest->max_monthly_cents();
    if (larger) largest = &candidate;
  }
  return largest == nullptr ? std::string() : fmt::format("{}/{}", product->id(), largest->id());
}

}  // namespace

std::vector<Fix> StandardTierFixes(std::string_view bytes, const Policy& policy,
                                   const v1::Date& as_of) {
  std::vector<Fix> fixes;
  const OpenDocument document(bytes, &policy);
  const auto dependencies = document.Find("front_matter.dependencies");
  if (!dependencies) return fixes;
  for (const YamlNode& item : dependencies->node->items) {
    const YamlNode* const use = item.Find("use");
    if (use == nullptr || !use->IsScalar()) continue;
    const std::string standard = StandardFor(policy.catalog_index(), use->value, as_of);
    if (standard.empty()) continue;
    auto edit = ReplaceScalar(document, *use, standard);
    if (!edit) continue;
    fixes.push_back({fmt::format("Change {} to {}", use->value, standard),
                     FixKind::kSuggested,
                     {*std::move(edit)}});
  }
  return fixes;
}

}  // namespace gavel::rules
