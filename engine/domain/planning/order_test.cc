#include "engine/domain/planning/order.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::CutOff;
using planning_test::Item;

RankContext Context(const std::string& reserved = "", int usable_minutes = 50) {
  RankContext context;
  context.reserved = reserved;
  context.usable_minutes = usable_minutes;
  return context;
}

std::vector<std::string> Order(const std::vector<QueueItem>& queue,
                               const RankContext& context = Context()) {
  std::vector<const QueueItem*> items;
  for (const QueueItem& item : queue) items.push_back(&item);
  const BusinessCalendar& calendar = Berlin();
  std::vector<std::string> keys;
  for (const RankedItem& ranked : Rank(items, context, calendar, CutOff(calendar))) {
    keys.push_back(ranked.item->key);
  }
  return keys;
}

QueueItem With(QueueItem item, const std::function<void(QueueItem&)>& change) {
  change(item);
  return item;
}

using Keys = std::vector<std::string>;

TEST(OrderTest, ClassesInTheirOrder) {
  std::vector<QueueItem> queue = {
      With(Item("A-1", 1), [](QueueItem& item) { item.passed_over = 3; }),
      With(Item("A-2", 1), [](QueueItem& item) { item.urgent = true; }),
      Item("A-3", 1),  // Reserved below.
      With(Item("A-4", 1), [](QueueItem& item) { item.carried_over = true; }),
      With(Item("A-5", 1), [](QueueItem& item) { item.passed_over = 2; }),
      Item("A-6", 60),
  };
  std::reverse(queue.begin(), queue.end());
  EXPECT_EQ(Order(queue, Context("A-3")),
            (Keys{"A-1", "A-2", "A-3", "A-4", "A-5", "A-6"}));
}

TEST(OrderTest, OverdueGoesByFewestAgendasThenAge) {
  const auto overdue = [](const char* key, int days, int passed_over, int times) {
    return With(Item(key, days), [=](QueueItem& item) {
      item.passed_over = passed_over;
      item.times_on_agenda = times;
    });
  };
  EXPECT_EQ(Order({overdue("A-1", 90, 9, 1), overdue("A-2", 20, 3, 0), overdue("A-3", 30, 3, 0),
                   overdue("A-4", 80, 4, 2)}),
            (Keys{"A-3", "A-2", "A-1", "A-4"}));
}

TEST(OrderTest, OnlyOneIsUrgent) {
  const auto urgent = [](QueueItem& item) { item.urgent = true; };
  EXPECT_EQ(Order({With(Item("A-1", 2), urgent), With(Item("A-2", 3), urgent), Item("A-3", 40)}),
            (Keys{"A-2", "A-3", "A-1"}));
}

TEST(OrderTest, CarryOverTheFirstAlwaysMoreUpToHalfTheTime) {
  const auto carried = [](const char* key, int days, int decisions) {
    return With(Item(key, days), [=](QueueItem& item) {
      item.carried_over = true;
      item.open_decisions = decisions;
    });
  };
  // 45 minutes are more than half of 50, yet the first; nothing else fits in the half.
  EXPECT_EQ(Order({carried("A-1", 4, 7), carried("A-2", 3, 1), Item("A-3", 40)}),
            (Keys{"A-1", "A-3", "A-2"}));
  // 15 and 15 are more than 25, but not more than 30.
  EXPECT_EQ(Order({carried("A-1", 4, 1), carried("A-2", 3, 1), Item("A-3", 40)}),
            (Keys{"A-1", "A-3", "A-2"}));
  EXPECT_EQ(Order({carried("A-1", 4, 1), carried("A-2", 3, 1), Item("A-3", 40)},
                  Context("", 60)),
            (Keys{"A-1", "A-2", "A-3"}));
}

TEST(OrderTest, ScoreWeighsWaitDependentsReleasesAndTheTeamsShare) {
  struct Row {
    const char* name;
    std::function<void(QueueItem&)> change;
    int difference;
  };
  const Row rows[] = {
      {"dependents", [](QueueItem& item) { item.dependents = 2; }, 4},
      {"releases", [](QueueItem& item) { item.releases_not_authors_fault = 2; }, 6},
      {"team", [](QueueItem& item) { item.team_items_last_four = 2; }, -6},
      {"a week", [](QueueItem& item) { item.queued_since -= absl::Hours(7 * 24); }, 5},
  };
  const BusinessCalendar& calendar = Berlin();
  const auto score = [&](const QueueItem& item) {
    const QueueItem* items[] = {&item};
    return Rank(items, {}, calendar, CutOff(calendar)).front().score.total();
  };
  const int plain = score(Item("A-1", 7));
  EXPECT_EQ(plain, 5);
  for (const Row& row : rows) {
    EXPECT_EQ(score(With(Item("A-1", 7), row.change)) - plain, row.difference) << row.name;
  }
}

TEST(OrderTest, PassOversAndWeightsAreSettings) {
  RankContext context = Context();
  context.numbers = {.aged_after = 4,
                     .overdue_after = 5,
                     .weight_dependent = 7,
                     .weight_release = 11,
                     .weight_team = 13};
  const auto passed_over = [](int times) {
    return [times](QueueItem& item) { item.passed_over = times; };
  };
  EXPECT_EQ(Order({With(Item("A-1", 1), passed_over(3)), With(Item("A-2", 1), passed_over(4)),
                   With(Item("A-3", 1), passed_over(5)), Item("A-4", 2)},
                  context),
            (Keys{"A-3", "A-2", "A-4", "A-1"}));
  const QueueItem busy = With(Item("A-1", 7), [](QueueItem& item) {
    item.dependents = item.releases_not_authors_fault = item.team_items_last_four = 1;
  });
  const QueueItem* items[] = {&busy};
  EXPECT_EQ(Rank(items, context, Berlin(), CutOff(Berlin())).front().score.total(),
            5 + 7 + 11 - 13);
}

TEST(OrderTest, TheSecondOfAClusterWaitsForItsOwnTurn) {
  const auto related = [](QueueItem& item) { item.cluster = "uploads"; };
  EXPECT_EQ(Order({With(Item("A-1", 40), related), Item("A-2", 30), Item("A-3", 20),
                   With(Item("A-4", 10), related)}),
            (Keys{"A-1", "A-2", "A-3", "A-4"}));
}

TEST(OrderTest, TiesGoToTheOneQueuedEarlierThenToTheKey) {
  QueueItem early = Item("A-9", 7);
  early.queued_since -= absl::Seconds(1);
  EXPECT_EQ(Order({Item("A-2", 7), Item("A-1", 7), early}), (Keys{"A-9", "A-1", "A-2"}));
}

}  // namespace
}  // namespace gavel
