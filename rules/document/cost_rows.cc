#include "rules/document/cost_rows.h"

#include <algorithm>

#include "rules/text/amounts.h"
#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr int64_t kSlackPercent = 2;
constexpr int64_t kSlackCents = 100;
// What people write for nothing at all.
constexpr std::string_view kNothing[] = {"", "-", "none", "free", "included"};

std::string PlainLower(std::string_view cell) { return AsciiLower(Trim(PlainNumberText(cell))); }

// `|---|--:|`, between the header and the rows.
bool IsDelimiter(const std::vector<std::string_view>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
    return !cell.empty() && cell.find_first_not_of(":-") == std::string_view::npos;
  });
}

// The low end of a range counts in the low column, the high end in the high one.
AmountCell ReadAmount(std::string_view cell, bool high) {
  AmountCell amount{std::string(cell), std::nullopt};
  const std::string plain = PlainLower(cell);
  if (std::find(std::begin(kNothing), std::end(kNothing), plain) != std::end(kNothing)) {
    amount.cents = 0;
  } else if (const auto quantity = ParseQuantity(cell)) {
    amount.cents = CentsOf(high ? quantity->high : quantity->low);
  }
  return amount;
}

// True, and the columns noted, where `cells` are a header with a low and a high column.
bool ReadHeader(const std::vector<std::string_view>& cells, CostTable& table) {
  CostTable found;
  for (size_t c = 1; c < cells.size(); ++c) {
    const std::string name = PlainLower(cells[c]);
    if (found.low == 0 && name.starts_with("low")) found.low = c;
    if (found.high == 0 && name.starts_with("high")) found.high = c;
    if (found.how == 0 && name.starts_with("how")) found.how = c;
  }
  if (found.low == 0 || found.high == 0) return false;
  found.columns = cells.size();
  table = std::move(found);
  return true;
}

void AddRow(const std::vector<std::string_view>& cells, int line, CostTable& table) {
  if (cells.size() <= std::max(table.low, table.high) || IsDelimiter(cells)) return;
  CostRow row{.name = PlainLower(cells[0]),
              .low = ReadAmount(cells[table.low], false),
              .high = ReadAmount(cells[table.high], true),
              .how = table.how > 0 && table.how < cells.size() ? std::string(cells[table.how])
                                                               : std::string(),
              .line = line};
  if (row.name.starts_with("in a year")) {
    table.in_a_year = std::move(row);
  } else if (table.total) {
    return;  // What stands below the total is no part of it.
  } else if (row.name.starts_with("total") || row.name == "sum") {
    table.total = std::move(row);
  } else {
    table.rows.push_back(std::move(row));
  }
}

}  // namespace

std::vector<std::string_view> TableCells(std::string_view line) {
  line = Trim(line);
  if (!line.starts_with('|')) return {};
  line.remove_prefix(1);
  std::vector<std::string_view> cells;
  while (!line.empty()) {
    size_t end = line.find('|');
    while (end != std::string_view::npos && end > 0 && line[end - 1] == '\\') {
      end = line.find('|', end + 1);
    }
    cells.push_back(Trim(line.substr(0, end)));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return cells;
}

std::optional<CostTable> ReadCostTable(const FoundSection& cost, const Outline& outline) {
  CostTable table;
  for (const Heading* heading : cost.headings) {
    for (size_t i = heading->first; i < heading->last; ++i) {
      const BodyLine& line = outline.lines[i];
      const auto cells = line.code ? std::vector<std::string_view>() : TableCells(line.text);
      if (table.header_line == 0) {
        if (ReadHeader(cells, table)) table.header_line = line.number;
      } else if (cells.empty()) {
        return table;
      } else {
        AddRow(cells, line.number, table);
      }
    }
    if (table.header_line != 0) return table;
  }
  return std::nullopt;
}

std::optional<CostSums> SumsOf(const CostTable& table) {
  CostSums sums;
  for (const CostRow& row : table.rows) {
    if (!row.low.cents || !row.high.cents) return std::nullopt;
    const auto low = CheckedAdd(sums.low, *row.low.cents);
    const auto high = CheckedAdd(sums.high, *row.high.cents);
    if (!low || !high) return std::nullopt;
    sums = {*low, *high};
  }
  return sums;
}

bool SameAmount(int64_t a_cents, int64_t b_cents) {
  const int64_t larger = std::max(a_cents, b_cents);
  return larger - std::min(a_cents, b_cents) <= larger / 100 * kSlackPercent + kSlackCents;
}

}  // namespace gavel::rules
