// Brings a database to the schema of this binary. Forward only; one transaction per migration,
// which also records its name and checksum.
#pragma once

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/migrations.h"

namespace gavel::store {

// Applies what `database` lacks of `migrations` and sets user_version to their number. Idempotent.
//
// Errors: FAILED_PRECONDITION when the database was made by a newer release (it records a migration
// that is not in `migrations`), or when a recorded migration has another text now; those of the
// database. A failed migration leaves the ones before it applied and nothing of itself.
absl::Status Migrate(Connection& database, std::span<const Migration> migrations, int64_t now_us);

}  // namespace gavel::store
