#include "rules/document/cost_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/document/cost_product.h"
#include "rules/document/cost_rows.h"
#include "rules/document/cost_year.h"
#include "rules/finding_codes.h"
#include "rules/text/amounts.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

using Findings = std::vector<v1::Finding>;

void Add(std::string_view code, std::string message, int line, Findings& findings) {
  findings.push_back(MakeFinding(code, "cost", message, line, line > 0 ? 1 : 0));
}

bool Names(const CostRow& row, const v1::Dependency& dependency, const CatalogIndex& catalog) {
  const auto has = [&](const std::string& name) {
    return row.name.find(AsciiLower(name)) != std::string::npos;
  };
  if (has(dependency.written()) || has(dependency.product())) return true;
  const v1::Product* const product = catalog.FindProduct(dependency.product());
  return product != nullptr &&
         std::any_of(product->aliases().begin(), product->aliases().end(), has);
}

void CheckCells(const CostRow& row, Findings& findings) {
  for (const auto& [name, cell] : {std::pair{"low", &row.low}, std::pair{"high", &row.high}}) {
    if (cell->cents) continue;
    Add("GV315",
        fmt::format("\"{}\" in the {} column is no amount. Write one number, `none` or nothing.",
                    cell->text, name),
        row.line, findings);
  }
}

void CheckProduct(const CostRow& row, Findings& findings) {
  const auto product = ReadCostProduct(row.how);
  if (!product || !row.low.cents) return;
  // `90 × 2.63 M s = 237 M` is a step on the way, not the amount.
  const auto said = product->said ? CentsOf(*product->said) : row.low.cents;
  if (!said || !SameAmount(*said, *row.low.cents)) return;
  const auto cents = CentsOf(product->value);
  const auto unscaled = CentsOf(product->unscaled);
  if (!cents || SameAmount(*cents, *row.low.cents)) return;
  if (unscaled && SameAmount(*unscaled, *row.low.cents)) return;
  Add("GV314",
      fmt::format("{} comes to {}, the low amount says {}. Mend one of them.", product->text,
                  AmountText(*cents), AmountText(*row.low.cents)),
      row.line, findings);
}

// One end of the total: `sum` is what the rows come to, where that can be told.
struct End {
  std::string_view name;
  std::optional<int64_t> sum;
  std::optional<int64_t> total;
  int64_t declared;
};

void CheckEnd(const End& end, bool declared, int line, Findings& findings) {
  if (end.sum && end.total && !SameAmount(*end.sum, *end.total)) {
    Add("GV312",
        fmt::format("The {} column adds up to {}, the total says {}. Mend one of them.", end.name,
                    AmountText(*end.sum), AmountText(*end.total)),
        line, findings);
  }
  const auto total = end.total ? end.total : end.sum;
  if (declared && total && !SameAmount(*total, end.declared)) {
    Add("GV313",
        fmt::format("The {} total is {}, cost.monthly_usd says {}. Make them equal.", end.name,
                    AmountText(*total), AmountText(end.declared)),
        line, findings);
  }
}

void CheckTotals(const CostTable& table, const v1::CostFact& declared, Findings& findings) {
  if (table.rows.empty()) return;
  const auto sums = SumsOf(table);
  const auto of = [&](int64_t CostSums::*end) {
    return sums ? std::optional((*sums).*end) : std::nullopt;
  };
  const bool known = declared.status() == v1::FACT_STATUS_KNOWN;
  const int line = table.total ? table.total->line : table.header_line;
  const auto total = [&](const AmountCell CostRow::*cell) {
    return table.total ? ((*table.total).*cell).cents : std::nullopt;
  };
  CheckEnd({"low", of(&CostSums::low), total(&CostRow::low), declared.low_cents()}, known, line,
           findings);
  CheckEnd({"high", of(&CostSums::high), total(&CostRow::high), declared.high_cents()}, known, line,
           findings);
}

// What the section says of a year on: a row of the table, else a sentence.
std::optional<CostInAYear> InAYear(const FoundSection& cost, const Outline& outline,
                                   const std::optional<CostTable>& table) {
  if (!table || !table->in_a_year) return FindCostInAYear(cost, outline);
  const CostRow& row = *table->in_a_year;
  if (!row.low.cents || !row.high.cents) return std::nullopt;
  return CostInAYear{*row.low.cents, *row.high.cents, row.line};
}

void CheckInAYear(const CostInAYear& said, const CentsRange& declared, Findings& findings) {
  if (SameAmount(said.low, declared.low) && SameAmount(said.high, declared.high)) return;
  Add("GV313",
      fmt::format("In a year it is {} to {} here, cost.in_a_year_usd says {} to {}. Make them "
                  "equal.",
                  AmountText(said.low), AmountText(said.high), AmountText(declared.low),
                  AmountText(declared.high)),
      said.line, findings);
}

}  // namespace

v1::Finding UnpricedFinding(const v1::Dependency& dependency, int line) {
  return MakeFinding(
      "GV311", "cost",
      fmt::format("Section \"Cost\" gives no price for `{}`, which the front matter uses. Add a "
                  "row. How to: {}",
                  dependency.written(), kCostPageUrl),
      line, line > 0 ? 1 : 0);
}

std::vector<v1::Finding> CheckCostTable(const FoundSection& cost, const Outline& outline,
                                        const v1::Facts& facts, const CatalogIndex& catalog,
                                        const std::optional<CentsRange>& in_a_year) {
  Findings findings;
  const auto table = ReadCostTable(cost, outline);
  if (table && !table->rows.empty()) {
    for (const v1::Dependency& dependency : facts.dependencies().dependencies()) {
      const bool named =
          std::any_of(table->rows.begin(), table->rows.end(),
                      [&](const CostRow& row) { return Names(row, dependency, catalog); });
      if (!named) findings.push_back(UnpricedFinding(dependency, cost.headings.front()->line));
    }
    for (const CostRow& row : table->rows) {
      CheckCells(row, findings);
      CheckProduct(row, findings);
    }
    if (table->total) CheckCells(*table->total, findings);
    CheckTotals(*table, facts.monthly_cost(), findings);
  }
  const auto said = InAYear(cost, outline, table);
  if (said && in_a_year) CheckInAYear(*said, *in_a_year, findings);
  return findings;
}

}  // namespace gavel::rules
