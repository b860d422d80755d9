#include "engine/app/watch/event_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/error.h"
#include "tests/testing/append_events.h"

namespace gavel::app {
namespace {

using Words = std::vector<std::string>;

v1::EventFilter Filter(const Words& areas, const Words& specs, const Words& types) {
  v1::EventFilter filter;
  filter.mutable_areas()->Assign(areas.begin(), areas.end());
  filter.mutable_specs()->Assign(specs.begin(), specs.end());
  filter.mutable_types()->Assign(types.begin(), types.end());
  return filter;
}

EventFilter Compile(const v1::EventFilter& filter) {
  auto compiled = EventFilter::Compile(filter);
  EXPECT_TRUE(compiled.ok()) << compiled.status();
  return compiled.ok() ? *std::move(compiled) : *EventFilter::Compile({});
}

struct Row {
  v1::EventFilter filter;
  bool matches;
};

TEST(EventFilter, MatchesWhereEveryListThatIsNotEmptyHoldsTheValue) {
  const auto event = testing::MakeEvent("SpecSubmitted", "media", "MEDIA-42");
  const std::vector<Row> rows = {
      {Filter({}, {}, {}), true},
      {Filter({"media"}, {}, {}), true},
      {Filter({"platform", "media"}, {}, {}), true},
      {Filter({"platform"}, {}, {}), false},
      {Filter({}, {"MEDIA-42"}, {}), true},
      {Filter({}, {"MEDIA-4"}, {}), false},
      {Filter({}, {"media-42"}, {}), false},
      {Filter({}, {}, {"SpecSubmitted"}), true},
      {Filter({}, {}, {"DecisionRecorded"}), false},
      {Filter({"media"}, {"MEDIA-42"}, {"SpecSubmitted"}), true},
      {Filter({"media"}, {"MEDIA-42"}, {"DecisionRecorded"}), false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Compile(row.filter).Matches(event), row.matches) << row.filter.ShortDebugString();
  }
}

TEST(EventFilter, AnEventWithoutAreaMatchesNoAreaFilter) {
  const auto event = testing::MakeEvent("PolicyPublished", "", "");
  EXPECT_FALSE(Compile(Filter({"media"}, {}, {})).Matches(event));
  EXPECT_TRUE(Compile(Filter({}, {}, {"PolicyPublished"})).Matches(event));
}

TEST(EventFilter, HashIgnoresOrderAndRepetition) {
  EXPECT_EQ(Compile(Filter({"a", "b"}, {}, {})).hash(),
            Compile(Filter({"b", "a", "b"}, {}, {})).hash());
}

TEST(EventFilter, HashTellsListsApart) {
  const std::vector<v1::EventFilter> different = {
      Filter({}, {}, {}),         Filter({"a"}, {}, {}),    Filter({}, {"a"}, {}),
      Filter({"a", "b"}, {}, {}), Filter({"a"}, {"b"}, {}), Filter({"ab"}, {}, {}),
      Filter({"1:a"}, {}, {}),    Filter({"a1:b"}, {}, {}),
  };
  std::set<uint64_t> hashes;
  for (const auto& filter : different) hashes.insert(Compile(filter).hash());
  EXPECT_EQ(hashes.size(), different.size());
}

TEST(EventFilter, RefusesWhatCouldNeverMatch) {
  for (const auto& filter : {Filter({""}, {}, {}), Filter({}, {""}, {}), Filter({}, {}, {""}),
                             Filter({}, {}, {"SpecSubmited"}), Filter({}, {}, {"specSubmitted"}),
                             Filter(Words(1001, "a"), {}, {})}) {
    const auto compiled = EventFilter::Compile(filter);
    EXPECT_EQ(compiled.status().code(), absl::StatusCode::kInvalidArgument);
    ASSERT_EQ(FieldViolationsOf(compiled.status()).size(), 1u);
    EXPECT_TRUE(FieldViolationsOf(compiled.status())[0].field.starts_with("filter."));
  }
}

TEST(EventFilter, KnowsEveryEventTypeOfTheProto) {
  const auto* payload = v1::Event::descriptor()->FindOneofByName("payload");
  ASSERT_GT(payload->field_count(), 50);
  for (int i = 0; i < payload->field_count(); ++i) {
    const std::string& type = payload->field(i)->message_type()->name();
    EXPECT_TRUE(EventFilter::Compile(Filter({}, {}, {type})).ok()) << type;
  }
}

}  // namespace
}  // namespace gavel::app
