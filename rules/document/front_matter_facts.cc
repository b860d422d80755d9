// The keys of the front matter that rules can read.
#include <fmt/format.h>

#include <algorithm>

#include "rules/document/front_matter_reader.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

template <typename Fact, typename Value>
void SetFact(Fact& fact, const Place& place, const Typed<Value>& typed) {
  fact.set_status(typed.status);
  *fact.mutable_source() = Declared(place.node);
  if (typed.known()) fact.set_value(typed.value);
}

}  // namespace

void FrontMatterReader::ReadRuleFacts() {
  ReadCategory();
  ReadSystem();
  ReadDependenciesAndNotUsed();
  ReadData();
  ReadRegions();
  ReadCost();
  ReadChange();
}

Typed<std::string> FrontMatterReader::WordOrUnknown(const Place& place) {
  if (reader_.SaysUnknown(place.node)) return {v1::FACT_STATUS_STATED_UNKNOWN, {}};
  return reader_.Word(place, Form::kSlug);
}

void FrontMatterReader::ReadCategory() {
  const auto place = Find(root_, "category");
  if (!place) return;
  auto category = WordOrUnknown(*place);
  if (category.known() && policy_ != nullptr) {
    const auto& known = policy_->org().categories();
    const std::vector<std::string> names(known.begin(), known.end());
    if (std::find(names.begin(), names.end(), category.value) == names.end()) {
      reader_.Report("GV209", *place,
                     fmt::format("`{}` is not one of {}.{}", category.value, JoinComma(names),
                                 DidYouMean(category.value, names)));
      category.status = v1::FACT_STATUS_INVALID;
    }
  }
  SetFact(*facts_.mutable_category(), *place, category);
}

void FrontMatterReader::ReadSystem() {
  const auto place = Find(root_, "system");
  if (!place) return;
  const auto system = WordOrUnknown(*place);
  SetFact(*facts_.mutable_system(), *place, system);
  if (!system.known() || policy_ == nullptr) return;
  const std::vector<std::string> systems = IdsIn(policy_->org().systems());
  if (std::find(systems.begin(), systems.end(), system.value) != systems.end()) return;
  reader_.Report("GV210", *place,
                 fmt::format("`{}` is not listed in org.yaml.{}", system.value,
                             DidYouMean(system.value, systems)));
}

void FrontMatterReader::ReadDependenciesAndNotUsed() {
  if (const auto dependencies = Require(
          root_, "dependencies", "List every `use: product/tier`, or write `none` or `unknown`.")) {
    *facts_.mutable_dependencies() = ReadDependencies(*dependencies, policy_, reader_);
  }
  const auto place = Find(root_, "not_used");
  if (!place) return;
  for (const std::string& written : reader_.Words(*place, Form::kSlug, 0, 16).value) {
    std::string name = written;
    if (policy_ != nullptr) {
      if (const auto* product = policy_->catalog_index().FindProduct(name)) name = product->id();
    }
    for (const v1::Dependency& dependency : facts_.dependencies().dependencies()) {
      if (dependency.product() != name) continue;
      reader_.Report("GV211", ItemSaying(*place, written),
                     fmt::format("`{}` is also a dependency (line {}). Remove it from one.", name,
                                 dependency.source().line()));
    }
    facts_.add_not_used(name);
  }
}

void FrontMatterReader::ReadData() {
  const auto data =
      Require(root_, "data", "State classification and personal, or write `unknown`.");
  if (data && reader_.SaysUnknown(data->node)) {
    SetFact(*facts_.mutable_classification(), *data,
            Typed<std::string>{v1::FACT_STATUS_STATED_UNKNOWN, {}});
    SetFact(*facts_.mutable_personal(), *data, Typed<bool>{v1::FACT_STATUS_STATED_UNKNOWN, false});
  } else if (data && !reader_.IsLeftOut(*data)) {
    if (!reader_.IsMapping(*data, KeyNames(Shape::kData))) {
      facts_.mutable_classification()->set_status(v1::FACT_STATUS_INVALID);
      facts_.mutable_personal()->set_status(v1::FACT_STATUS_INVALID);
    } else {
      if (const auto place = Require(*data, "classification",
                                     "One of public, internal, confidential, "
                                     "restricted, or `unknown`.")) {
        SetFact(*facts_.mutable_classification(), *place,
                reader_.Enum(*place, {"public", "internal", "confidential", "restricted"}, true));
      }
      if (const auto place = Require(*data, "personal", "true, false or `unknown`.")) {
        SetFact(*facts_.mutable_personal(), *place, reader_.Bool(*place));
      }
    }
  }
}

void FrontMatterReader::ReadRegions() {
  const auto place = Find(root_, "regions");
  if (!place) return;
  v1::StringListFact& fact = *facts_.mutable_regions();
  *fact.mutable_source() = Declared(place->node);
  if (reader_.SaysUnknown(place->node)) {
    fact.set_status(v1::FACT_STATUS_STATED_UNKNOWN);
    return;
  }
  auto regions = reader_.Words(*place, Form::kSlug, 0, 16);
  std::sort(regions.value.begin(), regions.value.end());
  for (const std::string& region : regions.value) {
    fact.add_values(region);
    if (policy_ == nullptr || policy_->catalog_index().FindRegion(region) != nullptr) continue;
    reader_.Report("GV208", ItemSaying(*place, region),
                   fmt::format("`{}` is no region of the catalog.{}", region,
                               DidYouMean(region, IdsIn(policy_->catalog().regions()))));
    regions.status = v1::FACT_STATUS_INVALID;
  }
  fact.set_status(regions.status);
}

void FrontMatterReader::ReadCost() {
  const auto cost = Require(root_, "cost", "State monthly_usd, or write `unknown`.");
  v1::CostFact& fact = *facts_.mutable_monthly_cost();
  if (!cost) return;
  *fact.mutable_source() = Declared(cost->node);
  if (reader_.SaysUnknown(cost->node)) return fact.set_status(v1::FACT_STATUS_STATED_UNKNOWN);
  if (reader_.IsLeftOut(*cost)) return;
  if (!reader_.IsMapping(*cost, KeyNames(Shape::kCost))) {
    return fact.set_status(v1::FACT_STATUS_INVALID);
  }
  const std::string currency = policy_ != nullptr ? policy_->org().currency() : "USD";
  if (const auto place =
          Require(*cost, "monthly_usd", "Give {low: …, high: …}, or write `unknown`.")) {
    const auto range = reader_.Range(*place, currency);
    fact.set_status(range.status);
    *fact.mutable_source() = Declared(place->node);
    if (range.known()) {
      fact.set_low_cents(range.value.low);
      fact.set_high_cents(range.value.high);
    }
  }
  for (const char* key : {"in_a_year_usd", "one_time_usd"}) {
    if (const auto place = Find(*cost, key)) reader_.Range(*place, currency);
  }
  if (const auto place = Find(*cost, "confidence"))
    reader_.Enum(*place, {"low", "medium", "high"}, false);
  if (const auto place = Find(*cost, "price_list")) reader_.Line(*place, {0, 120});
}

void FrontMatterReader::ReadChange() {
  const auto change =
      Require(root_, "change", "State reversible and blast_radius, or write `unknown`.");
  if (!change) return;
  v1::BoolFact& reversible = *facts_.mutable_reversible();
  v1::StringFact& blast_radius = *facts_.mutable_blast_radius();
  if (reader_.SaysUnknown(change->node)) {
    SetFact(reversible, *change, Typed<bool>{v1::FACT_STATUS_STATED_UNKNOWN, false});
    SetFact(blast_radius, *change, Typed<std::string>{v1::FACT_STATUS_STATED_UNKNOWN, {}});
    return;
  }
  if (reader_.IsLeftOut(*change)) return;
  if (!reader_.IsMapping(*change, KeyNames(Shape::kChange))) {
    reversible.set_status(v1::FACT_STATUS_INVALID);
    blast_radius.set_status(v1::FACT_STATUS_INVALID);
    return;
  }
  if (const auto place = Require(*change, "reversible", "true, false or `unknown`.")) {
    SetFact(reversible, *place, reader_.Bool(*place));
  }
  if (const auto place = Find(*change, "blast_radius")) {
    SetFact(blast_radius, *place, reader_.Enum(*place, {"low", "medium", "high"}, true));
  }
}

void SetHeaderMissing(v1::Facts& facts) {
  facts.mutable_category()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_system()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_dependencies()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_classification()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_personal()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_regions()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_monthly_cost()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_reversible()->set_status(v1::FACT_STATUS_MISSING);
  facts.mutable_blast_radius()->set_status(v1::FACT_STATUS_MISSING);
}

}  // namespace gavel::rules
