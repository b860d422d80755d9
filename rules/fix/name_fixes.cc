// Fixes that need the names of the organisation.
#include <fmt/format.h>

#include "rules/fix/makers.h"
#include "rules/fix/yaml_edits.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

template <typename Entries>
std::vector<std::string> Ids(const Entries& entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.push_back(entry.id());
  return ids;
}

// The scalar that a finding is about; nullptr without a policy, which knows the names.
const YamlNode* NamedBy(const OpenDocument& document, const v1::Finding& finding) {
  const auto found = document.Find(finding.field());
  const bool named = document.policy() != nullptr && found && found->node->IsScalar();
  return named ? found->node : nullptr;
}

// All names of a short list, the nearest first.
Fixes OfferAll(const OpenDocument& document, const v1::Finding& finding,
               const std::vector<std::string>& names) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (found) OfferNames(document, *found->node, Ranked(found->node->value, names), fixes);
  return fixes;
}

}  // namespace

Fixes OfferArea(const OpenDocument& document, const v1::Finding& finding) {
  if (NamedBy(document, finding) == nullptr) return {};
  const bool decides = finding.field() == "front_matter.area";
  std::vector<std::string> areas;
  for (const v1::Area& area : document.policy()->org().areas()) {
    if (!decides || area.series_size() > 0) areas.push_back(area.id());
  }
  return OfferAll(document, finding, areas);
}

Fixes OfferPerson(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const YamlNode* const node = NamedBy(document, finding);
  if (node == nullptr || !node->value.starts_with('@')) return fixes;
  const auto nearest = NearestName(node->value.substr(1), Ids(document.policy()->org().people()));
  if (nearest) OfferNames(document, *node, {"@" + *nearest}, fixes);
  return fixes;
}

Fixes OfferRegion(const OpenDocument& document, const v1::Finding& finding) {
  if (NamedBy(document, finding) == nullptr) return {};
  return OfferAll(document, finding, Ids(document.policy()->catalog().regions()));
}

Fixes OfferCategory(const OpenDocument& document, const v1::Finding& finding) {
  if (NamedBy(document, finding) == nullptr) return {};
  const auto& categories = document.policy()->org().categories();
  return OfferAll(document, finding, {categories.begin(), categories.end()});
}

Fixes OfferSystem(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const YamlNode* const node = NamedBy(document, finding);
  if (node == nullptr) return fixes;
  const auto nearest = NearestName(node->value, Ids(document.policy()->org().systems()));
  if (nearest) OfferNames(document, *node, {*nearest}, fixes);
  return fixes;
}

Fixes RemoveOwnArea(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto item = document.Find(finding.field());
  if (!item || item->parent == nullptr || !item->parent->IsSequence()) return fixes;
  const bool only = item->parent->items.size() == 1;
  const auto consulted = document.Find("front_matter.consulted");
  AddFix(fmt::format("Remove `{}`", item->node->value), FixKind::kSafe,
         only && consulted ? RemoveEntry(document, *consulted) : RemoveItem(document, *item),
         fixes);
  return fixes;
}

}  // namespace gavel::rules
