// The little of SQLite that the bot's state needs: statements that clean up after themselves.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gavel::chat {

// A prepared statement with its values. Use: bind in order, then Step until it returns false.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql);

  Statement& Bind(std::string_view text);
  Statement& BindBlob(std::string_view bytes);
  Statement& Bind(int64_t value);

  // True when there is a row. Errors: INTERNAL with SQLite's words.
  absl::StatusOr<bool> Step();
  // Runs it to the end, for statements without rows.
  absl::Status Run();

  // Columns of the current row, from 0.
  std::string Text(int column) const;
  int64_t Int(int column) const;

 private:
  absl::Status Error() const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
  int bound_ = 0;
  bool failed_ = false;
};

}  // namespace gavel::chat
