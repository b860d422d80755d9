#include "engine/domain/planning/standing.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::InputOf;
using planning_test::Item;

using Standings = std::map<std::string, std::string>;

TEST(StandingTest, EverySpecCanSayWhyItIsOrIsNotOnTheAgenda) {
  QueueItem overdue = Item("A-1", 20);
  overdue.passed_over = 4;
  QueueItem carried = Item("A-2", 5);
  carried.carried_over = true;
  QueueItem scored = Item("A-3", 10);
  scored.dependents = 1;
  scored.releases_not_authors_fault = 2;
  scored.team_items_last_four = 1;
  QueueItem away = Item("A-7", 30);
  away.presenter_available = false;
  QueueItem book = Item("A-8", 40);
  book.words = 12'000;
  const AgendaPlan plan = PlanMeeting(
      InputOf({overdue, carried, scored, Item("A-4", 9), Item("A-5", 8), away, book}), Berlin());
  EXPECT_EQ(
      StandingsOf(plan),
      (Standings{
          {"A-1", "1st of 5 in order (overdue: passed over at 4 meetings)"},
          {"A-2", "2nd of 5 in order (carried over from the last meeting)"},
          {"A-3",
           "3rd of 5 in order (score 11: 6 business days of waiting, +2 for 1 spec waiting on it, "
           "+6 for 2 releases that were not its author's fault, -3 for 1 item of its team on the "
           "last four agendas)"},
          {"A-4", "4th of 5 in order: all 3 places were taken; it stands by; reserved for the next "
                  "meeting"},
          {"A-5", "5th of 5 in order: all 3 places were taken"},
          {"A-7", "not eligible: presenter is away"},
          {"A-8",
           "not eligible: 12,000 words are more than a packet holds, so it needs its own session"},
      }));
}

TEST(StandingTest, PlacesOfItsOwnKindAreNamed) {
  QueueItem first = Item("A-1", 30);
  QueueItem second = Item("A-2", 20);
  first.cluster = second.cluster = "same system: uploads";
  first.urgent = true;
  second.passed_over = 2;
  QueueItem quick = Item("A-3", 10);
  quick.consent_ready = true;
  quick.carried_over = true;
  QueueItem joint = Item("A-4", 9);
  joint.joint_areas = {"platform", "security"};
  PlanInput input = InputOf({first, second, quick, joint});
  input.meeting.quick_items = 1;
  input.reservation = "A-4";
  EXPECT_EQ(StandingsOf(PlanMeeting(input, Berlin())),
            (Standings{
                {"A-1", "1st of 4 in order (urgent: granted by the sponsor); shares a place (same "
                        "system: uploads)"},
                {"A-2", "4th of 4 in order (aged: passed over at 2 meetings); shares a place (same "
                        "system: uploads)"},
                {"A-3", "3rd of 4 in order (carried over from the last meeting); on the consent "
                        "list"},
                {"A-4", "2nd of 4 in order (reserved: the first that did not fit last time); joint "
                        "with platform and security"},
            }));
}

TEST(StandingTest, ADedicatedSessionSaysWhoseItIs) {
  PlanInput input = InputOf({Item("A-1"), Item("A-2"), Item("A-3")});
  input.meeting.dedicated_to = {"A-1", "A-3"};
  const Standings standings = StandingsOf(PlanMeeting(input, Berlin()));
  EXPECT_EQ(standings.at("A-2"), "the session is for A-1 and A-3 only");
  EXPECT_EQ(standings.at("A-1"), "1st of 2 in order (score 5: 5 business days of waiting)");
}

}  // namespace
}  // namespace gavel
