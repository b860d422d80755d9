#include "engine/domain/planning/weight.h"

#include <vector>

#include <gtest/gtest.h>

namespace gavel {
namespace {

TEST(WeightTest, TimeboxFollowsTheOpenWork) {
  struct Row {
    int decisions;
    int blocks;
    int gates;
    int minutes;
  };
  const Row rows[] = {
      {0, 0, 0, 15}, {0, 0, 1, 15}, {1, 0, 1, 15}, {2, 0, 1, 20}, {2, 1, 1, 25},
      {1, 0, 3, 25}, {3, 2, 3, 45}, {5, 2, 1, 45}, {5, 9, 9, 45},
  };
  for (const Row& row : rows) {
    QueueItem item;
    item.open_decisions = row.decisions;
    item.open_blocks = row.blocks;
    item.gates_involved = row.gates;
    EXPECT_EQ(TimeboxMinutes(item), row.minutes)
        << row.decisions << " decisions, " << row.blocks << " blocks, " << row.gates << " gates";
  }
}

TEST(WeightTest, TimeboxNumbersAreSettings) {
  QueueItem item;
  item.open_decisions = 2;
  item.gates_involved = 3;
  EXPECT_EQ(TimeboxMinutes(item, {.base_min = 4, .step_min = 7, .least_min = 5, .most_min = 60}),
            32);
  EXPECT_EQ(TimeboxMinutes(item, {.least_min = 40}), 40);
  EXPECT_EQ(TimeboxMinutes(item, {.most_min = 20}), 20);
  for (const int decisions : {0, 1, 9}) {
    item.open_decisions = decisions;
    EXPECT_EQ(TimeboxMinutes(item, {.least_min = 25, .most_min = 25}), 25);  // Uniform.
  }
}

TEST(WeightTest, SharedSlotIsTheLargestPlusFiveForEachFurtherSpec) {
  EXPECT_EQ(SharedSlotMinutes({}), 0);
  EXPECT_EQ(SharedSlotMinutes(std::vector<int>{25}), 25);
  EXPECT_EQ(SharedSlotMinutes(std::vector<int>{15, 25}), 30);
  EXPECT_EQ(SharedSlotMinutes(std::vector<int>{15, 25, 20}), 35);
}

TEST(WeightTest, MeetingAndReading) {
  EXPECT_EQ(UsableMinutes(60), 50);
  EXPECT_EQ(UsableMinutes(5), 0);
  EXPECT_EQ(UsableMinutes(60, 4), 56);
  EXPECT_EQ(ReadingMinutes(0), 0);
  EXPECT_EQ(ReadingMinutes(1), 1);
  EXPECT_EQ(ReadingMinutes(200), 1);
  EXPECT_EQ(ReadingMinutes(201), 2);
  EXPECT_EQ(ReadingMinutes(9000), 45);
}

}  // namespace
}  // namespace gavel
