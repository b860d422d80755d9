#include "clients/cli/output/table.h"

#include <algorithm>

#include "clients/cli/output/wrap.h"

namespace gavel::cli {
namespace {

using Row = std::vector<std::string>;

constexpr size_t kGap = 2;
// A longer word of a text may be cut in two: one of them must not take the room of all others.
constexpr size_t kLongestWord = 20;

// What is known of a column.
struct Column {
  size_t width = 0;  // Of its longest cell, then what it gets.
  size_t word = 0;   // The longest word.
  bool is_text = false;

  size_t Least() const { return is_text ? std::min(word, kLongestWord) : width; }
};

void Measure(const std::string& cell, Column& column) {
  column.width = std::max(column.width, ColumnsOf(cell));
  for (size_t at = 0; at < cell.size();) {
    const size_t end = std::min(cell.find(' ', at), cell.size());
    column.word = std::max(column.word, ColumnsOf(std::string_view(cell).substr(at, end - at)));
    column.is_text = column.is_text || end < cell.size();
    at = end + 1;
  }
}

std::vector<Column> ColumnsOfAll(const std::vector<Row>& rows) {
  std::vector<Column> columns;
  for (const Row& row : rows) {
    columns.resize(std::max(columns.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) Measure(row[i], columns[i]);
  }
  return columns;
}

// Takes from the widest column that can give until all fit, or none can.
void Fit(std::vector<Column>& columns, size_t width) {
  size_t total = kGap * (columns.size() - 1);
  for (const Column& column : columns) total += column.width;
  for (; total > width; --total) {
    Column* widest = nullptr;
    for (Column& column : columns) {
      const bool gives = column.width > column.Least();
      if (gives && (widest == nullptr || column.width >= widest->width)) widest = &column;
    }
    if (widest == nullptr) return;
    --widest->width;
  }
}

std::vector<std::string> LinesOf(const Row& row, const std::vector<Column>& columns) {
  std::vector<std::string> lines;
  size_t margin = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    const std::vector<std::string> parts = WrapCell(row[i], columns[i].width);
    lines.resize(std::max(lines.size(), parts.size()));
    for (size_t line = 0; line < parts.size(); ++line) {
      if (parts[line].empty()) continue;
      lines[line] += std::string(margin - ColumnsOf(lines[line]), ' ') + parts[line];
    }
    margin += columns[i].width + kGap;
  }
  return lines;
}

}  // namespace

std::vector<std::vector<std::string>> TableLines(const std::vector<Row>& rows, size_t width) {
  std::vector<Column> columns = ColumnsOfAll(rows);
  if (!columns.empty()) Fit(columns, width);
  std::vector<std::vector<std::string>> lines;
  for (const Row& row : rows) lines.push_back(LinesOf(row, columns));
  return lines;
}

}  // namespace gavel::cli
