#include "clients/chat/sqlite.h"

#include <sqlite3.h>

namespace gavel::chat {

Statement::Statement(sqlite3* database, const char* sql)
    : database_(database), statement_(nullptr, sqlite3_finalize) {
  sqlite3_stmt* prepared = nullptr;
  failed_ = sqlite3_prepare_v2(database, sql, -1, &prepared, nullptr) != SQLITE_OK;
  statement_.reset(prepared);
}

Statement& Statement::Bind(std::string_view text) {
  failed_ |= sqlite3_bind_text(statement_.get(), ++bound_, text.data(),
                               static_cast<int>(text.size()), SQLITE_TRANSIENT) != SQLITE_OK;
  return *this;
}

Statement& Statement::BindBlob(std::string_view bytes) {
  // Never a null pointer: that would bind NULL instead of an empty blob.
  failed_ |= sqlite3_bind_blob(statement_.get(), ++bound_, bytes.empty() ? "" : bytes.data(),
                               static_cast<int>(bytes.size()), SQLITE_TRANSIENT) != SQLITE_OK;
  return *this;
}

Statement& Statement::Bind(int64_t value) {
  failed_ |= sqlite3_bind_int64(statement_.get(), ++bound_, value) != SQLITE_OK;
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  if (failed_) return Error();
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return Error();
}

absl::Status Statement::Run() {
  while (true) {
    const auto row = Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
  }
}

std::string Statement::Text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? "" : std::string(bytes, size);
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }

absl::Status Statement::Error() const {
  return absl::InternalError(std::string("the bot's state file: ") + sqlite3_errmsg(database_));
}

}  // namespace gavel::chat
