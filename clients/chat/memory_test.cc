#include "clients/chat/memory.h"

#include <gtest/gtest.h>

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

TEST_F(MemoryTest, ASecondBotOnTheSameStateIsTurnedAway) {
  const auto second = Memory::Open(folder_ + "/bot");
  ASSERT_FALSE(second.ok());
  EXPECT_NE(std::string(second.status().message()).find("another gavel-bot"), std::string::npos);
}

}  // namespace
}  // namespace gavel::chat
