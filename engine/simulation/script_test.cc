#include "engine/simulation/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/simulation/testing_history.h"

namespace gavel::simulation {
namespace {

using testing::ElementsAre;

// `round:accepted`, one word per step.
std::vector<std::string> WordsOf(const Script& script) {
  constexpr const char* kKinds[] = {"register", "return",   "round",
                                    "decide",   "withdraw", "supersede"};
  constexpr const char* kVerdicts[] = {"",          ":accepted", ":with_changes", ":provisionally",
                                       ":rejected", ":returned", ":deferred"};
  std::vector<std::string> words;
  for (const Step& step : script.steps) {
    words.push_back(std::string(kKinds[static_cast<size_t>(step.kind)]) +
                    kVerdicts[static_cast<size_t>(step.verdict)]);
  }
  return words;
}

std::vector<std::string> StepsOf(const std::vector<Line>& lines) {
  const std::vector<Script> scripts = ScriptsOf(HistoryOf(lines));
  EXPECT_EQ(scripts.size(), 1u);
  return WordsOf(scripts.at(0));
}

TEST(ScriptTest, ADecisionAfterAReviewIsWhatTheRoomDecides) {
  EXPECT_THAT(StepsOf({{"2024-01-01T00:00:00Z", "submitted", "A"},
                       {"2024-01-02T00:00:00Z", "review_started", "A"},
                       {"2024-01-09T00:00:00Z", "review_ended", "A"},
                       {"2024-02-01T00:00:00Z", "decided", "A", "accepted"}}),
              ElementsAre("register", "round:accepted"));
}

TEST(ScriptTest, EachReviewThatEndedIsADemand) {
  EXPECT_THAT(StepsOf({{"2024-01-01T00:00:00Z", "submitted", "A"},
                       {"2024-01-09T00:00:00Z", "review_ended", "A"},
                       {"2024-01-10T00:00:00Z", "decided", "A", "returned_for_revision"},
                       {"2024-03-09T00:00:00Z", "review_started", "A"},
                       {"2024-03-19T00:00:00Z", "review_ended", "A"},
                       {"2024-03-20T00:00:00Z", "decided", "A", "rejected"}}),
              ElementsAre("register", "round:returned", "round:rejected"));
}

TEST(ScriptTest, AReviewWithoutADecisionIsHeardAllTheSame) {
  EXPECT_THAT(StepsOf({{"2024-01-01T00:00:00Z", "submitted", "A"},
                       {"2024-01-09T00:00:00Z", "review_ended", "A"},
                       {"2024-01-09T00:00:00Z", "withdrawn", "A"},
                       {"2024-02-01T00:00:00Z", "submitted", "A"},
                       {"2024-02-09T00:00:00Z", "review_ended", "A"},
                       {"2024-02-10T00:00:00Z", "review_started", "A"},
                       {"2024-02-20T00:00:00Z", "superseded", "A"}}),
              ElementsAre("register", "round", "withdraw", "return", "round", "supersede"));
}

TEST(ScriptTest, ADecisionWithoutAReviewAsksForNoMeeting) {
  EXPECT_THAT(
      StepsOf({{"2024-01-01T00:00:00Z", "submitted", "A"},
               {"2024-01-02T00:00:00Z", "decided", "A", "deferred"},
               {"2024-01-09T00:00:00Z", "review_ended", "A"},
               {"2024-01-10T00:00:00Z", "decided", "A", "accepted_with_changes"},
               {"2024-01-11T00:00:00Z", "decided", "A", "accepted_provisionally"}}),
      ElementsAre("register", "decide:deferred", "round:with_changes", "decide:provisionally"));
}

TEST(ScriptTest, WhereNoReviewIsKnownEveryDecisionIsADemand) {
  EXPECT_THAT(StepsOf({{"2024-01-01T00:00:00Z", "submitted", "A"},
                       {"2024-01-02T00:00:00Z", "decided", "A", "accepted"},
                       {"2024-02-02T00:00:00Z", "decided", "A", "accepted"}}),
              ElementsAre("register", "round:accepted", "round:accepted"));
}

TEST(ScriptTest, APeriodLeavesOutWhatBeganBeforeAndWhatCameAfter) {
  const History history = HistoryOf({{"2024-01-01T00:00:00Z", "submitted", "A"},
                                     {"2024-02-01T00:00:00Z", "submitted", "B"},
                                     {"2024-02-02T00:00:00Z", "decided", "A", "accepted"},
                                     {"2024-02-29T23:59:59Z", "decided", "B", "accepted"},
                                     {"2024-03-01T00:00:00Z", "withdrawn", "B"},
                                     {"2024-03-02T00:00:00Z", "submitted", "C"}});
  const std::vector<Script> scripts =
      ScriptsOf(history, {.from = absl::CivilDay(2024, 2, 1), .to = absl::CivilDay(2024, 2, 29)});
  ASSERT_EQ(scripts.size(), 1u);
  EXPECT_EQ(scripts[0].spec, "B");
  EXPECT_EQ(scripts[0].title, "The spec B");
  EXPECT_THAT(WordsOf(scripts[0]), ElementsAre("register", "round:accepted"));
}

}  // namespace
}  // namespace gavel::simulation
