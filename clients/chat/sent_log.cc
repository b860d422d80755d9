// SQLite cannot share a database that another process holds exclusively, so `bot.db` and the
// write-ahead log beside it are copied together and the copy is opened. A copy is good where
// neither file changed meanwhile: a checkpoint in between would have.
#include "clients/chat/sent_log.h"

#include <sqlite3.h>

#include <filesystem>
#include <memory>

#include "clients/chat/sqlite.h"
#include "clients/common/temporary_folder.h"
#include "engine/base/status_macros.h"

namespace gavel::chat {
namespace {

namespace fs = std::filesystem;

constexpr int kCopyAttempts = 5;

// What was sent, and what failed so far, in the order of the log.
constexpr char kSelectSentSql[] = R"sql(
  SELECT destination, group_key, seq, external_channel, external_id, fate, 0, ''
  FROM chat_message
  UNION ALL
  SELECT destination, group_key, 0, '', '', 0, attempts, reason FROM delivery
  ORDER BY 3, 1, 2
)sql";

struct Stamp {
  fs::file_time_type written;
  uintmax_t bytes = 0;
  bool operator==(const Stamp&) const = default;
};

Stamp StampOf(const fs::path& path) {
  std::error_code error;
  Stamp stamp;
  if (!fs::exists(path, error)) return stamp;
  stamp.written = fs::last_write_time(path, error);
  stamp.bytes = fs::file_size(path, error);
  return stamp;
}

absl::Status CopyMemory(const fs::path& from, const fs::path& to) {
  for (int attempt = 0; attempt < kCopyAttempts; ++attempt) {
    const std::pair before(StampOf(from / "bot.db"), StampOf(from / "bot.db-wal"));
    std::error_code error;
    for (const char* name : {"bot.db", "bot.db-wal"}) {
      fs::remove(to / name, error);
      if (!fs::exists(from / name, error)) continue;
      fs::copy_file(from / name, to / name, error);
      if (error) return absl::InternalError("cannot copy the bot's memory: " + error.message());
    }
    if (before == std::pair(StampOf(from / "bot.db"), StampOf(from / "bot.db-wal"))) {
      return absl::OkStatus();
    }
  }
  return absl::UnavailableError("the bot is writing to its memory all the time; try again");
}

MessageRow::Fate FateOf(int64_t number) { return static_cast<MessageRow::Fate>(number); }

absl::StatusOr<std::vector<SentRow>> ReadRows(sqlite3* database) {
  Statement statement(database, kSelectSentSql);
  std::vector<SentRow> rows;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const bool more, statement.Step());
    if (!more) return rows;
    rows.push_back({.destination = statement.Text(0),
                    .group_key = statement.Text(1),
                    .seq = statement.Int(2),
                    .placement = {statement.Text(3), statement.Text(4)},
                    .fate = FateOf(statement.Int(5)),
                    .attempts = static_cast<int>(statement.Int(6)),
                    .problem = statement.Text(7)});
  }
}

}  // namespace

absl::StatusOr<std::vector<SentRow>> ReadSentLog(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(fs::path(folder) / "bot.db", error)) {
    return absl::NotFoundError("no memory of gavel-bot in " + folder);
  }
  const client::TemporaryFolder copy;
  if (copy.path().empty()) return absl::InternalError("cannot make a temporary folder");
  GAVEL_RETURN_IF_ERROR(CopyMemory(folder, copy.path()));
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2((copy.path() + "/bot.db").c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  if (code != SQLITE_OK) return absl::InternalError("cannot open the bot's memory");
  return ReadRows(database.get());
}

}  // namespace gavel::chat
