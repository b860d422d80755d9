#include "engine/store/sqlite/migrator.h"

#include <string>
#include <vector>

#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/store/sqlite/transaction.h"
#include "fmt/format.h"

namespace gavel::store {
namespace {

// A database's own memory of what was done to it.
constexpr char kCreateMigrationTableSql[] = R"sql(
  CREATE TABLE IF NOT EXISTS migration (
    number     INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    sha256     TEXT    NOT NULL,
    applied_us INTEGER NOT NULL
  ) STRICT
)sql";

absl::Status Refused(const std::string& message) { return absl::FailedPreconditionError(message); }

// The recorded migration `number`, from 1, must be the one we know under that number.
absl::Status CheckRecorded(std::span<const Migration> migrations, size_t number,
                           const std::string& name, const std::string& sha256) {
  if (number > migrations.size()) {
    return Refused(
        fmt::format("The database was made by a newer release: it has migration {}, and "
                    "this one knows {}. Start that release, or restore a backup.",
                    name, migrations.size()));
  }
  const Migration& known = migrations[number - 1];
  if (name != known.name || sha256 != Sha256Hex(known.sql)) {
    return Refused(
        fmt::format("Migration {} of the database is not {} as this release has it: the "
                    "schema is unknown. Start the release that wrote it.",
                    name, known.name));
  }
  return absl::OkStatus();
}

constexpr char kSelectMigrationsSql[] = R"sql(
  SELECT number, name, sha256 FROM migration ORDER BY number
)sql";

// How many migrations were applied; an error when they are not the first ones of ours.
absl::StatusOr<size_t> CountApplied(Connection& database, std::span<const Migration> migrations) {
  size_t count = 0;
  Statement rows = database.Query(kSelectMigrationsSql);
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const bool found, rows.Next());
    if (!found) return count;
    ++count;
    if (rows.Int(0) != static_cast<int64_t>(count)) {
      return Refused(fmt::format("The database lacks the record of migration {}.", count));
    }
    GAVEL_RETURN_IF_ERROR(CheckRecorded(migrations, count, rows.Bytes(1), rows.Bytes(2)));
  }
}

constexpr char kInsertMigrationSql[] = R"sql(
  INSERT INTO migration (number, name, sha256, applied_us) VALUES (?1, ?2, ?3, ?4)
)sql";

absl::Status Apply(Connection& database, size_t number, const Migration& migration,
                   int64_t now_us) {
  GAVEL_ASSIGN_OR_RETURN(Transaction transaction,
                         Transaction::Begin(database, Transaction::Kind::kWrite));
  GAVEL_RETURN_IF_ERROR(database.Execute(std::string(migration.sql)));
  const std::string sha256 = Sha256Hex(migration.sql);
  const auto number64 = static_cast<int64_t>(number);
  GAVEL_RETURN_IF_ERROR(
      database.Run(kInsertMigrationSql, number64, migration.name, sha256, now_us));
  // A pragma takes no bound value.
  GAVEL_RETURN_IF_ERROR(database.Execute(fmt::format("PRAGMA user_version = {}", number)));
  return transaction.Commit();
}

}  // namespace

absl::Status Migrate(Connection& database, std::span<const Migration> migrations, int64_t now_us) {
  GAVEL_RETURN_IF_ERROR(database.Run(kCreateMigrationTableSql));
  GAVEL_ASSIGN_OR_RETURN(const size_t applied, CountApplied(database, migrations));
  for (size_t i = applied; i < migrations.size(); ++i) {
    GAVEL_RETURN_IF_ERROR(Apply(database, i + 1, migrations[i], now_us));
  }
  return absl::OkStatus();
}

}  // namespace gavel::store
