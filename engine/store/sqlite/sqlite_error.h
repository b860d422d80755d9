// From SQLite's result codes to the errors of a store.
#pragma once

#include <string_view>

#include "absl/status/status.h"

struct sqlite3;

namespace gavel::store {

// The error for result code `code` (not OK, ROW or DONE) that `db` just answered while `doing`.
// FULL is DISK_FULL; CORRUPT and NOTADB are STORE_CORRUPT; what only our own code can cause
// (constraints, wrong SQL, wrong binding) is INTERNAL; the rest is STORE_UNAVAILABLE.
absl::Status SqliteError(sqlite3* db, int code, std::string_view doing);

}  // namespace gavel::store
