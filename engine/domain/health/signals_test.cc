// Every signal, from a story whose figure was worked out by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <ostream>

#include "engine/domain/health/health_testing.h"

namespace gavel::health {
namespace {

using ::testing::ElementsAreArray;
using testing::Log;
using testing::SignalIn;

struct Row {
  const char* name;  // What happens, as a sentence.
  const char* signal;
  std::function<void(Log&)> story;
  std::optional<double> value;  // Nothing: no data.
  int sample = 0;
  bool alarming = false;
  std::vector<std::string> behind = {};  // Specs, or meetings where there are no specs.
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.signal << ": " << row.name; }

// MEDIA-1 … MEDIA-n, submitted on days 0, 1, …
void Submitted(Log& log, int n) {
  for (int i = 1; i <= n; ++i) log.On(i - 1).New(fmt::format("MEDIA-{}", i));
}

// n approvals by people on day 10; `each` happens to each spec before.
void Approved(Log& log, int n, const std::function<void(const std::string&, int)>& each) {
  for (int i = 1; i <= n; ++i) {
    const std::string key = fmt::format("MEDIA-{}", i);
    log.On(1, i).New(key);
    log.On(2, i);
    each(key, i);
    log.On(10, i).Approve(key);
  }
}

// n blocks, the first `by_kim` of them by kim, the others by somebody else each.
void Blocks(Log& log, int n, int by_kim) {
  log.On(0).New("MEDIA-1");
  for (int i = 1; i <= n; ++i) {
    log.Concern("MEDIA-1", i <= by_kim ? "kim" : fmt::format("p{}", i), fmt::format("c{}", i));
  }
}

void ChangeSeverity(Log& log, int concern, const std::string& to) {
  log.Spec("MEDIA-1", "kim",
           fmt::format("concern_severity_changed {{ concern: 'c{}' severity: {} }}", concern, to));
}

// A held meeting on day 10 with one item each for `specs`, opened and approved after `minutes`.
void Held(Log& log, const std::string& id, int day, const std::vector<std::string>& specs,
          int minutes, const std::vector<std::pair<std::string, std::string>>& people = {},
          const std::function<void()>& before_close = [] {}) {
  log.On(0).Plan(id, day);
  for (const std::string& spec : specs) {
    log.On(0).New(spec);
    log.On(1).Queue(spec);
    log.On(day - 3).Slot(spec, id);
  }
  log.On(day - 2).Packet(id);
  log.On(day, 300).OpenMeeting(id);
  int at = 300;
  for (const std::string& spec : specs) {
    log.On(day, at).Open(spec, id);
    log.On(day, at += minutes).Approve(spec, id);
  }
  before_close();
  if (!people.empty()) log.Attend(id, people);
  log.Close(id);
}

// Meetings on consecutive Thursdays from day 3 on, cancelled (`x`) or held (`h`).
void Series(Log& log, const std::string& fates) {
  for (size_t i = 0; i < fates.size(); ++i) {
    const int day = 3 + 7 * static_cast<int>(i) - 7;
    const std::string id = fmt::format("m{}", i + 1);
    log.On(day - 7).Plan(id, day);
    log.On(day);
    if (fates[i] == 'x') log.Cancel(id);
    if (fates[i] == 'm') log.Cancel(id, "CALENDAR_CHANGED");
    if (fates[i] == 'h') log.Close(id);
  }
}

// MEDIA-1 approved on day -5 by people with a condition due on the given day of November.
void WithCondition(Log& log, int november_day) {
  log.On(-6).New("MEDIA-1");
  log.On(-5).Approve("MEDIA-1", "",
                     fmt::format("rationale: 'r' conditions {{ id: 'k1' due {{ year: 2026 month: "
                                 "11 day: {} }} }}",
                                 november_day));
}

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

      // Domineering.
      {"three of five blocks", "blocks-top-share", [](Log& log) { Blocks(log, 5, 3); }, 60, 5, true,
       {"MEDIA-1"}},
      {"two of five are the limit", "blocks-top-share", [](Log& log) { Blocks(log, 5, 2); }, 40, 5,
       false, {"MEDIA-1"}},
      {"three of four are too few to judge", "blocks-top-share",
       [](Log& log) { Blocks(log, 4, 3); }, 75, 4, false, {"MEDIA-1"}},
      {"kim alone approved three of five", "needed-top-share",
       [](Log& log) {
         Approved(log, 5, [&](const std::string& key, int i) {
           log.Position(key, "kim");
           if (i > 3) log.Position(key, "fay");  // Of two approvals one is to spare.
         });
       },
       60, 5, true, {"MEDIA-1", "MEDIA-2", "MEDIA-3"}},
      {"one overruled and one downgraded of five", "blocks-set-aside",
       [](Log& log) {
         Blocks(log, 5, 1);
         log.Spec("MEDIA-1", "chen", "concern_overruled { concern: 'c1' }");
         ChangeSeverity(log, 2, "SEVERITY_QUESTION");
       },
       40, 5, true, {"MEDIA-1"}},
      {"three returns each", "returns-p50",
       [](Log& log) {
         Approved(log, 5, [&](const std::string& key, int) {
           for (int i = 0; i < 3; ++i) {
             log.AskForChanges(key);
             log.Resubmit(key);
           }
         });
       },
       3, 5, true, {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5"}},

      // Bottlenecked.
      {"one more than decided, four weeks running", "arrivals-above-decisions",
       [](Log& log) {
         for (int week = 0; week < 4; ++week) {
           log.On(7 * week + 1).New(fmt::format("MEDIA-{}", 2 * week + 1));
           log.New(fmt::format("MEDIA-{}", 2 * week + 2));
           log.Approve(fmt::format("MEDIA-{}", 2 * week + 1));
         }
       },
       4, 8, true,
       {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5", "MEDIA-6", "MEDIA-7", "MEDIA-8"}},
      {"the last week was even", "arrivals-above-decisions",
       [](Log& log) {
         log.On(1).New("MEDIA-1");
         log.On(22).New("MEDIA-2");
         log.Approve("MEDIA-2");
       },
       0, 0},
      {"five specs that got the third meeting", "room-wait-p90",
       [](Log& log) {
         Series(log, "hhhx");  // Days -4, 3, 10, 17.
         for (int i = 1; i <= 5; ++i) {
           const std::string key = fmt::format("MEDIA-{}", i);
           log.On(-6, i).New(key);
           log.Queue(key);
           log.On(10, 300 + i).Open(key, "m3");
         }
       },
       3, 5, true, {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5"}},
      {"one of five asked said nothing", "lapses",
       [](Log& log) {
         Submitted(log, 1);
         for (const char* person : {"fay", "kim", "chen", "dee"}) log.Position("MEDIA-1", person);
         log.Spec("MEDIA-1", "system", "reviewer_lapsed { person: 'eli' }");
       },
       20, 5, true, {"MEDIA-1"}},

      // Status-oriented. Fay acknowledged, dee's word came with the packet out, lee did nothing.
      {"of five who should, three did not read", "unread-attendees",
       [](Log& log) {
         log.On(0).Plan("m1", 10);
         log.New("MEDIA-1");
         log.Slot("MEDIA-1", "m1");
         log.Packet("m1", "revisions { key: 'MEDIA-1' value: 1 }");
         log.Meet("m1", "fay", "packet_read { person: 'fay' specs: 'MEDIA-1' }");
         log.Concern("MEDIA-1", "dee", "c1", "SEVERITY_QUESTION");
         log.Attend("m1", {{"ana", "presenter"}, {"fay", "attendee"}, {"dee", "attendee"},
                           {"lee", "attendee"}, {"gus", "attendee"}, {"eli", "attendee"}});
         log.On(10).Close("m1");
       },
       60, 5, true, {"m1"}},
      {"a position on the pinned revision before the packet is reading it", "unread-attendees",
       [](Log& log) {
         log.On(0).Plan("m1", 10);
         log.New("MEDIA-1");
         log.Position("MEDIA-1", "fay");
         log.Slot("MEDIA-1", "m1");
         log.On(8).Packet("m1", "revisions { key: 'MEDIA-1' value: 1 }");
         log.Attend("m1", {{"fay", "attendee"}});
         log.On(10).Close("m1");
       },
       0, 1},
      {"five watch one", "attendees-per-contributor",
       [](Log& log) {
         Held(log, "m1", 10, {}, 0,
              {{"kim", "facilitator"}, {"fay", "attendee"}, {"dee", "attendee"},
               {"lee", "attendee"}, {"gus", "attendee"}});
       },
       5, 1, true, {"m1"}},
      {"approved after a minute each", "approval-minutes-p50",
       [](Log& log) {
         Held(log, "m1", 10, {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5"}, 1);
       },
       1, 5, true, {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4", "MEDIA-5"}},
      {"one of two within two minutes", "quick-approvals",
       [](Log& log) {
         Held(log, "m1", 10, {"MEDIA-1"}, 1);
         Held(log, "m2", 17, {"MEDIA-2"}, 9);
       },
       50, 2, false, {"MEDIA-1"}},
      {"two of five blocks became notes, one a question", "blocks-to-nits",
       [](Log& log) {
         Blocks(log, 5, 1);
         ChangeSeverity(log, 1, "SEVERITY_NOTE");
         ChangeSeverity(log, 2, "SEVERITY_NOTE");
         ChangeSeverity(log, 3, "SEVERITY_QUESTION");
       },
       40, 5, true, {"MEDIA-1"}},

      // Inert.
      {"four in a row, one of them before the span", "cancelled-running",
       [](Log& log) { Series(log, "hxxxx"); }, 4, 4, true, {"m5", "m4", "m3", "m2"}},
      {"three, and one that the calendar lost", "cancelled-running",
       [](Log& log) { Series(log, "hxxmx"); }, 3, 3, false, {"m5", "m3", "m2"}},
      {"held since", "cancelled-running", [](Log& log) { Series(log, "xxxxh"); }, 0, 0},
      {"four of five approvals in silence", "silent-approvals",
       [](Log& log) {
         Approved(log, 5, [&](const std::string& key, int i) {
           log.Position(key, "kim", "KIND_APPROVE", i == 5 ? "Good numbers." : "");
         });
       },
       80, 5, true, {"MEDIA-1", "MEDIA-2", "MEDIA-3", "MEDIA-4"}},
      {"one decision does not say why", "empty-rationales",
       [](Log& log) {
         Submitted(log, 2);
         log.Approve("MEDIA-1");
         log.Approve("MEDIA-2", "", "");
       },
       1, 2, true, {"MEDIA-2"}},
      {"its day passed and nobody looked", "conditions-unchecked",
       [](Log& log) { WithCondition(log, 10); }, 1, 1, true, {"MEDIA-1"}},
      {"it was given more time", "conditions-unchecked",
       [](Log& log) {
         WithCondition(log, 10);
         log.On(9).Spec("MEDIA-1", "kim",
                        "condition_extended { condition: 'k1' due { year: 2027 month: 1 day: 5 } }");
       },
       0, 1},
      {"of two decisions a year old one was cited", "never-cited",
       [](Log& log) {
         log.On(-360).New("MEDIA-1");
         log.New("MEDIA-2");
         log.Approve("MEDIA-1");
         log.Approve("MEDIA-2");
         log.On(-100).Draft("MEDIA-3");
         log.Revise("MEDIA-3", 2, "bo", "cites: 'MEDIA-2'");
       },
       50, 2, false, {"MEDIA-1"}},
      {"continued twice", "second-continue",
       [](Log& log) {
         Submitted(log, 1);
         for (int i = 0; i < 2; ++i) {
           log.Queue("MEDIA-1");
           log.Open("MEDIA-1", "m1");
           log.Spec("MEDIA-1", "kim",
                    "to_state: STATE_QUEUED outcome_recorded { outcome { kind: KIND_CONTINUE } }",
                    "m1");
         }
       },
       1, 2, true, {"MEDIA-1"}},
      {"the second was undone", "second-continue",
       [](Log& log) {
         Submitted(log, 1);
         for (int i = 0; i < 2; ++i) {
           log.Open("MEDIA-1", "m1");
           log.Spec("MEDIA-1", "kim",
                    "to_state: STATE_QUEUED outcome_recorded { outcome { kind: KIND_CONTINUE } }",
                    "m1");
         }
         log.Spec("MEDIA-1", "kim", "to_state: STATE_SCHEDULED outcome_undone {}", "m1");
       },
       0, 1},
      {"the sponsor came to two of five, the deputy to one of these", "sponsor-attendance",
       [](Log& log) {
         for (int i = 0; i < 5; ++i) {
           const std::string id = fmt::format("m{}", i);
           log.On(0).Plan(id, 4 + i);
           std::vector<std::pair<std::string, std::string>> people = {{"kim", "facilitator"}};
           if (i == 1) people.emplace_back("chen", "sponsor");
           if (i == 2) people.emplace_back("gus", "attendee");
           log.On(4 + i).Attend(id, people);
           log.Close(id);
         }
       },
       40, 5, true, {"m1", "m2"}},
  };
  return rows;
}

class SignalTest : public ::testing::TestWithParam<Row> {};

TEST_P(SignalTest, IsWhatWasWorkedOutByHand) {
  Log log;
  GetParam().story(log);
  const v1::HealthSignal signal = SignalIn(log.Report(), GetParam().signal);
  ASSERT_EQ(signal.state(), GetParam().value.has_value() ? v1::HealthSignal::STATE_KNOWN
                                                         : v1::HealthSignal::STATE_NO_DATA);
  EXPECT_DOUBLE_EQ(signal.value(), GetParam().value.value_or(0));
  EXPECT_EQ(signal.sample(), GetParam().sample);
  EXPECT_EQ(signal.alarming(), GetParam().alarming);
  EXPECT_THAT(signal.specs().empty() ? signal.meetings() : signal.specs(),
              ElementsAreArray(GetParam().behind));
}

INSTANTIATE_TEST_SUITE_P(All, SignalTest, ::testing::ValuesIn(Rows()));

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
