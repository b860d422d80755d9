#include "engine/documents/minutes.h"

#include <cctype>

#include <gtest/gtest.h>

#include "engine/documents/documents_testing.h"
#include "engine/documents/html.h"
#include "tests/testing/golden.h"

namespace gavel::documents {
namespace {

using documents_test::Berlin;
using documents_test::EmptyPapers;
using documents_test::HeldPapers;
using documents_test::Stamp;

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(MinutesTest, SayWhatTheRoomDecidedAndWhy) {
  ExpectGolden("minutes.md", MinutesMarkdown(HeldPapers()));
  ExpectGolden("minutes.html", HtmlPage(MinutesMarkdown(HeldPapers())));
}

TEST(MinutesTest, EveryEmptyPartSaysNone) {
  MeetingPapers papers = EmptyPapers();
  papers.meeting.set_state(v1::Meeting::STATE_CLOSED);
  ExpectGolden("minutes_empty.md", MinutesMarkdown(papers));
}

TEST(MinutesTest, MeetingThatWasNotHeldHasMinutesToo) {
  MeetingPapers papers = EmptyPapers();
  papers.meeting.set_state(v1::Meeting::STATE_CANCELLED);
  papers.meeting.set_cancel_reason("NO_ITEMS");
  const std::string text = MinutesMarkdown(papers);
  EXPECT_TRUE(Has(text, "**Not held**: nothing needed the room. Next: not planned yet.")) << text;
  EXPECT_FALSE(Has(text, "Draft"));
}

TEST(MinutesTest, PublishedMinutesAreNoDraft) {
  MeetingPapers papers = HeldPapers();
  EXPECT_TRUE(Has(MinutesMarkdown(papers), "**Draft**: published at the latest Fri 11 Dec 15:00"));
  *papers.meeting.mutable_minutes_time() = Stamp(absl::CivilSecond(2026, 12, 11, 9, 0));
  EXPECT_FALSE(Has(MinutesMarkdown(papers), "Draft"));
}

TEST(MinutesTest, AnItemOpenAtAnEarlyCloseHasNotRunOutOfTime) {
  MeetingPapers papers = HeldPapers();
  v1::Slot& slot = *papers.meeting.mutable_slots(1);
  ASSERT_EQ(slot.state(), v1::Slot::STATE_OVERRAN);
  EXPECT_TRUE(Has(MinutesMarkdown(papers), "none, time ran out;"));
  slot.set_timebox_minutes(40);
  EXPECT_TRUE(Has(MinutesMarkdown(papers), "none, the meeting was closed before its time was up;"));
}

TEST(MinutesTest, ContestedDecisionSaysSo) {
  MeetingPapers papers = HeldPapers();
  v1::Decision& decision = *papers.specs["MEDIA-47"].mutable_decisions(0);
  decision.set_force(v1::Decision::FORCE_STAYED);
  decision.set_stay_reason("gus was away and contests it");
  EXPECT_TRUE(Has(MinutesMarkdown(papers), "- Standing: stayed: gus was away and contests it\n"));
}

TEST(MinutesTest, NoTokenOfTheWireReachesPeople) {
  for (const int kind : {1, 2, 3, 4, 5, 6}) {
    MeetingPapers papers = HeldPapers();
    papers.meeting.mutable_slots(0)->mutable_outcome()->set_kind(
        static_cast<v1::Outcome::Kind>(kind));
    papers.meeting.mutable_slots(0)->mutable_outcome()->clear_decision();
    const std::string text = MinutesMarkdown(papers);
    EXPECT_FALSE(Has(text, "_")) << text;
    EXPECT_FALSE(Has(text, "KIND")) << text;
  }
}

TEST(MinutesTest, NothingHappenedSinceThenSaysNothing) {
  EXPECT_EQ(ChangesSinceMinutes(HeldPapers(), Berlin(absl::CivilSecond(2026, 12, 11, 9, 0))), "");
}

TEST(MinutesTest, WhatBecameOfDecisionsAndPromisesStandsBelow) {
  MeetingPapers papers = HeldPapers();
  v1::Decision& decision = *papers.specs["MEDIA-47"].mutable_decisions(0);
  decision.set_final(true);
  *decision.mutable_conditions(0)->mutable_met_time() =
      Stamp(absl::CivilSecond(2026, 12, 20, 9, 0));
  *papers.meeting.mutable_action_items(0)->mutable_done_time() =
      Stamp(absl::CivilSecond(2026, 12, 14, 9, 0));
  EXPECT_EQ(ChangesSinceMinutes(papers, Berlin(absl::CivilSecond(2026, 12, 11, 9, 0))),
            "\nSince these minutes were published:\n\n"
            "- MEDIA-47: the decision is final\n"
            "- MEDIA-47: condition k1 is met\n"
            "- a1 Lee Novak: post the graph (done Mon 14 Dec)\n");
}

}  // namespace
}  // namespace gavel::documents
