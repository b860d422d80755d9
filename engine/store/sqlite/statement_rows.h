// Whole results of a query. `read` makes a row struct of the statement's current row.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/store/sqlite/statement.h"

namespace gavel::store {

template <typename Row>
absl::StatusOr<std::vector<Row>> ReadAll(Statement statement, Row (*read)(const Statement&)) {
  std::vector<Row> rows;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Next());
    if (!found) return rows;
    rows.push_back(read(statement));
  }
}

// The first row, or nothing.
template <typename Row>
absl::StatusOr<std::optional<Row>> ReadOne(Statement statement, Row (*read)(const Statement&)) {
  GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Next());
  if (!found) return std::nullopt;
  return read(statement);
}

// For queries that always have one row of one number.
inline absl::StatusOr<int64_t> ReadInt(Statement statement) {
  GAVEL_RETURN_IF_ERROR(statement.Next().status());
  return statement.Int(0);
}

// A row of one text or blob column.
inline std::string ReadBytes(const Statement& row) { return row.Bytes(0); }

}  // namespace gavel::store
