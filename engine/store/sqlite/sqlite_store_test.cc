// What only the SQLite back end promises: files, settings, damage.
#include "engine/store/sqlite/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/reader_pool.h"
#include "engine/store/sqlite/statement_rows.h"
#include "tests/testing/store_testing.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::store {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

class SqliteStoreTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<SqliteStore>> Open() const {
    return SqliteStore::Open({.path = path_});
  }

  // Changes the closed database behind the store's back.
  void Tamper(const std::string& sql) {
    auto database = Must(Connection::OpenWriter(path_, ""));
    ASSERT_TRUE(database->Execute(sql).ok());
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.File("gavel.db");
};

TEST_F(SqliteStoreTest, OpeningAgainFindsEverythingAndTheSameLog) {
  Head written;
  {
    const auto store = Must(Open());
    CommandRows command = Create({.subject = "specs/A-1", .kind = "spec", .body = BinaryBytes()});
    command.bodies = {{Sha256Hex("x"), "x"}};
    command.paths = {{"repo", "a.md", "specs/A-1"}};
    command.searches = {{"specs/A-1", "title", "text"}};
    command.timers_set = {{"specs/A-1", "lapse", 10, 1}};
    command.idempotency = IdempotencyRow{.principal = "ana", .expires_us = 1'000'000};
    written = Must(Commit(*store, command));
  }
  const auto store = Must(Open());
  const auto view = Must(store->Read());
  EXPECT_EQ(view->head().log_id, written.log_id);
  EXPECT_EQ(view->head().seq, written.seq);
  EXPECT_EQ(view->head().last_commit_us, written.last_commit_us);
  EXPECT_THAT(AllEvents(*view), SizeIs(1));
  EXPECT_EQ(Must(view->Entity("specs/A-1"))->body, BinaryBytes());
  EXPECT_EQ(Must(view->Body(Sha256Hex("x"))), "x");
  EXPECT_EQ(Must(view->SubjectAt("repo", "a.md")), "specs/A-1");
  EXPECT_THAT(Must(view->Search({"title", "text"}, 10)), SizeIs(1));
  EXPECT_THAT(Must(view->TimersOf("specs/A-1")), SizeIs(1));
  EXPECT_TRUE(Must(view->Idempotency("ana", "", "")).has_value());
}

TEST_F(SqliteStoreTest, EveryNewLogHasItsOwnRandomName) {
  const auto one = Must(Open());
  const auto two = Must(SqliteStore::Open({.path = folder_.File("two.db")}));
  const std::string name = Must(one->Read())->head().log_id;
  EXPECT_THAT(name,
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_NE(name, Must(two->Read())->head().log_id);
}

TEST_F(SqliteStoreTest, AGivenLogIdCountsOnCreationOnly) {
  Must(SqliteStore::Open({.path = path_, .log_id = "mine"}));
  const auto store = Must(SqliteStore::Open({.path = path_, .log_id = "other"}));
  EXPECT_EQ(Must(store->Read())->head().log_id, "mine");
}

TEST_F(SqliteStoreTest, ASecondServerIsRefused) {
  const auto store = Must(Open());
  const absl::Status refused = Open().status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused.ToString(), HasSubstr("one server per database"));
}

TEST_F(SqliteStoreTest, ADamagedEntityIsNoticedWhereverItIsRead) {
  Must(Commit(*Must(Open()),
              Create({.subject = "specs/A-1", .kind = "spec", .sort_us = 5, .body = "right"})));
  Tamper("UPDATE entity SET body = CAST('wrong' AS BLOB)");
  const auto store = Must(Open());
  const auto view = Must(store->Read());
  for (const absl::Status& status :
       {view->Entity("specs/A-1").status(), view->Entities({.kind = "spec"}).status(),
        view->EntitiesBetween("spec", "", 0, 10, 10).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ErrorReasonOf(status), "STORE_CORRUPT");
    EXPECT_THAT(status.ToString(), HasSubstr("specs/A-1"));
  }
}

TEST_F(SqliteStoreTest, ADamagedDocumentIsNoticed) {
  CommandRows command;
  command.bodies = {{Sha256Hex("right"), "right"}};
  Must(Commit(*Must(Open()), command));
  Tamper("UPDATE body SET bytes = CAST('wrong' AS BLOB)");
  const auto store = Must(Open());
  EXPECT_EQ(ErrorReasonOf(Must(store->Read())->Body(Sha256Hex("right")).status()), "STORE_CORRUPT");
}

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsNotTouched) {
  const std::string text = std::string(8192, 'x');
  std::ofstream(path_) << text;
  EXPECT_EQ(ErrorReasonOf(Open().status()), "STORE_CORRUPT");
  EXPECT_EQ(std::filesystem::file_size(path_), text.size());
}

TEST_F(SqliteStoreTest, AnotherProgramsDatabaseIsRefused) {
  Tamper("CREATE TABLE theirs (id INTEGER)");
  const absl::Status refused = Open().status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused.ToString(), HasSubstr("another program's"));
}

TEST_F(SqliteStoreTest, ADatabaseOfANewerReleaseIsRefused) {
  Must(Open());
  Tamper("INSERT INTO migration (number, name, sha256, applied_us) VALUES (9999, '9999_x', '', 0)");
  EXPECT_EQ(Open().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(SqliteStoreTest, TheWriteAheadLogStaysShort) {
  const auto store = Must(Open());
  for (int i = 0; i < 48; ++i) {
    const std::string bytes(1 << 20, static_cast<char>(i));
    CommandRows command;
    command.bodies = {{Sha256Hex(bytes), bytes}};
    Must(Commit(*store, command));
  }
  EXPECT_LE(std::filesystem::file_size(path_ + "-wal"), 18u << 20);
  EXPECT_GE(std::filesystem::file_size(path_), 30u << 20) << "no checkpoint ran";
}

TEST_F(SqliteStoreTest, ClosingLeavesOneFileAndTheLock) {
  Must(Commit(*Must(Open()), Create({.subject = "specs/A-1", .kind = "spec"})));
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path_ + "-shm"));
}

struct Setting {
  const char* pragma;
  int64_t writer;
  int64_t reader;
};

TEST_F(SqliteStoreTest, ConnectionsHaveTheSettingsOfTheDesign) {
  const auto writer = Must(Connection::OpenWriter(path_, ""));
  ASSERT_TRUE(writer->Execute("CREATE TABLE t (id INTEGER)").ok());
  const auto reader = Must(Connection::OpenReader(path_, "", absl::Milliseconds(100)));
  static constexpr Setting kSettings[] = {
      {"PRAGMA synchronous", 2, 2},          {"PRAGMA wal_autocheckpoint", 0, 1000},
      {"PRAGMA cache_size", -65536, -16384}, {"PRAGMA mmap_size", 0, 0},
      {"PRAGMA page_size", 4096, 4096},      {"PRAGMA foreign_keys", 1, 1},
      {"PRAGMA trusted_schema", 0, 0},       {"PRAGMA cell_size_check", 1, 1},
      {"PRAGMA secure_delete", 0, 0},        {"PRAGMA query_only", 0, 1}};
  for (const Setting& setting : kSettings) {
    EXPECT_EQ(Must(ReadInt(writer->Query(setting.pragma))), setting.writer) << setting.pragma;
    EXPECT_EQ(Must(ReadInt(reader->Query(setting.pragma))), setting.reader) << setting.pragma;
  }
  EXPECT_EQ(Must(ReadOne(reader->Query("PRAGMA journal_mode"), ReadBytes)), "wal");
  EXPECT_FALSE(reader->Execute("INSERT INTO t (id) VALUES (1)").ok());
  EXPECT_FALSE(writer->Execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema").ok());
}

TEST_F(SqliteStoreTest, ARunawayQueryIsEnded) {
  const auto writer = Must(Connection::OpenWriter(path_, ""));
  const auto reader = Must(Connection::OpenReader(path_, "", absl::Milliseconds(5)));
  const auto count = ReadInt(reader->Query(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"));
  EXPECT_EQ(ErrorReasonOf(count.status()), "STORE_UNAVAILABLE");
  EXPECT_EQ(Must(ReadInt(reader->Query("SELECT 7"))), 7);
}

TEST_F(SqliteStoreTest, AReaderIsWaitedForNotInventedAndComesBack) {
  std::vector<std::unique_ptr<Connection>> connections;
  connections.push_back(Must(Connection::OpenWriter(path_, "")));
  ReaderPool pool(std::move(connections));
  auto lease = Must(pool.Borrow(absl::ZeroDuration()));
  EXPECT_EQ(ErrorReasonOf(pool.Borrow(absl::Milliseconds(1)).status()), "STORE_UNAVAILABLE");
  lease.reset();
  EXPECT_TRUE(pool.Borrow(absl::ZeroDuration()).ok());
}

}  // namespace
}  // namespace gavel::store
