// What `gavel notify` shows of the bot: messages before they are sent, and what was sent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/chat/card.h"
#include "clients/chat/chat_testing.h"
#include "clients/chat/post_messages.h"
#include "clients/chat/render_for.h"
#include "clients/chat/sent_log.h"

namespace gavel::chat {
namespace {

using testing::HasSubstr;
using testing::Not;

using SentLogTest = ChatTest;

Message Card() { return SpecMessages(ReviewedSpec(), absl::InfinitePast(), "").front(); }

TEST(RenderForTest, EveryServiceSaysTheTitleInItsOwnForm) {
  for (const char* service : {"slack", "slack-webhook", "irc", "email", "local"}) {
    const auto text = RenderFor(service, Card());
    ASSERT_TRUE(text.has_value()) << service;
    EXPECT_THAT(*text, HasSubstr("Tenant-scoped signing keys")) << service;
  }
  EXPECT_THAT(*RenderFor("slack", Card()), HasSubstr("\"blocks\""));
  EXPECT_THAT(*RenderFor("email", Card()), HasSubstr("\r\nList-Id: <specs.example.org>"));
  EXPECT_THAT(*RenderFor("irc", Card()), Not(HasSubstr("\n")));
  EXPECT_FALSE(RenderFor("telex", Card()).has_value());
}

TEST_F(SentLogTest, IsReadWhileTheBotHoldsItsMemory) {
  ASSERT_TRUE(
      memory_->Record("b", "card/X-1", {{"C1", "1.2"}, "hash", 7, MessageRow::Fate::kMuted}).ok());
  ASSERT_TRUE(memory_->Record("a", "card/X-2", {{"C2", "2.2"}, "hash", 3}).ok());
  ASSERT_TRUE(
      memory_->PutFailure("a", "card/X-3", {2, December(3, 0, 0), December(4, 0, 0), "busy"}).ok());
  const auto rows = ReadSentLog(folder_ + "/bot");
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].group_key, "card/X-3");
  EXPECT_EQ((*rows)[0].attempts, 2);
  EXPECT_EQ((*rows)[0].problem, "busy");
  EXPECT_EQ((*rows)[1].destination, "a");
  EXPECT_EQ((*rows)[1].seq, 3);
  EXPECT_EQ((*rows)[2].placement.id, "1.2");
  EXPECT_EQ((*rows)[2].fate, MessageRow::Fate::kMuted);
  // The bot goes on as if nobody had looked.
  EXPECT_TRUE(memory_->Record("a", "card/X-4", {{"C2", "2.3"}, "hash", 9}).ok());
}

TEST(SentLogWithoutMemoryTest, AFolderWithoutAMemoryIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(ReadSentLog(testing::TempDir() + "no-bot-here").status()));
}

}  // namespace
}  // namespace gavel::chat
