#include "engine/store/sqlite/migrator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "engine/base/sha256.h"
#include "engine/store/sqlite/statement_rows.h"
#include "fmt/format.h"
#include "tests/testing/store_testing.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Migration kFirst = {"0001_first", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT;"};
constexpr Migration kSecond = {"0002_second", "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT;"};

class MigratorTest : public ::testing::Test {
 protected:
  absl::Status Run(std::vector<Migration> migrations, int64_t now_us = 1) {
    return Migrate(*database_, migrations, now_us);
  }

  // "number name sha256 applied_us" per row.
  std::vector<std::string> Recorded() {
    return Must(ReadAll<std::string>(
        database_->Query("SELECT number, name, sha256, applied_us FROM migration ORDER BY number"),
        [](const Statement& row) {
          return fmt::format("{} {} {} {}", row.Int(0), row.Bytes(1), row.Bytes(2), row.Int(3));
        }));
  }

  int64_t UserVersion() { return Must(ReadInt(database_->Query("PRAGMA user_version"))); }

  TemporaryFolder folder_;
  std::unique_ptr<Connection> database_ =
      Must(Connection::OpenWriter(folder_.File("gavel.db"), ""));
};

TEST_F(MigratorTest, AppliesWhatIsMissingAndRecordsIt) {
  ASSERT_TRUE(Run({kFirst}, 10).ok());
  EXPECT_EQ(UserVersion(), 1);
  ASSERT_TRUE(Run({kFirst, kSecond}, 20).ok());
  ASSERT_TRUE(Run({kFirst, kSecond}, 30).ok());
  EXPECT_EQ(UserVersion(), 2);
  EXPECT_THAT(Recorded(), ElementsAre(fmt::format("1 0001_first {} 10", Sha256Hex(kFirst.sql)),
                                      fmt::format("2 0002_second {} 20", Sha256Hex(kSecond.sql))));
}

TEST_F(MigratorTest, RefusesADatabaseOfANewerRelease) {
  ASSERT_TRUE(Run({kFirst, kSecond}).ok());
  const absl::Status refused = Run({kFirst});
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused.ToString(), HasSubstr("newer release: it has migration 0002_second"));
}

TEST_F(MigratorTest, RefusesAMigrationWhoseTextChanged) {
  ASSERT_TRUE(Run({kFirst}).ok());
  const absl::Status refused = Run({{kFirst.name, "CREATE TABLE other (id INTEGER) STRICT;"}});
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused.ToString(), HasSubstr("0001_first"));
  EXPECT_FALSE(Run({{"0001_other", kFirst.sql}}).ok());
}

TEST_F(MigratorTest, AFailedMigrationLeavesTheOnesBeforeAndNothingOfItself) {
  const Migration broken = {"0002_broken", "CREATE TABLE two (id INTEGER) STRICT; SELECT nothing;"};
  EXPECT_FALSE(Run({kFirst, broken}).ok());
  EXPECT_EQ(UserVersion(), 1);
  EXPECT_EQ(Recorded().size(), 1u);
  ASSERT_TRUE(Run({kFirst, kSecond}).ok()) << "table two must not exist yet";
}

TEST(EmbeddedMigrationsTest, AreNumberedFromOneWithoutGaps) {
  int number = 0;
  for (const Migration& migration : AllMigrations()) {
    EXPECT_EQ(migration.name.substr(0, 5), fmt::format("{:04}_", ++number));
    EXPECT_FALSE(migration.sql.empty());
  }
  EXPECT_GE(number, 1);
}

}  // namespace
}  // namespace gavel::store
