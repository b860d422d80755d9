#include "engine/app/watch/watch_batch.h"

#include <gtest/gtest.h>

#include "engine/store/memory/memory_store.h"
#include "tests/testing/append_events.h"

namespace gavel::app {
namespace {

using testing::AppendEvents;
using testing::MakeEvent;

class NextBatchTest : public ::testing::Test {
 protected:
  // Appends one command of `count` events of type SpecSubmitted, each with `padding` more bytes.
  void Command(int count, size_t padding = 0) {
    std::vector<v1::Event> events(static_cast<size_t>(count),
                                  MakeEvent("SpecSubmitted", "media", "MEDIA-1"));
    for (auto& event : events) event.set_meeting(std::string(padding, 'm'));
    AppendEvents(store_, events);
  }

  WatchBatch Next(int64_t after_seq, const BatchLimits& limits = {},
                  const v1::EventFilter& filter = {}) {
    const auto view = *store_.Read();
    auto batch = NextBatch(*view, *EventFilter::Compile(filter), may_see_, after_seq, limits);
    EXPECT_TRUE(batch.ok()) << batch.status();
    return batch.ok() ? *std::move(batch) : WatchBatch{};
  }

  MaySee may_see_ = [](const store::View&, const v1::Event&) { return true; };
  store::MemoryStore store_{"log"};
};

TEST_F(NextBatchTest, AnEmptyLogGivesNothingAndIsAtItsHead) {
  const auto batch = Next(0);
  EXPECT_TRUE(batch.events.empty());
  EXPECT_EQ(batch.through_seq, 0);
  EXPECT_TRUE(batch.at_head);
}

TEST_F(NextBatchTest, FillsInWhatTheColumnsHold) {
  Command(1);
  Command(2);
  const auto batch = Next(0);
  ASSERT_EQ(batch.events.size(), 3u);
  const v1::Event& last = batch.events[2];
  EXPECT_EQ(last.seq(), 3);
  EXPECT_EQ(last.command_seq(), 2);
  EXPECT_EQ(last.subject(), "specs/MEDIA-1");
  EXPECT_EQ(last.actor(), "ana");
  EXPECT_EQ(last.time().nanos(), 2000);
  EXPECT_TRUE(batch.at_head);
}

TEST_F(NextBatchTest, ACommandIsNeverSplitByTheNumberOfEvents) {
  for (const int count : {2, 3, 1, 3, 3, 2}) Command(count);  // seq 1-2 3-5 6 7-9 10-12 13-14
  std::vector<int64_t> ends;
  for (int64_t seq = 0; seq < 14; seq = ends.back()) {
    ends.push_back(Next(seq, {.events = 4}).through_seq);
    ASSERT_GT(ends.back(), seq);
  }
  EXPECT_EQ(ends, (std::vector<int64_t>{2, 6, 9, 12, 14}));
}

TEST_F(NextBatchTest, ACommandThatFillsThePageExactlyIsTakenWhole) {
  Command(4);
  Command(4);
  EXPECT_EQ(Next(0, {.events = 4}).through_seq, 4);
  EXPECT_FALSE(Next(0, {.events = 4}).at_head);
  EXPECT_EQ(Next(4, {.events = 4}).through_seq, 8);
  EXPECT_TRUE(Next(4, {.events = 4}).at_head);
}

TEST_F(NextBatchTest, ACommandIsNeverSplitByItsSize) {
  Command(2, 400);
  Command(3, 400);
  Command(1, 400);
  const BatchLimits limits{.events = 256, .bytes = 1000};
  EXPECT_EQ(Next(0, limits).through_seq, 2);
  EXPECT_EQ(Next(2, limits).through_seq, 5) << "A command over the limit goes alone.";
  EXPECT_EQ(Next(5, limits).through_seq, 6);
}

TEST_F(NextBatchTest, AFilteredStepMovesOnWithoutEvents) {
  Command(3);
  AppendEvents(store_, {MakeEvent("SpecSubmitted", "media", "MEDIA-2"),
                        MakeEvent("DecisionRecorded", "media", "MEDIA-2")});
  v1::EventFilter filter;
  filter.add_types("DecisionRecorded");
  const auto first = Next(0, {.events = 4}, filter);
  EXPECT_TRUE(first.events.empty());
  EXPECT_EQ(first.through_seq, 3);
  const auto second = Next(first.through_seq, {.events = 4}, filter);
  ASSERT_EQ(second.events.size(), 1u) << "The matching events of a command only.";
  EXPECT_EQ(second.events[0].seq(), 5);
  EXPECT_EQ(second.through_seq, 5);
}

TEST_F(NextBatchTest, WhatMayNotBeSeenIsLeftOutAndPassed) {
  Command(2);
  may_see_ = [](const store::View&, const v1::Event& event) { return event.seq() == 2; };
  const auto batch = Next(0);
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].seq(), 2);
  EXPECT_EQ(batch.through_seq, 2);
}

}  // namespace
}  // namespace gavel::app
