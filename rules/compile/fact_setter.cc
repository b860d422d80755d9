#include "rules/compile/fact_setter.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "rules/compile/condition_reader.h"
#include "rules/document/front_matter.h"
#include "rules/schema/keys.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// How one kind of fact takes its value.
using Setter = std::function<void(const YamlNode& value, const Policy& policy, FileReader& file,
                                  v1::Facts& facts)>;
struct Handler {
  Setter set;
  std::function<void(v1::Facts&, v1::FactStatus)> mark;  // Sets the status and clears the value.
};

template <typename Fact>
void Mark(Fact* fact, v1::FactStatus status) {
  fact->Clear();
  fact->set_status(status);
}

template <typename Fact>
void MarkDetected(Fact* fact, v1::FactStatus status) {
  // An author cannot supply what is detected or derived: gone is unknown.
  Mark(fact, status == v1::FACT_STATUS_MISSING ? v1::FACT_STATUS_STATED_UNKNOWN : status);
}

// Reports a name that no spec could have. Tiers and products may be unknown to the catalog, since
// specs may name such too.
void CheckName(Field field, const YamlNode& node, const Policy& policy, FileReader& file) {
  const FieldInfo& info = InfoOf(field);
  const auto names = NamesOf(info, policy.org(), policy.catalog(), policy.catalog_index());
  const bool open = info.names == NameSpace::kTiers || info.names == NameSpace::kProducts;
  if (open || names.empty() || !node.IsScalar()) return;
  if (std::find(names.begin(), names.end(), node.value) != names.end()) return;
  file.Unknown(node, fmt::format("value of `{}`", info.name), node.value, names, "R003");
}

using StringAt = v1::StringFact* (v1::Facts::*)();
using BoolAt = v1::BoolFact* (v1::Facts::*)();
using ListAt = v1::StringListFact* (v1::Facts::*)();
using CostAt = v1::CostFact* (v1::Facts::*)();

Handler OfString(StringAt at, bool declared, std::optional<Field> field) {
  return {
      [at, field](const YamlNode& value, const Policy& policy, FileReader& file, v1::Facts& facts) {
        Mark((facts.*at)(), v1::FACT_STATUS_KNOWN);
        if (field) CheckName(*field, value, policy, file);
        (facts.*at)()->set_value(file.Text(value));
      },
      [at, declared](v1::Facts& facts, v1::FactStatus status) {
        declared ? Mark((facts.*at)(), status) : MarkDetected((facts.*at)(), status);
      }};
}

Handler OfBool(BoolAt at) {
  return {[at](const YamlNode& value, const Policy&, FileReader& file, v1::Facts& facts) {
            Mark((facts.*at)(), v1::FACT_STATUS_KNOWN);
            (facts.*at)()->set_value(file.Bool(value));
          },
          [at](v1::Facts& facts, v1::FactStatus status) { Mark((facts.*at)(), status); }};
}

Handler OfList(ListAt at, bool declared, Field field) {
  return {
      [at, field](const YamlNode& value, const Policy& policy, FileReader& file, v1::Facts& facts) {
        Mark((facts.*at)(), v1::FACT_STATUS_KNOWN);
        for (const YamlNode& item : value.items) CheckName(field, item, policy, file);
        std::vector<std::string> names = file.Texts(value);
        std::sort(names.begin(), names.end());
        for (std::string& name : names) (facts.*at)()->add_values(std::move(name));
      },
      [at, declared](v1::Facts& facts, v1::FactStatus status) {
        declared ? Mark((facts.*at)(), status) : MarkDetected((facts.*at)(), status);
      }};
}

Handler OfCost(CostAt at, bool declared) {
  return {[at](const YamlNode& value, const Policy&, FileReader& file, v1::Facts& facts) {
            Mark((facts.*at)(), v1::FACT_STATUS_KNOWN);
            const bool range = value.IsMapping() && file.IsMapping(value, KeyNames(Shape::kRange));
            (facts.*at)()->set_low_cents(file.Cents(range ? NodeAt(value, "low") : value));
            (facts.*at)()->set_high_cents(file.Cents(range ? NodeAt(value, "high") : value));
          },
          [at, declared](v1::Facts& facts, v1::FactStatus status) {
            declared ? Mark((facts.*at)(), status) : MarkDetected((facts.*at)(), status);
          }};
}

void SetDependencies(const YamlNode& value, const Policy& policy, FileReader& file,
                     v1::Facts& facts) {
  v1::DependenciesFact& fact = *facts.mutable_dependencies();
  Mark(&fact, v1::FACT_STATUS_KNOWN);
  if (value.IsScalar() && value.value == "none") return;
  for (const std::string& written : file.Texts(value)) {
    const size_t slash = written.find('/');
    const std::string name = written.substr(0, slash);
    const v1::Product* const product = policy.catalog_index().FindProduct(name);
    v1::Dependency& dependency = *fact.add_dependencies();
    dependency.set_written(written);
    dependency.set_product(product != nullptr ? product->id() : name);
    if (slash != std::string::npos) dependency.set_tier(written.substr(slash + 1));
  }
}

void SetWants(const YamlNode& value, const Policy&, FileReader& file, v1::Facts& facts) {
  const auto index = file.OneOf(value, {"auto", "async", "sync"});
  facts.set_wants(static_cast<v1::ReviewMode>(index.value_or(0) + 1));
}

const std::map<std::string, Handler, std::less<>>& Handlers() {
  using F = v1::Facts;
  static const auto* const kHandlers = new std::map<std::string, Handler, std::less<>>{
      {"area",
       {[](const YamlNode& value, const Policy&, FileReader& file, F& facts) {
          facts.set_area(file.Text(value));
        },
        [](F& facts, v1::FactStatus) { facts.clear_area(); }}},
      {"review.wants", {SetWants, [](F& facts, v1::FactStatus) { facts.clear_wants(); }}},
      {"deps",
       {SetDependencies,
        [](F& facts, v1::FactStatus status) { Mark(facts.mutable_dependencies(), status); }}},
      {"spec.category", OfString(&F::mutable_category, true, Field::kSpecCategory)},
      {"spec.system", OfString(&F::mutable_system, true, std::nullopt)},
      {"data.classification",
       OfString(&F::mutable_classification, true, Field::kDataClassification)},
      {"data.personal", OfBool(&F::mutable_personal)},
      {"regions", OfList(&F::mutable_regions, true, Field::kRegions)},
      {"cost.monthly_usd", OfCost(&F::mutable_monthly_cost, true)},
      {"change.reversible", OfBool(&F::mutable_reversible)},
      {"change.blast_radius", OfString(&F::mutable_blast_radius, true, Field::kChangeBlastRadius)},
      {"sections", OfList(&F::mutable_sections, false, Field::kSections)},
      {"detect.coverage", OfString(&F::mutable_coverage, false, Field::kDetectCoverage)},
      {"detect.undeclared", OfList(&F::mutable_undeclared, false, Field::kDetectUndeclared)},
      {"mentions.undeclared",
       OfList(&F::mutable_mentions_undeclared, false, Field::kMentionsUndeclared)},
      {"history.system_cost_90d_usd", OfCost(&F::mutable_system_cost_90d, false)},
  };
  return *kHandlers;
}

const Handler* Find(const YamlNode& key, FileReader& file) {
  const auto found = Handlers().find(key.value);
  if (found != Handlers().end()) return &found->second;
  file.Unknown(key, "fact", key.value, FactNames(), "R001");
  return nullptr;
}

}  // namespace

std::vector<std::string> FactNames() {
  std::vector<std::string> names;
  for (const auto& [name, handler] : Handlers()) names.push_back(name);
  return names;
}

void SetFact(const YamlNode& key, const YamlNode& value, const Policy& policy, FileReader& file,
             v1::Facts& facts) {
  const Handler* const handler = Find(key, file);
  if (handler == nullptr) return;
  if (value.IsScalar() && value.value == "unknown") {
    handler->mark(facts, v1::FACT_STATUS_STATED_UNKNOWN);
  } else {
    handler->set(value, policy, file, facts);
  }
}

void UnsetFact(const YamlNode& key, FileReader& file, v1::Facts& facts) {
  if (const Handler* const handler = Find(key, file)) handler->mark(facts, v1::FACT_STATUS_MISSING);
}

v1::Facts BlankFacts() {
  v1::Facts facts;
  SetHeaderMissing(facts);
  facts.mutable_coverage()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_coverage()->set_value("declared_only");
  for (v1::StringListFact* fact : {facts.mutable_sections(), facts.mutable_undeclared(),
                                   facts.mutable_mentions_undeclared()}) {
    fact->set_status(v1::FACT_STATUS_KNOWN);
  }
  return facts;
}

}  // namespace gavel::rules
