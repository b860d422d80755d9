// The signals of the four anti-patterns, each from a story whose figure was worked out by hand.

#include <gtest/gtest.h>

#include "engine/domain/health/signal_row_testing.h"

namespace gavel::health {
namespace {

using namespace testing;

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = {
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
                        "condition_extended { condition: 'k1' "
                        "due { year: 2027 month: 1 day: 5 } }");
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

class PatternSignalTest : public ::testing::TestWithParam<Row> {};

TEST_P(PatternSignalTest, IsWhatWasWorkedOutByHand) { ExpectSignal(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, PatternSignalTest, ::testing::ValuesIn(Rows()));

}  // namespace
}  // namespace gavel::health
