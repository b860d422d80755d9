#include "engine/store/sqlite/database_file.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/store/sqlite/migrator.h"
#include "engine/store/sqlite/statement_rows.h"
#include "fmt/format.h"

namespace gavel::store {
namespace {

constexpr int64_t kApplicationId = 0x4756454C;  // "GVEL"; file(1) shows it.

constexpr char kSelectApplicationIdSql[] = "PRAGMA application_id";
constexpr char kCountTablesSql[] = "SELECT count(*) FROM sqlite_schema";

absl::Status ClaimFile(Connection& database) {
  GAVEL_ASSIGN_OR_RETURN(const int64_t owner, ReadInt(database.Query(kSelectApplicationIdSql)));
  if (owner == kApplicationId) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const int64_t tables, ReadInt(database.Query(kCountTablesSql)));
  if (owner != 0 || tables != 0) {
    return absl::FailedPreconditionError(fmt::format(
        "The file is another program's SQLite database (application id {}, {} tables and indexes).",
        owner, tables));
  }
  return database.Execute(fmt::format("PRAGMA application_id = {}", kApplicationId));
}

// RFC 9562, version 4.
absl::StatusOr<std::string> RandomUuid() {
  std::array<char, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return absl::UnavailableError(fmt::format("getrandom: {}.", std::strerror(errno)));
  }
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = ToHex(std::string_view(bytes.data(), bytes.size()));
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20));
}

constexpr char kInsertHeadSql[] = R"sql(
  INSERT INTO log_head (id, log_id, head_seq, last_commit_us) VALUES (1, ?1, 0, 0)
  ON CONFLICT (id) DO NOTHING
)sql";

}  // namespace

absl::Status PrepareDatabase(Connection& database, const std::string& log_id, int64_t now_us) {
  GAVEL_RETURN_IF_ERROR(ClaimFile(database));
  GAVEL_RETURN_IF_ERROR(Migrate(database, AllMigrations(), now_us));
  GAVEL_ASSIGN_OR_RETURN(const std::string random, RandomUuid());
  return database.Run(kInsertHeadSql, log_id.empty() ? random : log_id);
}

}  // namespace gavel::store
