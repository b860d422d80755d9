#include "rules/document/cost_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "rules/finding_codes.h"
#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr int64_t kSlackPercent = 2;

using Cells = std::vector<std::string>;

// The cells of a table row; empty for another line.
Cells SplitRow(std::string_view line) {
  line = Trim(line);
  if (!line.starts_with('|')) return {};
  Cells cells;
  line.remove_prefix(1);
  while (!line.empty()) {
    const size_t end = line.find('|');
    std::string cell(Trim(line.substr(0, end)));
    std::erase(cell, '*');
    cells.push_back(std::move(cell));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return cells;
}

// `1,024`, `$40` or `47.50 USD` in cents; nothing for other text.
std::optional<int64_t> CellCents(const std::string& cell) {
  std::string digits;
  for (const char c : cell) {
    if ((c >= '0' && c <= '9') || c == '.')
      digits += c;
    else if (c != ',' && c != ' ' && c != '$' && static_cast<unsigned char>(c) < 0x80 &&
             !IsAsciiAlnum(c))
      return std::nullopt;
  }
  return ParseCents(digits);
}

struct CostRow {
  std::string text;  // First cell, lower case.
  std::optional<int64_t> low, high;
  int line = 0;
};

// The rows below the first header with a low and a high column.
std::vector<CostRow> ReadRows(const FoundSection& cost, const Outline& outline) {
  std::vector<CostRow> rows;
  size_t low = 0, high = 0;  // Column numbers; 0 before the header was seen.
  for (const Heading* heading : cost.headings) {
    for (size_t i = heading->first; i < heading->last; ++i) {
      const BodyLine& line = outline.lines[i];
      const Cells cells = line.code ? Cells() : SplitRow(line.text);
      if (low == 0 || high == 0) {
        for (size_t c = 1; c < cells.size(); ++c) {
          if (AsciiLower(cells[c]).starts_with("low")) low = c;
          if (AsciiLower(cells[c]).starts_with("high")) high = c;
        }
      } else if (cells.size() > std::max(low, high)) {
        rows.push_back(
            {AsciiLower(cells[0]), CellCents(cells[low]), CellCents(cells[high]), line.number});
      }
    }
  }
  return rows;
}

bool Near(int64_t a, int64_t b) {
  const int64_t larger = std::max(a, b);
  return larger - std::min(a, b) <= larger / 100 * kSlackPercent + 100;
}

v1::Finding CostFinding(std::string_view code, std::string message, int line) {
  return MakeFinding(code, "cost", message, line, line > 0 ? 1 : 0);
}

void CheckEnd(std::string_view name, int64_t sum, int64_t total, const v1::CostFact& declared,
              int64_t stated, int line, std::vector<v1::Finding>& findings) {
  if (!Near(sum, total)) {
    findings.push_back(
        CostFinding("GV312",
                    fmt::format("The {} column adds up to {}, the total says {}. Mend one of them.",
                                name, AmountText(sum), AmountText(total)),
                    line));
  }
  if (declared.status() == v1::FACT_STATUS_KNOWN && !Near(total, stated)) {
    findings.push_back(
        CostFinding("GV313",
                    fmt::format("The {} total is {}, cost.monthly_usd says {}. Make them equal.",
                                name, AmountText(total), AmountText(stated)),
                    line));
  }
}

void CheckTotals(const std::vector<CostRow>& rows, const v1::CostFact& declared,
                 std::vector<v1::Finding>& findings) {
  int64_t low = 0, high = 0;
  for (const CostRow& row : rows) {
    if (row.text.starts_with("total")) {
      if (!row.low || !row.high) return;
      CheckEnd("low", low, *row.low, declared, declared.low_cents(), row.line, findings);
      CheckEnd("high", high, *row.high, declared, declared.high_cents(), row.line, findings);
      return;
    }
    const auto new_low = CheckedAdd(low, row.low.value_or(0));
    const auto new_high = CheckedAdd(high, row.high.value_or(0));
    if (!new_low || !new_high) return;
    low = *new_low;
    high = *new_high;
  }
}

}  // namespace

std::vector<v1::Finding> CheckCostTable(const FoundSection& cost, const Outline& outline,
                                        const v1::Facts& facts) {
  std::vector<v1::Finding> findings;
  const std::vector<CostRow> rows = ReadRows(cost, outline);
  if (rows.empty()) return findings;
  for (const v1::Dependency& dependency : facts.dependencies().dependencies()) {
    const bool named = std::any_of(rows.begin(), rows.end(), [&](const CostRow& row) {
      return row.text.find(dependency.written()) != std::string::npos ||
             row.text.find(dependency.product()) != std::string::npos;
    });
    if (named) continue;
    findings.push_back(CostFinding(
        "GV311",
        fmt::format(
            "Section \"Cost\" gives no price for `{}`, which the front matter uses. Add a row.",
            dependency.written()),
        cost.headings.front()->line));
  }
  CheckTotals(rows, facts.monthly_cost(), findings);
  return findings;
}

}  // namespace gavel::rules
