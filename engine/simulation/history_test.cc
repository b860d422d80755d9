#include "engine/simulation/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavel::simulation {
namespace {

using testing::HasSubstr;

constexpr char kFirst[] =
    R"({"at": "2022-07-13T00:00:00Z", "event": "submitted", "spec": "A-1", "title": "One"})"
    "\n";

TEST(HistoryTest, ReadsEventsInOrder) {
  const auto history = ReadHistory(
      "some.jsonl", std::string(kFirst) +
                        R"({"at": "2022-07-14T01:02:03Z", "event": "review_ended", "spec": "A-1"})"
                        "\r\n\n"
                        R"({"at": "2022-07-14T01:02:03Z", "event": "decided", "spec": "A-1",)"
                        R"( "decision": "accepted_with_changes", "round": 1})");
  ASSERT_TRUE(history.ok()) << history.status();
  EXPECT_EQ(history->name, "some.jsonl");
  ASSERT_EQ(history->events.size(), 3u);
  EXPECT_EQ(history->events[0].title, "One");
  EXPECT_EQ(history->events[1].kind, EventKind::kReviewEnded);
  EXPECT_EQ(history->events[1].at,
            absl::FromCivil(absl::CivilSecond(2022, 7, 14, 1, 2, 3), absl::UTCTimeZone()));
  EXPECT_EQ(history->events[2].line, 4) << "empty lines count as lines";
  EXPECT_EQ(history->events[2].verdict, Verdict::kAcceptedWithChanges);
}

TEST(HistoryTest, PassesOverStagesAfterTheDecision) {
  const auto history =
      ReadHistory("some.jsonl",
                  std::string(kFirst) +
                      R"({"at": "2022-07-14T00:00:00Z", "event": "stage_changed", "spec": "A-1"})");
  ASSERT_TRUE(history.ok()) << history.status();
  EXPECT_EQ(history->events.size(), 1u);
}

struct WrongRow {
  const char* name;
  const char* second;  // Line 2.
  const char* says;
};
void PrintTo(const WrongRow& row, std::ostream* os) { *os << row.name; }

class WrongHistories : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongHistories, AreRefusedWithFileLineFieldAndFix) {
  const auto history = ReadHistory("some.jsonl", std::string(kFirst) + GetParam().second);
  ASSERT_EQ(history.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(history.status().message()), HasSubstr("some.jsonl:2"));
  EXPECT_THAT(std::string(history.status().message()), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrongHistories,
    testing::Values(
        WrongRow{"NoJson", "at: 2022-07-13", "is no JSON object"},
        WrongRow{"AList", "[1, 2]", "is no JSON object"},
        WrongRow{"NoTime", R"({"event": "decided", "spec": "A-1"})", "at` is missing"},
        WrongRow{"WrongTime", R"({"at": "13 July", "event": "withdrawn", "spec": "A-1"})",
                 "write a time such as"},
        WrongRow{"NumberForTime", R"({"at": 1657670400, "event": "withdrawn", "spec": "A-1"})",
                 "is 1657670400; write a text"},
        WrongRow{"Unsorted",
                 R"({"at": "2022-07-12T00:00:00Z", "event": "withdrawn", "spec": "A-1"})",
                 "sort the lines by time"},
        WrongRow{"NoSpec", R"({"at": "2022-07-14T00:00:00Z", "event": "withdrawn"})",
                 "spec` is missing"},
        WrongRow{"UnknownEvent",
                 R"({"at": "2022-07-14T00:00:00Z", "event": "merged", "spec": "A-1"})",
                 "`review_ended`"},
        WrongRow{"UnknownDecision",
                 R"({"at": "2022-07-14T00:00:00Z", "event": "decided", "spec": "A-1",)"
                 R"( "decision": "yes"})",
                 "`accepted`"},
        WrongRow{"NullDecision",
                 R"({"at": "2022-07-14T00:00:00Z", "event": "decided", "spec": "A-1",)"
                 R"( "decision": null})",
                 "decision` is null"},
        WrongRow{"NotSubmitted",
                 R"({"at": "2022-07-14T00:00:00Z", "event": "withdrawn", "spec": "A-2"})",
                 "the first event of A-2 must be `submitted`"}),
    [](const auto& row) { return row.param.name; });

TEST(HistoryTest, AnEmptyFileIsNoHistory) {
  for (const char* const text : {"", "\n\n"}) {
    EXPECT_EQ(ReadHistory("-", text).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace gavel::simulation
