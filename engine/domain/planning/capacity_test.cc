#include "engine/domain/planning/capacity.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::Item;
using planning_test::kMeetingDay;

MeetingTerms Terms() { return MeetingTerms{.day = kMeetingDay}; }

QueueItem Sized(const std::string& key, int decisions, int words = 1000) {
  QueueItem item = Item(key);
  item.open_decisions = decisions;
  item.words = words;
  return item;
}

QueueItem Quick(const std::string& key) {
  QueueItem item = Item(key);
  item.consent_ready = true;
  return item;
}

TEST(CapacityTest, ThreeSmallOrTwoMediumOrOneLarge) {
  AgendaCapacity small(Terms());
  EXPECT_TRUE(small.TryAdd(Sized("A-1", 1)));
  EXPECT_TRUE(small.TryAdd(Sized("A-2", 1)));
  EXPECT_TRUE(small.TryAdd(Sized("A-3", 1)));
  EXPECT_EQ(small.minutes(), 45);
  EXPECT_EQ(small.WhyNot(Sized("A-4", 1)), "all 3 places were taken");

  AgendaCapacity medium(Terms());
  EXPECT_TRUE(medium.TryAdd(Sized("A-1", 3)));
  EXPECT_TRUE(medium.TryAdd(Sized("A-2", 3)));
  EXPECT_EQ(medium.minutes(), 50);
  EXPECT_EQ(medium.WhyNot(Sized("A-3", 1)), "needs 15 minutes, 0 were left");

  AgendaCapacity large(Terms());
  EXPECT_TRUE(large.TryAdd(Sized("A-1", 7)));
  EXPECT_EQ(large.WhyNot(Sized("A-2", 1)), "needs 15 minutes, 5 were left");
}

TEST(CapacityTest, PacketIsAHardStop) {
  AgendaCapacity capacity(Terms());
  EXPECT_TRUE(capacity.TryAdd(Sized("A-1", 1, 8000)));
  EXPECT_FALSE(capacity.TryAdd(Sized("A-2", 1, 1001)));
  EXPECT_EQ(capacity.WhyNot(Sized("A-2", 1, 1001)),
            "1,001 words to read, 1,000 were left in the packet");
  EXPECT_TRUE(capacity.TryAdd(Sized("A-3", 1, 1000)));
  EXPECT_EQ(capacity.words(), 9000);
}

TEST(CapacityTest, NoSettingRaisesThePromiseOfThree) {
  MeetingTerms terms = Terms();
  terms.max_specs = 10;
  terms.usable_minutes = 500;
  AgendaCapacity capacity(terms);
  for (const char* key : {"A-1", "A-2", "A-3"}) EXPECT_TRUE(capacity.TryAdd(Item(key)));
  EXPECT_FALSE(capacity.TryAdd(Item("A-4")));
}

TEST(CapacityTest, RelatedSpecsShareASlotAndStillCountEach) {
  QueueItem first = Sized("A-1", 3);
  QueueItem second = Sized("A-2", 3);
  first.cluster = second.cluster = "uploads";
  AgendaCapacity capacity(Terms());
  EXPECT_EQ(capacity.TryAdd(first)->minutes, 25);
  EXPECT_EQ(capacity.TryAdd(Sized("A-3", 1))->place, 2);
  const std::optional<Placement> joined = capacity.TryAdd(second);
  ASSERT_TRUE(joined.has_value());
  EXPECT_EQ(joined->place, 1);
  EXPECT_EQ(joined->minutes, 5);
  EXPECT_EQ(capacity.minutes(), 45);
  EXPECT_EQ(capacity.specs_left(), 0);
}

TEST(CapacityTest, ALargerSpecThatJoinsBringsItsTimebox) {
  QueueItem small = Sized("A-1", 1);
  QueueItem large = Sized("A-2", 5);
  QueueItem third = Sized("A-3", 1);
  small.cluster = large.cluster = third.cluster = "uploads";
  AgendaCapacity capacity(Terms());
  EXPECT_EQ(capacity.TryAdd(small)->minutes, 15);
  EXPECT_EQ(capacity.TryAdd(large)->minutes, 25);  // 35 + 5 for the first, which now joins it.
  EXPECT_EQ(capacity.TryAdd(third)->minutes, 5);
  EXPECT_EQ(capacity.minutes(), 45);
  EXPECT_EQ(capacity.SpecsAt(1), 3);
  EXPECT_EQ(capacity.SpecsAt(2), 0);
}

TEST(CapacityTest, OnlyTheSecondOfAPlaceSaysWhyItShares) {
  QueueItem first = Sized("A-1", 1);
  QueueItem second = Sized("A-2", 1);
  first.cluster = second.cluster = "uploads";
  AgendaCapacity capacity(Terms());
  EXPECT_EQ(capacity.TryAdd(first)->cluster, "");
  EXPECT_EQ(capacity.TryAdd(second)->cluster, "uploads");
}

TEST(CapacityTest, PinnedSpecsComeBackToTheirPlaces) {
  QueueItem third = Sized("A-1", 1);
  third.place = 3;
  third.cluster = "uploads";
  QueueItem quick = Quick("A-2");
  quick.on_consent_list = true;
  AgendaCapacity capacity(Terms());
  EXPECT_EQ(capacity.Add(third).place, 3);
  EXPECT_TRUE(capacity.Add(quick).quick);
  EXPECT_EQ(capacity.specs_left(), 2);
  EXPECT_EQ(capacity.minutes(), 16);
  EXPECT_EQ(capacity.TryAdd(Sized("A-3", 1))->place, 4);
  QueueItem related = Sized("A-4", 1);
  related.cluster = "uploads";
  EXPECT_EQ(capacity.TryAdd(related)->place, 3);
}

TEST(CapacityTest, DedicatedSessionHasNoMinutesAndNoWordsToRunOutOf) {
  MeetingTerms terms = Terms();
  terms.dedicated_to = {"A-1", "A-2", "A-3", "A-4"};
  terms.quick_items = 5;
  AgendaCapacity capacity(terms);
  EXPECT_TRUE(capacity.TryAdd(Sized("A-1", 9, 50'000)));
  EXPECT_TRUE(capacity.TryAdd(Sized("A-2", 9, 50'000)));
  EXPECT_FALSE(capacity.TryAdd(Quick("A-3"))->quick);
  EXPECT_EQ(capacity.minutes(), 105);
  EXPECT_EQ(capacity.WhyNot(Quick("A-4")), "all 3 places were taken");
}

TEST(CapacityTest, ConsentListTakesAMinuteAndNoPlace) {
  MeetingTerms terms = Terms();
  terms.quick_items = 2;
  AgendaCapacity capacity(terms);
  EXPECT_TRUE(capacity.TryAdd(Quick("A-1"))->quick);
  EXPECT_TRUE(capacity.TryAdd(Quick("A-2"))->quick);
  EXPECT_EQ(capacity.minutes(), 2);
  EXPECT_EQ(capacity.specs_left(), 3);
  // The list is full: the third takes a place like any other.
  EXPECT_FALSE(capacity.TryAdd(Quick("A-3"))->quick);
  EXPECT_EQ(capacity.specs_left(), 2);
}

TEST(CapacityTest, OnlySettledSpecsAreQuick) {
  MeetingTerms terms = Terms();
  terms.quick_items = 5;
  QueueItem blocked = Quick("A-1");
  blocked.open_blocks = 1;
  QueueItem two_decisions = Quick("A-2");
  two_decisions.open_decisions = 2;
  QueueItem not_ready = Item("A-3");
  QueueItem stopped = Quick("A-5");
  stopped.stopped_quick = true;
  for (const QueueItem& item : {blocked, two_decisions, not_ready, stopped}) {
    EXPECT_FALSE(AgendaCapacity(terms).TryAdd(item)->quick) << item.key;
  }
  EXPECT_FALSE(AgendaCapacity(Terms()).TryAdd(Quick("A-4"))->quick);  // The default: no list.
}

TEST(CapacityTest, PromisedPlaceIsKeptEvenWhenTheSpecGrew) {
  AgendaCapacity capacity(Terms());
  capacity.Add(Sized("A-1", 7));
  capacity.Add(Sized("A-2", 7));
  EXPECT_EQ(capacity.minutes_left(), -40);
  EXPECT_EQ(capacity.WhyNot(Sized("A-3", 1)), "needs 15 minutes, 0 were left");
}

TEST(CapacityTest, AnyItemUpToTheLimitsFitsAnEmptyAgenda) {
  EXPECT_TRUE(FitsEmptyAgenda(Sized("A-1", 50, 9000), Terms()));
  EXPECT_FALSE(FitsEmptyAgenda(Sized("A-1", 1, 9001), Terms()));
  MeetingTerms half_hour = Terms();
  half_hour.usable_minutes = 20;
  EXPECT_FALSE(FitsEmptyAgenda(Sized("A-1", 3), half_hour));
}

TEST(CapacityTest, TermsComeFromTheSeries) {
  v1::Series series = planning_test::ThursdaySeries();
  series.set_length_min(45);
  series.set_max_specs(2);
  series.set_max_words(7000);
  series.set_quick_items(1);
  series.set_opening_closing_min(5);
  series.set_timebox_most_min(30);
  series.set_overdue_after(4);
  const MeetingTerms terms = TermsOf(series, kMeetingDay);
  EXPECT_EQ(terms.day, kMeetingDay);
  EXPECT_EQ(terms.usable_minutes, 40);
  EXPECT_EQ(terms.max_specs, 2);
  EXPECT_EQ(terms.max_words, 7000);
  EXPECT_EQ(terms.quick_items, 1);
  EXPECT_EQ(terms.timebox.most_min, 30);
  EXPECT_EQ(terms.order.overdue_after, 4);
  EXPECT_EQ(AgendaCapacity(terms).TryAdd(Sized("A-1", 9))->minutes, 30);
}

}  // namespace
}  // namespace gavel
