#include "clients/chat/memory.h"

#include <sqlite3.h>

#include <filesystem>

#include "clients/chat/sqlite.h"
#include "engine/base/status_macros.h"

namespace gavel::chat {
namespace {

constexpr int64_t kSchemaVersion = 2;

// One connection, held exclusively: a second bot on the same state would post everything twice.
constexpr char kSettingsSql[] = R"sql(
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA trusted_schema = OFF;
  BEGIN EXCLUSIVE;
  COMMIT;
)sql";

constexpr char kSchemaSql[] = R"sql(
  BEGIN;
  CREATE TABLE destination (
    name TEXT PRIMARY KEY, log_id TEXT NOT NULL, cursor BLOB NOT NULL, through_seq INTEGER NOT NULL,
    since_us INTEGER NOT NULL, doubt_until INTEGER NOT NULL) STRICT;
  CREATE TABLE chat_message (
    destination TEXT NOT NULL, group_key TEXT NOT NULL, external_channel TEXT NOT NULL,
    external_id TEXT NOT NULL, body_sha256 TEXT NOT NULL, seq INTEGER NOT NULL,
    fate INTEGER NOT NULL, PRIMARY KEY (destination, group_key)) STRICT;
  CREATE TABLE intent (
    destination TEXT NOT NULL, group_key TEXT NOT NULL, body_sha256 TEXT NOT NULL,
    seq INTEGER NOT NULL, started_us INTEGER NOT NULL,
    PRIMARY KEY (destination, group_key)) STRICT;
  CREATE TABLE delivery (
    destination TEXT NOT NULL, group_key TEXT NOT NULL, attempts INTEGER NOT NULL,
    first_us INTEGER NOT NULL, next_us INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (destination, group_key)) STRICT;
  PRAGMA user_version = 1;
  COMMIT;
)sql";

// From version 1, which knew neither repeated attempts nor anything that waits.
constexpr char kSchema2Sql[] = R"sql(
  BEGIN;
  ALTER TABLE intent ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1;
  CREATE TABLE waiting (
    destination TEXT NOT NULL, key TEXT NOT NULL, not_before_us INTEGER NOT NULL,
    event BLOB NOT NULL, PRIMARY KEY (destination, key)) STRICT;
  PRAGMA user_version = 2;
  COMMIT;
)sql";

constexpr char kSelectDestinationSql[] = R"sql(
  SELECT log_id, cursor, through_seq, since_us, doubt_until FROM destination WHERE name = ?1
)sql";

constexpr char kPutDestinationSql[] = R"sql(
  INSERT OR REPLACE INTO destination (name, log_id, cursor, through_seq, since_us, doubt_until)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)
)sql";

constexpr char kAdvanceSql[] = R"sql(
  UPDATE destination SET log_id = ?1, cursor = ?2, through_seq = ?3 WHERE name = ?4
)sql";

constexpr char kSelectMessageSql[] = R"sql(
  SELECT external_channel, external_id, body_sha256, seq, fate FROM chat_message
  WHERE destination = ?1 AND group_key = ?2
)sql";

constexpr char kPutMessageSql[] = R"sql(
  INSERT OR REPLACE INTO chat_message
    (destination, group_key, external_channel, external_id, body_sha256, seq, fate)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
)sql";

constexpr char kSelectIntentSql[] = R"sql(
  SELECT body_sha256, seq, started_us, attempts FROM intent
  WHERE destination = ?1 AND group_key = ?2
)sql";

constexpr char kPutIntentSql[] = R"sql(
  INSERT OR REPLACE INTO intent (destination, group_key, body_sha256, seq, started_us, attempts)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)
)sql";

constexpr char kDropIntentSql[] = "DELETE FROM intent WHERE destination = ?1 AND group_key = ?2";

constexpr char kSelectFailureSql[] = R"sql(
  SELECT attempts, first_us, next_us, reason FROM delivery
  WHERE destination = ?1 AND group_key = ?2
)sql";

constexpr char kPutFailureSql[] = R"sql(
  INSERT OR REPLACE INTO delivery (destination, group_key, attempts, first_us, next_us, reason)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)
)sql";

constexpr char kDropFailureSql[] = "DELETE FROM delivery WHERE destination = ?1 AND group_key = ?2";

constexpr char kPutWaitingSql[] = R"sql(
  INSERT OR REPLACE INTO waiting (destination, key, not_before_us, event) VALUES (?1, ?2, ?3, ?4)
)sql";

constexpr char kDropWaitingSql[] = "DELETE FROM waiting WHERE destination = ?1 AND key = ?2";

constexpr char kListWaitingSql[] = R"sql(
  SELECT key, not_before_us, event FROM waiting WHERE destination = ?1 ORDER BY not_before_us, key
)sql";

}  // namespace

absl::StatusOr<std::unique_ptr<Memory>> Memory::Open(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  sqlite3* database = nullptr;
  const std::string path = folder + "/bot.db";
  const int code = sqlite3_open(path.c_str(), &database);
  std::unique_ptr<Memory> memory(new Memory(database));
  if (code != SQLITE_OK) return absl::FailedPreconditionError("cannot open " + path);
  if (sqlite3_exec(database, kSettingsSql, nullptr, nullptr, nullptr) == SQLITE_BUSY) {
    return absl::FailedPreconditionError("another gavel-bot uses " + path);
  }
  GAVEL_RETURN_IF_ERROR(memory->Migrate());
  return memory;
}

Memory::~Memory() { sqlite3_close(database_); }

absl::Status Memory::Execute(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return absl::OkStatus();
  return absl::InternalError(std::string("the bot's state file: ") + sqlite3_errmsg(database_));
}

absl::Status Memory::Migrate() {
  Statement statement(database_, "PRAGMA user_version");
  GAVEL_RETURN_IF_ERROR(statement.Step().status());
  const int64_t version = statement.Int(0);
  if (version == kSchemaVersion) return absl::OkStatus();
  if (version > kSchemaVersion) {
    return absl::FailedPreconditionError("a newer gavel-bot wrote bot.db");
  }
  if (version == 0) GAVEL_RETURN_IF_ERROR(Execute(kSchemaSql));
  return Execute(kSchema2Sql);
}

absl::StatusOr<std::optional<DestinationRow>> Memory::FindDestination(
    const std::string& destination) {
  std::lock_guard lock(mutex_);
  Statement statement(database_, kSelectDestinationSql);
  GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Bind(destination).Step());
  if (!found) return std::optional<DestinationRow>();
  return DestinationRow{{statement.Text(0), statement.Text(1), statement.Int(2)},
                        absl::FromUnixMicros(statement.Int(3)),
                        statement.Int(4)};
}

absl::Status Memory::PutDestination(const std::string& destination, const DestinationRow& row) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kPutDestinationSql)
      .Bind(destination)
      .Bind(row.position.log_id)
      .BindBlob(row.position.cursor)
      .Bind(row.position.through_seq)
      .Bind(absl::ToUnixMicros(row.since))
      .Bind(row.doubt_until)
      .Run();
}

absl::StatusOr<std::optional<MessageRow>> Memory::FindMessage(const std::string& destination,
                                                              const std::string& group_key) {
  std::lock_guard lock(mutex_);
  Statement statement(database_, kSelectMessageSql);
  GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Bind(destination).Bind(group_key).Step());
  if (!found) return std::optional<MessageRow>();
  return MessageRow{{statement.Text(0), statement.Text(1)},
                    statement.Text(2),
                    statement.Int(3),
                    static_cast<MessageRow::Fate>(statement.Int(4))};
}

absl::StatusOr<std::optional<Intent>> Memory::FindIntent(const std::string& destination,
                                                         const std::string& group_key) {
  std::lock_guard lock(mutex_);
  Statement statement(database_, kSelectIntentSql);
  GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Bind(destination).Bind(group_key).Step());
  if (!found) return std::optional<Intent>();
  return Intent{statement.Text(0), statement.Int(1), absl::FromUnixMicros(statement.Int(2)),
                static_cast<int>(statement.Int(3))};
}

absl::Status Memory::PutIntent(const std::string& destination, const std::string& group_key,
                               const Intent& intent) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kPutIntentSql)
      .Bind(destination)
      .Bind(group_key)
      .Bind(intent.fingerprint)
      .Bind(intent.seq)
      .Bind(absl::ToUnixMicros(intent.started))
      .Bind(int64_t{intent.attempts})
      .Run();
}

absl::Status Memory::DropIntent(const std::string& destination, const std::string& group_key) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kDropIntentSql).Bind(destination).Bind(group_key).Run();
}

absl::Status Memory::WriteRecord(const std::string& destination, const std::string& group_key,
                                 const MessageRow& row) {
  GAVEL_RETURN_IF_ERROR(Statement(database_, kPutMessageSql)
                            .Bind(destination)
                            .Bind(group_key)
                            .Bind(row.placement.channel)
                            .Bind(row.placement.id)
                            .Bind(row.fingerprint)
                            .Bind(row.seq)
                            .Bind(static_cast<int64_t>(row.fate))
                            .Run());
  GAVEL_RETURN_IF_ERROR(
      Statement(database_, kDropIntentSql).Bind(destination).Bind(group_key).Run());
  return Statement(database_, kDropFailureSql).Bind(destination).Bind(group_key).Run();
}

absl::Status Memory::Record(const std::string& destination, const std::string& group_key,
                            const MessageRow& row) {
  std::lock_guard lock(mutex_);
  GAVEL_RETURN_IF_ERROR(Execute("BEGIN"));
  absl::Status status = WriteRecord(destination, group_key, row);
  if (status.ok()) return Execute("COMMIT");
  Execute("ROLLBACK").IgnoreError();
  return status;
}

absl::Status Memory::Advance(const std::string& destination, const Position& position) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kAdvanceSql)
      .Bind(position.log_id)
      .BindBlob(position.cursor)
      .Bind(position.through_seq)
      .Bind(destination)
      .Run();
}

absl::StatusOr<std::optional<Failure>> Memory::FindFailure(const std::string& destination,
                                                           const std::string& group_key) {
  std::lock_guard lock(mutex_);
  Statement statement(database_, kSelectFailureSql);
  GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Bind(destination).Bind(group_key).Step());
  if (!found) return std::optional<Failure>();
  return Failure{static_cast<int>(statement.Int(0)), absl::FromUnixMicros(statement.Int(1)),
                 absl::FromUnixMicros(statement.Int(2)), statement.Text(3)};
}

absl::Status Memory::PutFailure(const std::string& destination, const std::string& group_key,
                                const Failure& failure) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kPutFailureSql)
      .Bind(destination)
      .Bind(group_key)
      .Bind(int64_t{failure.attempts})
      .Bind(absl::ToUnixMicros(failure.first))
      .Bind(absl::ToUnixMicros(failure.next))
      .Bind(failure.reason)
      .Run();
}

absl::Status Memory::DropFailure(const std::string& destination, const std::string& group_key) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kDropFailureSql).Bind(destination).Bind(group_key).Run();
}

absl::Status Memory::PutWaiting(const std::string& destination, const Waiting& waiting) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kPutWaitingSql)
      .Bind(destination)
      .Bind(waiting.key)
      .Bind(absl::ToUnixMicros(waiting.not_before))
      .BindBlob(waiting.event)
      .Run();
}

absl::Status Memory::DropWaiting(const std::string& destination, const std::string& key) {
  std::lock_guard lock(mutex_);
  return Statement(database_, kDropWaitingSql).Bind(destination).Bind(key).Run();
}

absl::StatusOr<std::vector<Waiting>> Memory::ListWaiting(const std::string& destination) {
  std::lock_guard lock(mutex_);
  Statement statement(database_, kListWaitingSql);
  statement.Bind(destination);
  std::vector<Waiting> rows;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return rows;
    rows.push_back({statement.Text(0), absl::FromUnixMicros(statement.Int(1)), statement.Text(2)});
  }
}

}  // namespace gavel::chat
