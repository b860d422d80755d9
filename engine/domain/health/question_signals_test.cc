// The signals of the five questions, each from a story whose figure was worked out by hand.

#include <gtest/gtest.h>

#include "engine/domain/health/signal_row_testing.h"

namespace gavel::health {
namespace {

using namespace testing;

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = {
      // Are specs coming in?
      {"eight in four weeks are two a week", "submissions",
       [](Log& log) { Submitted(log, 8); }, 2, 8, false,
       {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5", "MEDIA-6", "MEDIA-7", "MEDIA-8"}},
      {"a resubmission is no second one", "submissions",
       [](Log& log) {
         log.On(0).New("MEDIA-1");
         log.AskForChanges("MEDIA-1");
         log.Resubmit("MEDIA-1");
       },
       0.25, 1, false, {"MEDIA-1"}},
      {"ana is new, then known; bo is new", "first-time-authors",
       [](Log& log) {
         log.On(0).New("MEDIA-1", "ana");
         log.New("MEDIA-2", "ana");
         log.New("MEDIA-3", "bo");
       },
       2, 3, false, {"MEDIA-1", "MEDIA-3"}},
      {"one of four drafts stays one", "draft-drop-off",
       [](Log& log) {
         Submitted(log, 3);
         log.Draft("MEDIA-4");
       },
       25, 4, false, {"MEDIA-4"}},
      {"one return in four submissions", "returned",
       [](Log& log) {
         Submitted(log, 3);
         log.Return("MEDIA-3", "GV204");
         log.Resubmit("MEDIA-3");
       },
       25, 4, false, {"MEDIA-3"}},
      {"by code: two returns, one of them with GV104", "returned-GV104",
       [](Log& log) {
         Submitted(log, 2);
         log.Return("MEDIA-1", "GV104");
         log.Return("MEDIA-2", "GV204");
       },
       1, 2, false, {"MEDIA-1"}},

      // Too many?
      {"Friday to Monday in review is one business day", "wait-async-review-p50",
       [](Log& log) {
         log.On(4).New("MEDIA-1");
         log.On(7, 1).Queue("MEDIA-1");
       },
       1, 1, false, {"MEDIA-1"}},
      {"one of ten stays long", "wait-queued-p90",
       [](Log& log) {
         Submitted(log, 10);
         for (int i = 1; i <= 10; ++i) {
           log.On(10, i).Queue(fmt::format("MEDIA-{}", i));
           log.On(i == 10 ? 25 : i == 9 ? 14 : 11, i).Slot(fmt::format("MEDIA-{}", i), "m1");
         }
       },
       2, 10, false,
       {"MEDIA-10", "MEDIA-9", "MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5", "MEDIA-6",
        "MEDIA-7", "MEDIA-8"}},
      {"in the room minutes count", "wait-in-meeting-p50",
       [](Log& log) { Held(log, "m1", 10, {"MEDIA-1"}, 12); }, 12, 1, false, {"MEDIA-1"}},
      {"two business days to the first position", "first-position-p50",
       [](Log& log) {
         log.On(0).New("MEDIA-1");
         log.On(2, 5).Position("MEDIA-1", "fay");
         log.On(3, 5).Position("MEDIA-1", "kim");
       },
       2, 1, false, {"MEDIA-1"}},
      {"days with the author do not count towards a decision", "decision-p50",
       [](Log& log) {
         log.On(0).New("MEDIA-1");
         log.On(1).AskForChanges("MEDIA-1");  // Tuesday.
         log.On(8).Resubmit("MEDIA-1");       // Tuesday after.
         log.On(9, 5).Approve("MEDIA-1");
       },
       2, 1, false, {"MEDIA-1"}},
      {"sixty-five minutes asked for, fifty there", "requested-to-usable",
       [](Log& log) {
         log.On(0).Plan("m1", 10);
         log.On(7).CutOff("m1", 65);
       },
       1.3, 1, true, {"m1"}},
      {"two wait, one was opened", "backlog",
       [](Log& log) {
         Submitted(log, 3);
         log.On(5).Plan("m1", 10);
         for (const char* key : {"MEDIA-1", "MEDIA-2", "MEDIA-3"}) log.Queue(key);
         log.Slot("MEDIA-1", "m1");
         log.Open("MEDIA-1", "m1");
       },
       2, 2, false, {"MEDIA-2", "MEDIA-3"}},
      {"two wait at the pace of one in four weeks", "weeks-to-clear",
       [](Log& log) {
         Submitted(log, 3);
         for (const char* key : {"MEDIA-1", "MEDIA-2", "MEDIA-3"}) log.Queue(key);
         log.Slot("MEDIA-1", "m1");
         log.Open("MEDIA-1", "m1");
       },
       8, 2, false, {"MEDIA-2", "MEDIA-3"}},

      // Right?
      {"a rejection is reopened; a withdrawal does not count", "reopened",
       [](Log& log) {
         Submitted(log, 2);
         log.Reject("MEDIA-1");
         log.Spec("MEDIA-1", "ana",
                  "from_state: STATE_REJECTED to_state: STATE_DRAFT reopened {}");
         log.Spec("MEDIA-2", "ana", "to_state: STATE_WITHDRAWN withdrawn {}");
         log.Spec("MEDIA-2", "ana",
                  "from_state: STATE_WITHDRAWN to_state: STATE_DRAFT reopened {}");
       },
       1, 1, false, {"MEDIA-1"}},
      {"contested once", "contested",
       [](Log& log) {
         Submitted(log, 1);
         log.Approve("MEDIA-1");
         log.Spec("MEDIA-1", "fay", "decision_contested {}");
       },
       1, 1, false, {"MEDIA-1"}},
      {"superseded after 20 days, and after a year", "superseded-soon",
       [](Log& log) {
         log.On(-400).New("MEDIA-1");
         log.Approve("MEDIA-1");
         log.On(0).New("MEDIA-2");
         log.Approve("MEDIA-2");
         log.On(20).Spec("MEDIA-1", "system", "to_state: STATE_SUPERSEDED superseded {}");
         log.Spec("MEDIA-2", "system", "to_state: STATE_SUPERSEDED superseded {}");
       },
       1, 1, false, {"MEDIA-2"}},
      {"a condition due in the span and open at its end", "conditions-unmet",
       [](Log& log) { WithCondition(log, 10); }, 1, 1, false, {"MEDIA-1"}},
      {"a condition that was met", "conditions-unmet",
       [](Log& log) {
         WithCondition(log, 10);
         log.On(9).Spec("MEDIA-1", "bo", "condition_met { condition: 'k1' }");
       },
       0, 0},
      {"a condition of a stayed decision stands still", "conditions-unmet",
       [](Log& log) {
         WithCondition(log, 10);
         log.On(1).Spec("MEDIA-1", "fay", "decision_stayed { decision: 'd1' }");
       },
       0, 0},
      {"an overruled block whose decision is contested later", "overruled-and-right",
       [](Log& log) {
         Blocks(log, 2, 2);
         log.Spec("MEDIA-1", "chen", "concern_overruled { concern: 'c1' }");
         log.Approve("MEDIA-1");
         log.On(3).Spec("MEDIA-1", "fay", "decision_contested {}");
       },
       1, 1, false, {"MEDIA-1"}},
      {"one audit of two failed", "failed-audits",
       [](Log& log) {
         Submitted(log, 2);
         for (const char* key : {"MEDIA-1", "MEDIA-2"}) log.AutoApprove(key);
         log.Spec("MEDIA-1", "eli", "audit_recorded { result: RESULT_FINE }");
         log.Spec("MEDIA-2", "eli", "audit_recorded { result: RESULT_HARMFUL }");
       },
       1, 2, false, {"MEDIA-2"}},
      {"two later specs name a decided one, one of them twice", "citations",
       [](Log& log) {
         log.On(0).New("MEDIA-1");
         log.Approve("MEDIA-1");
         log.Draft("MEDIA-2");
         log.Revise("MEDIA-2", 2, "ana", "cites: 'MEDIA-1'");
         log.Revise("MEDIA-2", 3, "ana", "cites: 'MEDIA-1' amends: 'MEDIA-1'");
         log.Draft("MEDIA-3");
         log.Revise("MEDIA-3", 2, "bo", "amends: 'MEDIA-1'");
       },
       2, 2, false, {"MEDIA-1"}},

      // On topic?
      {"three marks in two meetings", "off-topic-marks",
       [](Log& log) {
         Held(log, "m1", 10, {"MEDIA-1"}, 10, {}, [&] {
           for (int i = 0; i < 3; ++i) {
             log.Meet("m1", "kim", "off_topic_marked { spec: 'MEDIA-1' }", "MEDIA-1");
           }
         });
         Held(log, "m2", 17, {"MEDIA-2"}, 10);
       },
       1.5, 2, false, {"m1"}},
      {"20 of 15 minutes is over, 10 is not", "overruns",
       [](Log& log) {
         Held(log, "m1", 10, {"MEDIA-1"}, 20);
         Held(log, "m2", 17, {"MEDIA-2"}, 10);
       },
       50, 2, false, {"MEDIA-1"}},
      {"an item the meeting closed over", "overruns",
       [](Log& log) {
         Held(log, "m1", 10, {}, 0, {}, [&] {
           log.New("MEDIA-1");
           log.Slot("MEDIA-1", "m1");
           log.Open("MEDIA-1", "m1");
           log.Spec("MEDIA-1", "system", "to_state: STATE_QUEUED item_overran {}", "m1");
         });
       },
       100, 1, false, {"MEDIA-1"}},
      {"what the log does not hold is not made up", "talk-spread",
       [](Log& log) { Held(log, "m1", 10, {"MEDIA-1"}, 10); }, std::nullopt, 0},
      {"three of four concerns by one of two people", "concern-spread",
       [](Log& log) { Blocks(log, 4, 3); }, 1.6, 4, false, {"MEDIA-1"}},

      // Enjoyed? The pulse has a test of its own.
      {"of four people one did not have to come", "voluntary-attendance",
       [](Log& log) {
         log.On(0).Plan("m1", 10);
         log.Packet("m1", "readers { person: 'fay' specs: 'MEDIA-1' }");
         log.Attend("m1", {{"kim", "facilitator"}, {"ana", "presenter"}, {"fay", "attendee"},
                           {"lee", "attendee"}});
         log.On(10).Close("m1");
       },
       25, 4, false, {"m1"}},

  };
  return rows;
}

class QuestionSignalTest : public ::testing::TestWithParam<Row> {};

TEST_P(QuestionSignalTest, IsWhatWasWorkedOutByHand) { ExpectSignal(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, QuestionSignalTest, ::testing::ValuesIn(Rows()));

// What another area did changes nothing, and both add up where all areas are asked for.
TEST(SignalAreaTest, AnAreaCountsForItself) {
  Log log;
  log.On(1).New("MEDIA-1");
  log.In("platform");
  log.New("PLAT-1");
  log.New("PLAT-2");
  EXPECT_EQ(SignalIn(log.Report(testing::FourWeeks(), "media"), "submissions").sample(), 1);
  EXPECT_EQ(SignalIn(log.Report(testing::FourWeeks(), "platform"), "submissions").sample(), 2);
  EXPECT_EQ(SignalIn(log.Report(testing::FourWeeks(), ""), "submissions").sample(), 3);
}

TEST(SignalAreaTest, TheSpanBeforeIsComparedWith) {
  Log log;
  log.On(-27).New("MEDIA-1");
  log.On(-1).New("MEDIA-2");
  log.On(0).New("MEDIA-3");
  log.On(28).New("MEDIA-4");  // The end is not part of it.
  const v1::HealthSignal signal = SignalIn(log.Report(), "submissions");
  EXPECT_DOUBLE_EQ(signal.value(), 0.25);
  EXPECT_DOUBLE_EQ(signal.previous(), 0.5);
}

TEST(SignalAreaTest, BeforeTheLogBeginsThereIsNothingToCompareWith) {
  Log log;
  log.On(0).New("MEDIA-1");
  const Span long_ago = {testing::DayAt(-30), testing::DayAt(28)};
  EXPECT_FALSE(SignalIn(log.Report(long_ago), "submissions").has_previous());
}

TEST(NearMissTest, TheConditionBehindMostOfTheQueueIsNamed) {
  QueueReading queue{.queued = 8};
  v1::NearMiss& miss = queue.near_misses.emplace_back();
  miss.set_rule("auto/standard-tiers");
  miss.set_condition("cost.monthly_usd at most 500");
  miss.set_specs(3);
  miss.set_harmed(1);
  miss.add_examples("MEDIA-7");
  queue.mined = 2;
  const v1::HealthReport report = Log().Report(testing::FourWeeks(), "media", queue);
  const v1::HealthSignal signal = SignalIn(report, "near-miss");
  EXPECT_DOUBLE_EQ(signal.value(), 37.5);
  EXPECT_TRUE(signal.alarming());
  EXPECT_EQ(signal.specs(0), "MEDIA-7");
  EXPECT_EQ(signal.text(),
            "share of the queue that one condition alone kept from approval: cost.monthly_usd at "
            "most 500 (auto/standard-tiers); 1 of 3 did harm");
  EXPECT_DOUBLE_EQ(SignalIn(report, "near-miss-2").value(), 0);
  EXPECT_DOUBLE_EQ(SignalIn(report, "mined-rule").value(), 25);
}

}  // namespace
}  // namespace gavel::health
