#include "rules/condition/field.h"

#include <algorithm>

namespace gavel::rules {
namespace {

constexpr std::string_view kClassifications[] = {"public", "internal", "confidential",
                                                 "restricted"};
constexpr std::string_view kBlastRadii[] = {"low", "medium", "high"};
constexpr std::string_view kCoverages[] = {"none", "declared_only", "partial", "full"};

using enum Field;
using enum FieldType;

constexpr FieldInfo kFields[] = {
    {kSpecTitle, "spec.title", kString, NameSpace::kNone, {}, "", "the title"},
    {kSpecCategory, "spec.category", kEnum, NameSpace::kCategories, {}, "category", "the category"},
    {kDepsAll, "deps.all", kSet, NameSpace::kTiers, {}, "dependencies", "the list of dependencies"},
    {kDepsStorage, "deps.storage", kSet, NameSpace::kTiers, {}, "dependencies", "the storage"},
    {kDepsCompute, "deps.compute", kSet, NameSpace::kTiers, {}, "dependencies", "the compute"},
    {kDepsOther,
     "deps.other",
     kSet,
     NameSpace::kTiers,
     {},
     "dependencies",
     "the list of dependencies besides storage and compute"},
    {kDataClassification, "data.classification", kOrderedEnum, NameSpace::kNone, kClassifications,
     "data.classification", "the data class"},
    {kDataPersonal,
     "data.personal",
     kBool,
     NameSpace::kNone,
     {},
     "data.personal",
     "the use of personal data"},
    {kRegions, "regions", kSet, NameSpace::kRegions, {}, "regions", "the list of regions"},
    {kCostMonthlyUsd,
     "cost.monthly_usd",
     kMoney,
     NameSpace::kNone,
     {},
     "cost.monthly_usd",
     "the monthly cost"},
    {kChangeReversible,
     "change.reversible",
     kBool,
     NameSpace::kNone,
     {},
     "change.reversible",
     "whether it can be undone"},
    {kChangeBlastRadius, "change.blast_radius", kOrderedEnum, NameSpace::kNone, kBlastRadii,
     "change.blast_radius", "the blast radius"},
    {kSections, "sections", kSet, NameSpace::kSections, {}, "", "the list of sections"},
    {kDetectCoverage, "detect.coverage", kOrderedEnum, NameSpace::kNone, kCoverages, "",
     "how much was looked at"},
    {kDetectUndeclared,
     "detect.undeclared",
     kSet,
     NameSpace::kTiers,
     {},
     "",
     "what detectors found beyond the declared dependencies"},
    {kMentionsUndeclared,
     "mentions.undeclared",
     kSet,
     NameSpace::kProducts,
     {},
     "",
     "what the text names beyond the declared dependencies"},
    {kHistorySystemCost90dUsd,
     "history.system_cost_90d_usd",
     kMoney,
     NameSpace::kNone,
     {},
     "",
     "the approved cost of the system over 90 days"},
};
static_assert(std::size(kFields) == kFieldCount);

}  // namespace

std::span<const FieldInfo> AllFields() { return kFields; }

const FieldInfo& InfoOf(Field field) { return kFields[static_cast<size_t>(field)]; }

const FieldInfo* FindField(std::string_view name) {
  const auto found = std::find_if(std::begin(kFields), std::end(kFields),
                                  [&](const FieldInfo& info) { return info.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

}  // namespace gavel::rules
