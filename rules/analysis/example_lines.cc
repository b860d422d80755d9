#include <fmt/format.h>

#include "rules/analysis/analysis.h"
#include "rules/evaluate/fact_table.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// `400` or `400.50`, as policy files take it.
std::string Amount(int64_t cents) {
  return cents % 100 == 0 ? fmt::format("{}", cents / 100)
                          : fmt::format("{}.{:02}", cents / 100, cents % 100);
}

std::string List(const std::vector<std::string>& names) { return "[" + JoinComma(names) + "]"; }

std::string Value(const v1::StringFact& fact) { return fact.value(); }
std::string Value(const v1::BoolFact& fact) { return fact.value() ? "true" : "false"; }
std::string Value(const v1::StringListFact& fact) {
  return List({fact.values().begin(), fact.values().end()});
}
std::string Value(const v1::CostFact& fact) {
  if (fact.low_cents() == fact.high_cents()) return Amount(fact.high_cents());
  return fmt::format("{{low: {}, high: {}}}", Amount(fact.low_cents()), Amount(fact.high_cents()));
}

// The dependencies as the author wrote them, where the policy still reads that as the same product.
std::string DependenciesText(const v1::DependenciesFact& fact, const CatalogIndex& catalog) {
  if (fact.dependencies().empty()) return "none";
  std::vector<std::string> names;
  for (const v1::Dependency& one : fact.dependencies()) {
    const std::string written = one.written().substr(0, one.written().find('/'));
    const v1::Product* const product = catalog.FindProduct(written);
    const bool same = (product != nullptr ? product->id() : written) == one.product();
    names.push_back(same ? one.written() : DependencyName(one));
  }
  return List(names);
}

class Lines {
 public:
  template <typename Fact>
  void Add(std::string_view field, const Fact& fact) {
    Add(field, fact.status(), Value(fact));
  }
  void Add(std::string_view field, v1::FactStatus status, const std::string& value) {
    switch (status) {
      case v1::FACT_STATUS_KNOWN:
        return Add(field, value);
      case v1::FACT_STATUS_STATED_UNKNOWN:
      case v1::FACT_STATUS_INVALID:
        return Add(field, std::string("unknown"));
      default:
        return;
    }
  }
  void Add(std::string_view field, const std::string& value) {
    lines_.push_back(fmt::format("{}: {}", field, value));
  }
  std::vector<std::string> Take() { return std::move(lines_); }

 private:
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> ExampleLines(const v1::Facts& facts, const Policy& policy) {
  Lines lines;
  lines.Add("spec.category", facts.category());
  lines.Add("spec.system", facts.system());
  lines.Add("deps", facts.dependencies().status(),
            DependenciesText(facts.dependencies(), policy.catalog_index()));
  lines.Add("data.classification", facts.classification());
  lines.Add("data.personal", facts.personal());
  lines.Add("regions", facts.regions());
  lines.Add("cost.monthly_usd", facts.monthly_cost());
  lines.Add("change.reversible", facts.reversible());
  lines.Add("change.blast_radius", facts.blast_radius());
  lines.Add("sections", facts.sections());
  lines.Add("detect.coverage", facts.coverage());
  lines.Add("detect.undeclared", facts.undeclared());
  lines.Add("mentions.undeclared", facts.mentions_undeclared());
  lines.Add("history.system_cost_90d_usd", facts.system_cost_90d());
  return lines.Take();
}

}  // namespace gavel::rules
