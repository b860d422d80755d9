#include "engine/store/sqlite/statement.h"

#include <sqlite3.h>

#include <utility>

#include "engine/store/sqlite/sqlite_error.h"

namespace gavel::store {
namespace {

// SQLite takes a null pointer for NULL, even with length 0; an empty string must stay a string.
const char* NotNull(std::string_view bytes) { return bytes.data() == nullptr ? "" : bytes.data(); }

}  // namespace

Statement::Statement(sqlite3_stmt* statement, absl::Status error)
    : statement_(statement), error_(std::move(error)) {}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), error_(std::move(other.error_)) {}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);           // Repeats the error of the last step, reported already.
  sqlite3_clear_bindings(statement_);  // They point into memory that the caller may free now.
}

void Statement::Check(int code) {
  if (code == SQLITE_OK || !error_.ok()) return;
  error_ = SqliteError(sqlite3_db_handle(statement_), code, "binding");
}

void Statement::Bind(int parameter, int64_t value) {
  if (error_.ok()) Check(sqlite3_bind_int64(statement_, parameter, value));
}

void Statement::Bind(int parameter, std::string_view text) {
  if (!error_.ok()) return;
  Check(sqlite3_bind_text64(statement_, parameter, NotNull(text), text.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
}

void Statement::Bind(int parameter, Blob blob) {
  if (!error_.ok()) return;
  Check(sqlite3_bind_blob64(statement_, parameter, NotNull(blob.bytes), blob.bytes.size(),
                            SQLITE_STATIC));
}

absl::StatusOr<bool> Statement::Next() {
  if (!error_.ok()) return error_;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  error_ = SqliteError(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
  return error_;
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string Statement::Bytes(int column) const { return std::string(Peek(column)); }

std::string_view Statement::Peek(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes), size);
}

}  // namespace gavel::store
