#include "clients/chat/memory.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "clients/chat/chat_testing.h"

namespace gavel::chat {
namespace {

using MemoryTest = ChatTest;

TEST_F(MemoryTest, EverythingSurvivesACrash) {
  const DestinationRow row = {{"log", std::string("c\0d", 3), 9}, December(1, 0, 0), 4};
  ASSERT_TRUE(memory_->PutDestination("a", row).ok());
  ASSERT_TRUE(memory_->PutIntent("a", "card/X-1", {"hash", 7, December(2, 0, 0)}).ok());
  ASSERT_TRUE(
      memory_->PutFailure("a", "card/X-1", {2, December(3, 0, 0), December(4, 0, 0), "no"}).ok());
  ForgetEverythingButTheFile();
  const auto found = *memory_->FindDestination("a");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->position.cursor, row.position.cursor);
  EXPECT_EQ(found->position.through_seq, 9);
  EXPECT_EQ(found->since, row.since);
  EXPECT_EQ(found->doubt_until, 4);
  EXPECT_EQ((*memory_->FindIntent("a", "card/X-1"))->seq, 7);
  EXPECT_EQ((*memory_->FindFailure("a", "card/X-1"))->attempts, 2);
}

TEST_F(MemoryTest, RecordingAMessageSettlesItsIntentAndFailure) {
  ASSERT_TRUE(memory_->PutIntent("a", "k", {"hash", 7, December(2, 0, 0)}).ok());
  ASSERT_TRUE(memory_->PutFailure("a", "k", {1, December(3, 0, 0), December(4, 0, 0), "no"}).ok());
  ASSERT_TRUE(
      memory_->Record("a", "k", {{"C1", "1.2"}, "hash", 7, MessageRow::Fate::kReposted}).ok());
  EXPECT_FALSE((*memory_->FindIntent("a", "k")).has_value());
  EXPECT_FALSE((*memory_->FindFailure("a", "k")).has_value());
  const auto message = *memory_->FindMessage("a", "k");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->placement.id, "1.2");
  EXPECT_EQ(message->fate, MessageRow::Fate::kReposted);
  EXPECT_FALSE((*memory_->FindMessage("b", "k")).has_value());
}

TEST_F(MemoryTest, WhatWaitsIsOneRowPerKeyEarliestFirst) {
  ASSERT_TRUE(memory_->PutWaiting("a", {"card/X-1", December(3, 0, 0), "old"}).ok());
  ASSERT_TRUE(
      memory_->PutWaiting("a", {"packet/m", December(2, 0, 0), std::string("\0x", 2)}).ok());
  ASSERT_TRUE(memory_->PutWaiting("a", {"card/X-1", December(4, 0, 0), "new"}).ok());
  ForgetEverythingButTheFile();
  const auto rows = *memory_->ListWaiting("a");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].event, std::string("\0x", 2));
  EXPECT_EQ(rows[1].event, "new");
  EXPECT_EQ(rows[1].not_before, December(4, 0, 0));
  ASSERT_TRUE(memory_->DropWaiting("a", "card/X-1").ok());
  EXPECT_EQ(memory_->ListWaiting("a")->size(), 1u);
  EXPECT_TRUE(memory_->ListWaiting("b")->empty());
}

// The file as version 1 wrote it.
constexpr char kVersion1Sql[] = R"sql(
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
  INSERT INTO chat_message VALUES ('a', 'card/X-1', 'C1', '1.2', 'hash', 7, 0);
  INSERT INTO intent VALUES ('a', 'card/X-2', 'hash', 8, 1000000);
)sql";

TEST_F(MemoryTest, AFileOfTheFirstVersionGoesOn) {
  const std::string old = folder_ + "/old";
  std::filesystem::create_directories(old);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((old + "/bot.db").c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, kVersion1Sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  for (int opened = 0; opened < 2; ++opened) {
    const auto memory = Memory::Open(old);
    ASSERT_TRUE(memory.ok()) << memory.status();
    EXPECT_EQ((*(*memory)->FindMessage("a", "card/X-1"))->placement.id, "1.2");
    EXPECT_EQ((*(*memory)->FindIntent("a", "card/X-2"))->attempts, 1);
    EXPECT_TRUE((*memory)->ListWaiting("a")->empty());
  }
}

TEST_F(MemoryTest, ASecondBotOnTheSameStateIsTurnedAway) {
  const auto second = Memory::Open(folder_ + "/bot");
  ASSERT_FALSE(second.ok());
  EXPECT_NE(std::string(second.status().message()).find("another gavel-bot"), std::string::npos);
}

}  // namespace
}  // namespace gavel::chat
