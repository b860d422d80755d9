// What makes a SQLite file a Gavel database: its application id, its schema, its log's identity.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "engine/store/sqlite/connection.h"

namespace gavel::store {

// Makes an empty database ours and gives it `log_id` (empty: a random UUID), or verifies that it is
// ours; brings its schema up to date. Idempotent, also after a crash half way.
//
// Errors: FAILED_PRECONDITION when it belongs to another program, or as Migrate.
absl::Status PrepareDatabase(Connection& database, const std::string& log_id, int64_t now_us);

}  // namespace gavel::store
