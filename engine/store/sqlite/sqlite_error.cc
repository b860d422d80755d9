#include "engine/store/sqlite/sqlite_error.h"

#include <sqlite3.h>

#include "engine/store/store_error.h"
#include "fmt/format.h"

namespace gavel::store {

absl::Status SqliteError(sqlite3* db, int code, std::string_view doing) {
  const int extended = db == nullptr ? code : sqlite3_extended_errcode(db);
  const auto detail = fmt::format("SQLite {} ({}) while {}: {}", code, extended, doing,
                                  db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db));
  switch (code & 0xFF) {  // The primary code; higher bits say which operation failed.
    case SQLITE_FULL:
      return DiskFull(detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StoreCorrupt(detail);
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_TOOBIG:
      return StoreMisuse(detail);
    default:
      return StoreUnavailable(detail);
  }
}

}  // namespace gavel::store
