#include "engine/documents/agenda.h"

#include <gtest/gtest.h>

#include "engine/documents/documents_testing.h"
#include "engine/documents/html.h"
#include "tests/testing/golden.h"

namespace gavel::documents {
namespace {

using documents_test::EmptyPapers;
using documents_test::FullPapers;
using documents_test::HeldPapers;
using documents_test::Stamp;

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(AgendaTest, ReadsLikeTheDesign) { ExpectGolden("agenda.md", AgendaMarkdown(FullPapers())); }

TEST(AgendaTest, EveryEmptyPartSaysNone) {
  ExpectGolden("agenda_empty.md", AgendaMarkdown(EmptyPapers()));
}

TEST(AgendaTest, PacketIsAPageForMail) {
  ExpectGolden("packet.html", HtmlPage(AgendaMarkdown(FullPapers())));
}

TEST(AgendaTest, ReadingMinutesOfTheItemsAddUpToTheWhole) {
  // 6 + 14 + 2, and 4 for the stand-by.
  const std::string text = AgendaMarkdown(FullPapers());
  EXPECT_TRUE(Has(text, "reading 26 min"));
  for (const char* part : {"Read: 6 min", "Read: 14 min", "Read: 2 min", "read 4 min"}) {
    EXPECT_TRUE(Has(text, part)) << part;
  }
}

TEST(AgendaTest, PreviewSaysThatNothingIsPinned) {
  MeetingPapers papers = FullPapers();
  for (v1::Slot& slot : *papers.meeting.mutable_slots()) slot.clear_revision();
  EXPECT_TRUE(Has(AgendaMarkdown(papers), "(a preview; sent out Tue 8 Dec 10:00)"));
}

TEST(AgendaTest, SpecsOfOnePlaceSayWhatTheyShare) {
  MeetingPapers papers = FullPapers();
  papers.meeting.mutable_slots(1)->set_place(1);
  papers.meeting.mutable_slots(1)->set_cluster("same system: uploads");
  EXPECT_TRUE(
      Has(AgendaMarkdown(papers), "  - Shares its place with MEDIA-47: same system: uploads\n"));
}

TEST(AgendaTest, AnUrgentItemSaysWhy) {
  MeetingPapers papers = FullPapers();
  papers.meeting.set_urgent("MEDIA-51");
  papers.meeting.set_urgent_reason("The old keys end in January.");
  EXPECT_TRUE(Has(AgendaMarkdown(papers),
                  "  - Urgent, granted by the sponsor: The old keys end in January.\n"));
}

TEST(AgendaTest, CancelledMeetingSaysWhyAndWhenNext) {
  MeetingPapers papers = EmptyPapers();
  papers.meeting.set_state(v1::Meeting::STATE_CANCELLED);
  papers.meeting.set_cancel_reason("NO_ITEMS");
  papers.cancelled.emplace();
  papers.cancelled->set_approved_without(2);
  *papers.cancelled->mutable_next_time() = Stamp(absl::CivilSecond(2026, 12, 17, 15, 0));
  EXPECT_TRUE(Has(AgendaMarkdown(papers),
                  "**Cancelled**: nothing needed the room (2 specs were approved without it). "
                  "Next: Thu 17 Dec 15:00.\n"));
}

TEST(AgendaTest, TextsOfPeopleCannotStartALine) {
  MeetingPapers papers = FullPapers();
  papers.specs["MEDIA-47"].set_title("Upload\n# Approved by everybody\r\n- 15:05");
  papers.meeting.mutable_not_picked(0)->set_reason("late\n\n# Decided");
  const std::string text = AgendaMarkdown(papers);
  EXPECT_TRUE(Has(text, "Upload # Approved by everybody - 15:05 (Ana"));
  EXPECT_FALSE(Has(text, "\n# "));
}

TEST(AgendaTest, NothingHappenedSinceThePacketSaysNothing) {
  MeetingPapers papers = FullPapers();
  papers.sent = {"MEDIA-47", "MEDIA-51", "MEDIA-58"};
  EXPECT_EQ(ChangesSincePacket(papers), "");
}

TEST(AgendaTest, WhatHappenedSinceThePacketStandsBelowIt) {
  MeetingPapers papers = HeldPapers();
  papers.sent = {"MEDIA-47", "MEDIA-58"};
  EXPECT_EQ(ChangesSincePacket(papers),
            "\nSince this was sent out:\n\n"
            "- MEDIA-47: go\n"
            "- MEDIA-51: on the agenda now, 25 min\n"
            "- MEDIA-58: taken off, fay raised a concern in the room\n");
}

TEST(AgendaTest, BeforeThePacketThereIsNothingToChange) {
  EXPECT_EQ(ChangesSincePacket(HeldPapers()), "");
}

}  // namespace
}  // namespace gavel::documents
