#include "rules/evaluate/fact_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

std::string SourceText(const v1::FactSource& source) {
  if (source.kind().empty()) return {};
  std::string text = source.kind();
  if (!source.origin().empty()) text += " " + source.origin();
  if (source.line() > 0) text += fmt::format(":{}", source.line());
  return text;
}

int64_t RankOf(Field field, const std::string& value) {
  const auto values = InfoOf(field).values;
  return std::find(values.begin(), values.end(), value) - values.begin();
}

// `declared front-matter:7,8, detected terraform plan.json`.
void AddSource(const v1::FactSource& source, std::string& text) {
  const std::string more = SourceText(source);
  if (text.empty()) {
    text = more;
  } else if (source.line() > 0) {
    text += fmt::format(",{}", source.line());
  } else if (text.find(more) == std::string::npos) {
    text += ", " + more;
  }
}

Field FieldOfClass(const v1::Product* product) {
  if (product != nullptr && product->product_class() == "storage") return Field::kDepsStorage;
  if (product != nullptr && product->product_class() == "compute") return Field::kDepsCompute;
  return Field::kDepsOther;  // Also what the catalog does not know.
}

constexpr Field kDependencyFields[] = {Field::kDepsAll, Field::kDepsStorage, Field::kDepsCompute,
                                       Field::kDepsOther};

}  // namespace

std::string DependencyName(const v1::Dependency& dependency) {
  return dependency.tier().empty() ? dependency.product()
                                   : fmt::format("{}/{}", dependency.product(), dependency.tier());
}

FactTable::FactTable(const v1::Facts& facts, const Policy& policy, bool facts_unknown)
    : facts_(facts), policy_(policy), facts_unknown_(facts_unknown) {
  FieldValue& title = At(Field::kSpecTitle);
  title.knowledge = Knowledge::kKnown;
  title.names = {facts.title()};
  title.shown = facts.title();
  SetName(Field::kSpecCategory, facts.category());
  SetDependencies();
  SetClassification();
  SetFlag(Field::kDataPersonal, facts.personal());
  SetNames(Field::kRegions, facts.regions());
  SetCost();
  SetFlag(Field::kChangeReversible, facts.reversible());
  SetRank(Field::kChangeBlastRadius, facts.blast_radius());
  SetNames(Field::kSections, facts.sections());
  SetCoverage();
  SetNames(Field::kDetectUndeclared, facts.undeclared());
  SetNames(Field::kMentionsUndeclared, facts.mentions_undeclared());
  SetSystemCost();
}

Knowledge FactTable::KnowledgeOf(v1::FactStatus status) const {
  switch (status) {
    case v1::FACT_STATUS_KNOWN:
      return Knowledge::kKnown;
    case v1::FACT_STATUS_UNSPECIFIED:
    case v1::FACT_STATUS_MISSING:
      return facts_unknown_ ? Knowledge::kUnknown : Knowledge::kMissing;
    default:
      return Knowledge::kUnknown;
  }
}

// What all kinds of facts have in common. Overwritten by the caller where the fact is known.
void FactTable::Start(Field field, v1::FactStatus status, const v1::FactSource& source) {
  FieldValue& value = At(field);
  const std::string_view key = InfoOf(field).key;
  value.knowledge = KnowledgeOf(status);
  if (value.knowledge == Knowledge::kMissing && key.empty()) value.knowledge = Knowledge::kUnknown;
  value.shown = status == v1::FACT_STATUS_INVALID        ? "wrong"
                : value.knowledge == Knowledge::kMissing ? "missing"
                                                         : "unknown";
  value.from = SourceText(source);
}

void FactTable::SetName(Field field, const v1::StringFact& fact) {
  Start(field, fact.status(), fact.source());
  if (fact.status() != v1::FACT_STATUS_KNOWN) return;
  At(field).names = {fact.value()};
  At(field).shown = fact.value();
}

void FactTable::SetNames(Field field, const v1::StringListFact& fact) {
  Start(field, fact.status(), fact.source());
  if (fact.status() != v1::FACT_STATUS_KNOWN) return;
  FieldValue& value = At(field);
  value.names = {fact.values().begin(), fact.values().end()};
  value.shown = value.names.empty() ? "none" : JoinComma(value.names);
}

void FactTable::SetFlag(Field field, const v1::BoolFact& fact) {
  Start(field, fact.status(), fact.source());
  if (fact.status() != v1::FACT_STATUS_KNOWN) return;
  At(field).flag = fact.value();
  At(field).shown = fact.value() ? "true" : "false";
}

void FactTable::SetRank(Field field, const v1::StringFact& fact) {
  SetName(field, fact);
  if (fact.status() != v1::FACT_STATUS_KNOWN) return;
  At(field).low = At(field).high = RankOf(field, fact.value());
}

// "none" alone would not tell the author what to mend.
void FactTable::SetCoverage() {
  SetRank(Field::kDetectCoverage, facts_.coverage());
  for (const v1::DetectorRun& run : facts_.detectors()) {
    if (run.status() != v1::DetectorRun::STATUS_FAILED) continue;
    At(Field::kDetectCoverage).shown +=
        fmt::format(", as {} could not read {}", run.detector(), run.name());
  }
}

void FactTable::SetDependencies() {
  const v1::DependenciesFact& fact = facts_.dependencies();
  for (const Field field : kDependencyFields) Start(field, fact.status(), fact.source());
  if (fact.status() != v1::FACT_STATUS_KNOWN) return;
  std::array<std::string, kFieldCount> lines;
  for (const v1::Dependency& dependency : fact.dependencies()) {
    const v1::Product* const product = policy_.catalog_index().FindProduct(dependency.product());
    const bool detected = dependency.source().kind() == "detected";
    for (const Field field : {Field::kDepsAll, FieldOfClass(product)}) {
      FieldValue& value = At(field);
      value.names.push_back(DependencyName(dependency));
      value.detected = value.detected || detected;
      if (!detected) value.declared.push_back(DependencyName(dependency));
      AddSource(dependency.source(), lines[static_cast<size_t>(field)]);
    }
  }
  for (const Field field : kDependencyFields) {
    FieldValue& value = At(field);
    value.shown = value.names.empty() ? "none" : JoinComma(value.names);
    const std::string& from = lines[static_cast<size_t>(field)];
    if (!from.empty()) value.from = from;
  }
}

void FactTable::SetClassification() {
  constexpr Field kField = Field::kDataClassification;
  SetRank(kField, facts_.classification());
  FieldValue& value = At(kField);
  if (value.knowledge != Knowledge::kKnown) return;
  const Knowledge system = KnowledgeOf(facts_.system().status());
  int64_t floor = 0;
  for (const v1::System& one : policy_.org().systems()) {
    if (one.classification().empty()) continue;
    if (system != Knowledge::kKnown || one.id() == facts_.system().value()) {
      floor = std::max(floor, RankOf(kField, one.classification()));
    }
  }
  if (floor <= value.low) return;
  value.high = floor;
  if (system == Knowledge::kKnown) {
    value.low = floor;
    value.shown =
        fmt::format("{}, as system {} is", InfoOf(kField).values[static_cast<size_t>(floor)],
                    facts_.system().value());
  } else {
    value.shown += ", or higher: the system is not known";
  }
}

void FactTable::SetCost() {
  const v1::CostFact& fact = facts_.monthly_cost();
  Start(Field::kCostMonthlyUsd, fact.status(), fact.source());
  if (fact.status() != v1::FACT_STATUS_KNOWN) return;
  FieldValue& value = At(Field::kCostMonthlyUsd);
  const std::string& currency = policy_.org().currency();
  value.low = value.high = fact.high_cents();
  value.shown = fact.low_cents() == fact.high_cents()
                    ? fmt::format("{} {}", AmountText(fact.high_cents()), currency)
                    : fmt::format("{} to {} {}", AmountText(fact.low_cents()),
                                  AmountText(fact.high_cents()), currency);
  if (At(Field::kDepsAll).knowledge != Knowledge::kKnown) {
    const int64_t most =
        policy_.catalog_index().TotalPriceCents().value_or(std::numeric_limits<int64_t>::max());
    value.high = std::max(value.high, most);
    if (value.high > value.low) value.shown += ", or more: the dependencies are not known";
    return;
  }
  std::optional<int64_t> sum = 0;
  for (const v1::Dependency& dependency : facts_.dependencies().dependencies()) {
    const auto ref = policy_.catalog_index().FindTier(dependency.product(), dependency.tier());
    if (ref && sum) sum = CheckedAdd(*sum, ref->tier->max_monthly_cents());
  }
  if (!sum) {
    value.knowledge = Knowledge::kUnknown;
    value.shown = "more than can be added up";
  } else if (*sum > value.high) {
    value.low = value.high = *sum;
    value.shown += fmt::format(", {} {} by the catalog's prices", AmountText(*sum), currency);
  }
}

// The history of others. Not asked for (an offline check) counts as clear; asked for and not
// answered is unknown.
void FactTable::SetSystemCost() {
  const v1::CostFact& fact = facts_.system_cost_90d();
  Start(Field::kHistorySystemCost90dUsd, fact.status(), fact.source());
  FieldValue& value = At(Field::kHistorySystemCost90dUsd);
  if (fact.status() == v1::FACT_STATUS_UNSPECIFIED) {
    value.knowledge = Knowledge::kKnown;
    value.shown = "not asked";
  } else if (fact.status() == v1::FACT_STATUS_KNOWN) {
    value.low = value.high = fact.high_cents();
    value.shown = fmt::format("{} {}", AmountText(fact.high_cents()), policy_.org().currency());
  }
}

}  // namespace gavel::rules
