#include "engine/domain/planning/agenda.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"
#include "tests/testing/golden.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilMinute;
using planning_test::At;
using planning_test::Berlin;

AgendaDocument EmptyAgenda() {
  AgendaDocument agenda;
  agenda.areas = "media";
  agenda.start = At(Berlin(), CivilMinute(2026, 12, 10, 15, 0));
  agenda.end = agenda.start + absl::Minutes(50);
  agenda.zone = Berlin().zone();
  return agenda;
}

AgendaItem UploadRetries() {
  AgendaItem item;
  item.key = "MEDIA-47";
  item.revision = 2;
  item.title = "Upload retries";
  item.presenter = "Ana";
  item.minutes = 15;
  item.reading_minutes = 6;
  item.decisions = {{"at-least-once or dedupe in the client?", "at-least-once"}};
  item.questions = 1;
  item.approvals = {{"media", 2, 2}};
  item.packet = "https://gavel.example/MEDIA-47/r2";
  return item;
}

AgendaItem SigningKeys() {
  AgendaItem item;
  item.key = "MEDIA-51";
  item.revision = 3;
  item.title = "Tenant-scoped signing keys";
  item.presenter = "Bo";
  item.minutes = 20;
  item.reading_minutes = 14;
  item.decisions = {{"who rotates", ""}};
  item.blocks = {{"key rotation", "Dee", "rotation is automated"}};
  item.approvals = {{"media", 1, 2}, {"security", 0, 1}};
  item.packet = "https://gavel.example/MEDIA-51/r3";
  return item;
}

AgendaItem AvatarCache() {
  AgendaItem item;
  item.key = "MEDIA-58";
  item.revision = 1;
  item.title = "Longer cache lifetime for avatars";
  item.presenter = "Fay";
  item.minutes = 1;
  item.reading_minutes = 2;
  item.quick = true;
  return item;
}

// The example of the design, with a consent list.
AgendaDocument FullAgenda() {
  AgendaDocument agenda = EmptyAgenda();
  agenda.areas = "media + platform";
  agenda.facilitator = "Kim";
  agenda.notetaker = "Lee";
  agenda.action_items = 3;
  agenda.open_action_items = {{"Bo", "rotation runbook", CivilDay(2026, 12, 8)},
                              {"Ana", "ask legal", CivilDay(2026, 12, 10)}};
  agenda.items = {UploadRetries(), SigningKeys(), AvatarCache()};
  agenda.offers_consent_list = true;
  agenda.stand_by = AgendaStandBy{"PLAT-60", "Cache tiers"};
  agenda.not_today = {{"PLAT-57", "revision is 1 day old"}, {"MEDIA-60", "presenter is away"}};
  return agenda;
}

TEST(AgendaTest, ReadsLikeTheDesign) {
  ExpectGolden("agenda.md", RenderAgenda(FullAgenda()));
}

TEST(AgendaTest, EveryEmptyPartSaysNone) {
  AgendaDocument agenda = EmptyAgenda();
  agenda.offers_consent_list = true;
  ExpectGolden("agenda_empty.md", RenderAgenda(agenda));
}

TEST(AgendaTest, CancelledMeetingSaysWhyAndWhenNext) {
  AgendaDocument agenda = EmptyAgenda();
  agenda.cancelled = "nothing needs the room";
  agenda.next = "Thu 17 Dec 15:00";
  EXPECT_NE(RenderAgenda(agenda).find(
                "**Cancelled**: nothing needs the room. Next: Thu 17 Dec 15:00.\n"),
            std::string::npos);
}

TEST(AgendaTest, TextsOfPeopleCannotStartALine) {
  AgendaDocument agenda = FullAgenda();
  agenda.items[0].title = "Upload\n# Approved by everybody\r\n- 15:05";
  agenda.not_today[0].reason = "late\n\n# Decided";
  const std::string text = RenderAgenda(agenda);
  EXPECT_NE(text.find("Upload # Approved by everybody - 15:05 (Ana"), std::string::npos);
  EXPECT_EQ(text.find("\n# "), std::string::npos);
}

}  // namespace
}  // namespace gavel
