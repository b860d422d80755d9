#include "engine/domain/planning/series_numbers.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::ThursdaySeries;

// The numbers in the order of the keys.
std::vector<int> ValuesOf(const SeriesNumbers& n) {
  return {n.preview_bd,           n.go_no_go_bd,           n.opening_closing_min,
          n.timebox.base_min,     n.timebox.step_min,      n.timebox.least_min,
          n.timebox.most_min,     n.order.aged_after,      n.order.overdue_after,
          n.order.weight_dependent, n.order.weight_release, n.order.weight_team};
}

TEST(SeriesNumbersTest, DefaultsAreThoseOfTheDesign) {
  EXPECT_EQ(ValuesOf(NumbersOf(ThursdaySeries())),
            (std::vector<int>{2, 1, 10, 10, 5, 15, 45, 2, 3, 2, 3, 3}));
}

TEST(SeriesNumbersTest, EachKeySetsItsNumberAndNoOther) {
  const std::vector<int> defaults = ValuesOf(NumbersOf(ThursdaySeries()));
  ASSERT_EQ(SeriesNumberKeys().size(), defaults.size());
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const SeriesNumberKey& number = SeriesNumberKeys()[i];
    for (const int value : {number.least, number.most}) {
      v1::Series series = ThursdaySeries();
      (series.*number.set)(value);
      EXPECT_TRUE((series.*number.has)()) << number.key;
      EXPECT_EQ((series.*number.get)(), value) << number.key;
      std::vector<int> expected = defaults;
      expected[i] = value;
      EXPECT_EQ(ValuesOf(NumbersOf(series)), expected) << number.key;
    }
  }
}

TEST(SeriesNumbersTest, EveryOptionalNumberOfASeriesHasItsKey) {
  std::set<std::string> keys;
  for (const SeriesNumberKey& number : SeriesNumberKeys()) {
    EXPECT_EQ(number.field, "Series." + std::string(number.key));
    keys.insert(std::string(number.key));
  }
  std::set<std::string> fields;
  const auto& descriptor = *v1::Series::descriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    if (descriptor.field(i)->has_optional_keyword()) fields.insert(descriptor.field(i)->name());
  }
  EXPECT_EQ(keys, fields);
}

TEST(SeriesNumbersTest, ConflictsNameTheNumberToChange) {
  struct Row {
    const char* key;
    const char* problem;
    std::function<void(v1::Series&)> spoil;
  };
  const Row rows[] = {
      {"timebox_most_min", "The longest timebox, 10 minutes, is below the shortest, 15.",
       [](v1::Series& s) { s.set_timebox_most_min(10); }},
      {"length_min",
       "24 minutes hold no item: opening, closing and the shortest timebox take 25.",
       [](v1::Series& s) { s.set_length_min(24); }},
      {"go_no_go_bd", "Go or no-go is asked after the freeze, not before it.",
       [](v1::Series& s) { s.set_go_no_go_bd(3); }},
      {"aged_after", "A spec is aged before it is overdue: at most 3.",
       [](v1::Series& s) { s.set_aged_after(4); }},
  };
  EXPECT_FALSE(ConflictIn(ThursdaySeries()).has_value());
  for (const Row& row : rows) {
    v1::Series series = ThursdaySeries();
    row.spoil(series);
    const std::optional<SeriesConflict> conflict = ConflictIn(series);
    ASSERT_TRUE(conflict.has_value()) << row.key;
    EXPECT_EQ(conflict->key, row.key);
    EXPECT_EQ(conflict->problem, row.problem);
  }
}

TEST(SeriesNumbersTest, EdgesDoNotConflict) {
  v1::Series series = ThursdaySeries();
  series.set_timebox_most_min(15);  // Uniform timeboxes.
  series.set_length_min(25);
  series.set_go_no_go_bd(2);
  series.set_aged_after(3);
  EXPECT_FALSE(ConflictIn(series).has_value());
}

}  // namespace
}  // namespace gavel
