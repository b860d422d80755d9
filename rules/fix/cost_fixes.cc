// Fixes of the cost section: rows that are missing, sums that are wrong.
#include <fmt/format.h>

#include <algorithm>

#include "rules/document/cost_product.h"
#include "rules/document/cost_rows.h"
#include "rules/document/cost_table.h"
#include "rules/document/cost_year.h"
#include "rules/document/sections.h"
#include "rules/fix/makers.h"
#include "rules/fix/yaml_edits.h"
#include "rules/text/amounts.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// The cost section as the checker found it.
struct CostSection {
  std::optional<CostTable> table;
  std::optional<CostInAYear> in_a_year;
};

std::optional<CostSection> CostSectionOf(const OpenDocument& document) {
  if (document.policy() == nullptr) return std::nullopt;
  const SectionReport report = FindSections(document.policy()->org(), document.outline());
  for (const FoundSection& section : report.present) {
    if (section.id != "cost") continue;
    return CostSection{ReadCostTable(section, document.outline()),
                       FindCostInAYear(section, document.outline())};
  }
  return std::nullopt;
}

std::vector<std::string_view> CellsOf(const OpenDocument& document, int line) {
  return TableCells(document.lines().Text(document.lines().Line(line)));
}

// `cents` in the place of the number of a cell; what stands around it, as `**` or `$`, stays.
std::optional<TextEdit> WriteAmount(const OpenDocument& document, int line, size_t column,
                                    int64_t cents) {
  const auto cells = CellsOf(document, line);
  if (column >= cells.size()) return std::nullopt;
  const std::string_view cell = cells[column];
  const auto at = static_cast<size_t>(cell.data() - document.bytes().data());
  const size_t first = cell.find_first_of("0123456789");
  if (first == std::string_view::npos) return TextEdit{at, cell.size(), AmountText(cents)};
  const size_t last = cell.find_last_of("0123456789");
  return TextEdit{at + first, last - first + 1, AmountText(cents)};
}

// The sum without cents where it has more than a few of them: totals are rounded.
int64_t Rounded(int64_t cents) { return cents < 1000 ? cents : (cents + 50) / 100 * 100; }

void WriteEnds(const OpenDocument& document, std::string_view field, int64_t low, int64_t high,
               Fixes& fixes) {
  const auto found = document.Find(field);
  const std::string title = fmt::format("Write {} to {} to {}", AmountText(low), AmountText(high),
                                        field.substr(field.find('.') + 1));
  if (!found) return;
  const YamlNode* const low_node = found->node->Find("low");
  const YamlNode* const high_node = found->node->Find("high");
  if (low_node == nullptr || high_node == nullptr || low_node->line > high_node->line ||
      (low_node->line == high_node->line && low_node->column > high_node->column)) {
    AddFix(title, FixKind::kSuggested,
           ReplaceValue(document, *found->node,
                        fmt::format("{{low: {}, high: {}}}", PlainAmount(low), PlainAmount(high))),
           fixes);
    return;
  }
  auto low_edit = ReplaceValue(document, *low_node, PlainAmount(low));
  auto high_edit = ReplaceValue(document, *high_node, PlainAmount(high));
  if (!low_edit || !high_edit) return;
  fixes.push_back({title, FixKind::kSuggested, {*std::move(low_edit), *std::move(high_edit)}});
}

}  // namespace

Fixes InsertCostRow(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto cost = CostSectionOf(document);
  const auto dependencies = document.Find("front_matter.dependencies");
  if (!cost || !cost->table || !dependencies) return fixes;
  const int behind =
      cost->table->rows.empty() ? cost->table->header_line + 1 : cost->table->rows.back().line;
  const auto header = CellsOf(document, cost->table->header_line);
  for (const YamlNode& item : dependencies->node->items) {
    const YamlNode* const use = item.Find("use");
    const YamlNode* const quantity = item.Find("quantity");
    v1::Dependency dependency;
    if (use != nullptr) dependency.set_written(use->value);
    if (UnpricedFinding(dependency, finding.line()).message() != finding.message()) continue;
    std::string row = "|";
    for (size_t c = 0; c < header.size(); ++c) {
      const bool amount = c == cost->table->low || c == cost->table->high;
      const bool is_quantity = AsciiLower(header[c]).starts_with("quantity");
      row += fmt::format(" {} |", c == 0                               ? use->value
                                  : amount                             ? "TBD"
                                  : is_quantity && quantity != nullptr ? quantity->value
                                                                       : "");
    }
    AddFix(fmt::format("Add a row for {}", use->value), FixKind::kSuggested,
           TextEdit{document.lines().WholeLine(behind).end, 0,
                    row + std::string(document.lines().newline())},
           fixes);
    break;
  }
  return fixes;
}

Fixes WriteTotal(const OpenDocument& document, const v1::Finding&) {
  const auto cost = CostSectionOf(document);
  const auto sums = cost && cost->table ? SumsOf(*cost->table) : std::nullopt;
  if (!sums || !cost->table->total) return {};
  const CostTable& table = *cost->table;
  Fix fix{fmt::format("Write the sums {} and {} as total", AmountText(Rounded(sums->low)),
                      AmountText(Rounded(sums->high))),
          FixKind::kSuggested,
          {}};
  for (const auto& [column, sum] : {std::pair{table.low, sums->low}, {table.high, sums->high}}) {
    auto edit = WriteAmount(document, table.total->line, column, Rounded(sum));
    if (!edit) return {};
    fix.edits.push_back(*std::move(edit));
  }
  std::sort(fix.edits.begin(), fix.edits.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.offset < b.offset; });
  return {std::move(fix)};
}

Fixes WriteDeclaredCost(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto cost = CostSectionOf(document);
  if (!cost) return fixes;
  const auto& table = cost->table;
  if (table && table->in_a_year && table->in_a_year->line == finding.line()) {
    const CostRow& row = *table->in_a_year;
    if (row.low.cents && row.high.cents) {
      WriteEnds(document, "front_matter.cost.in_a_year_usd", *row.low.cents, *row.high.cents,
                fixes);
    }
    return fixes;
  }
  if (cost->in_a_year && cost->in_a_year->line == finding.line()) {
    WriteEnds(document, "front_matter.cost.in_a_year_usd", cost->in_a_year->low,
              cost->in_a_year->high, fixes);
    return fixes;
  }
  if (!table) return fixes;
  const auto sums = SumsOf(*table);
  const auto low = table->total ? table->total->low.cents
                   : sums       ? std::optional(sums->low)
                                : std::nullopt;
  const auto high = table->total ? table->total->high.cents
                    : sums       ? std::optional(sums->high)
                                 : std::nullopt;
  if (low && high && *low <= *high) {
    WriteEnds(document, "front_matter.cost.monthly_usd", *low, *high, fixes);
  }
  return fixes;
}

Fixes WriteProductAmount(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto cost = CostSectionOf(document);
  if (!cost || !cost->table) return fixes;
  for (const CostRow& row : cost->table->rows) {
    if (row.line != finding.line()) continue;
    const auto product = ReadCostProduct(row.how);
    const auto cents = product ? CentsOf(product->value) : std::nullopt;
    if (!cents) continue;
    AddFix(fmt::format("Change the low amount to {}", AmountText(Rounded(*cents))),
           FixKind::kSuggested, WriteAmount(document, row.line, cost->table->low, Rounded(*cents)),
           fixes);
  }
  return fixes;
}

}  // namespace gavel::rules
