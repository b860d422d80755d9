#include "engine/domain/packet.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "engine/domain/testing/acme.h"

namespace gavel {
namespace {

using gavel::testing::Acme;

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// By ana; 201 words, then 401; chen and fay were asked.
v1::Spec Retries() {
  return FromText<v1::Spec>(R"pb(
    key: 'MEDIA-1'
    area: 'media'
    authors: 'ana'
    presenter: 'ana'
    revisions { number: 1 words: 201 }
    revisions { number: 2 words: 401 }
    assignments { person: 'chen' }
    assignments { person: 'fay' }
  )pb");
}

v1::Spec Keys() {
  return FromText<v1::Spec>(R"pb(
    key: 'MEDIA-2'
    area: 'media'
    authors: 'bo'
    presenter: 'ana'
    revisions { number: 1 words: 1000 }
    assignments { person: 'fay' }
  )pb");
}

v1::Meeting OnAgenda() {
  return FromText<v1::Meeting>(R"pb(
    id: '2026-12-10-media'
    area: 'media'
    facilitator: 'kim'
    notetaker: 'lee'
    slots { spec: 'MEDIA-1' order: 2 revision: 1 state: STATE_PLANNED words: 201 }
    slots { spec: 'MEDIA-3' order: 3 state: STATE_RELEASED words: 9000 }
    slots { spec: 'MEDIA-2' order: 1 state: STATE_PLANNED words: 1000 }
  )pb");
}

SpecsByKey Specs() { return {{"MEDIA-1", Retries()}, {"MEDIA-2", Keys()}}; }

PacketReading ReadingOf(const std::vector<PacketReading>& readings, const std::string& person) {
  for (const PacketReading& reading : readings) {
    if (reading.person == person) return reading;
  }
  return {};
}

using KeyList = std::vector<std::string>;

TEST(PacketTest, SlotsStandInTheOrderOfTheAgenda) {
  const v1::Meeting meeting = OnAgenda();
  const std::vector<const v1::Slot*> slots = SlotsInOrder(meeting);
  ASSERT_EQ(slots.size(), 2U);
  EXPECT_EQ(slots[0]->spec(), "MEDIA-2");
  EXPECT_EQ(slots[1]->spec(), "MEDIA-1");
}

TEST(PacketTest, RevisionIsThePinnedOneOrTheNewest) {
  EXPECT_EQ(RevisionOf(Retries(), 1).words(), 201);
  EXPECT_EQ(RevisionOf(Retries(), 0).words(), 401);
}

TEST(PacketTest, EachSpecIsRoundedUpBeforeTheSum) {
  v1::Meeting meeting = OnAgenda();
  EXPECT_EQ(PacketMinutes(meeting, Specs()), 2 + 5);
  // The bot may not know a spec; the slot has its words.
  EXPECT_EQ(PacketMinutes(meeting, {}), 2 + 5);
}

TEST(PacketTest, StandByIsPartOfThePacket) {
  v1::Meeting meeting = OnAgenda();
  meeting.mutable_slots()->RemoveLast();
  meeting.set_stand_by("MEDIA-2");
  meeting.set_stand_by_revision(1);
  EXPECT_EQ(PacketMinutes(meeting, Specs()), 2 + 5);
  EXPECT_EQ(ReadingOf(PacketReadings(meeting, Specs(), Acme()), "fay").minutes, 2 + 5);
}

TEST(PacketTest, WhoRunsOrAnswersForTheMeetingReadsEverything) {
  const auto readings = PacketReadings(OnAgenda(), Specs(), Acme());
  for (const char* person : {"kim", "lee", "chen"}) {
    EXPECT_EQ(ReadingOf(readings, person).unread, (KeyList{"MEDIA-2", "MEDIA-1"})) << person;
    EXPECT_EQ(ReadingOf(readings, person).minutes, 7) << person;
  }
}

TEST(PacketTest, AuthorsAndPresentersKnowTheirOwn) {
  const auto readings = PacketReadings(OnAgenda(), Specs(), Acme());
  EXPECT_EQ(ReadingOf(readings, "ana").specs, (KeyList{"MEDIA-2", "MEDIA-1"}));
  EXPECT_EQ(ReadingOf(readings, "ana").minutes, 0);
  EXPECT_EQ(ReadingOf(readings, "bo").specs, (KeyList{"MEDIA-2"}));
  EXPECT_EQ(ReadingOf(readings, "bo").minutes, 0);
}

TEST(PacketTest, ReviewerReadsWhatWasAskedOfThem) {
  EXPECT_EQ(ReadingOf(PacketReadings(OnAgenda(), Specs(), Acme()), "fay").minutes, 7);
}

TEST(PacketTest, PositionSaysThatItsReviewerHasRead) {
  SpecsByKey specs = Specs();
  *specs["MEDIA-2"].add_positions() = FromText<v1::Position>("person: 'fay' revision: 1");
  const auto readings = PacketReadings(OnAgenda(), specs, Acme());
  EXPECT_EQ(ReadingOf(readings, "fay").specs, (KeyList{"MEDIA-2", "MEDIA-1"}));
  EXPECT_EQ(ReadingOf(readings, "fay").unread, (KeyList{"MEDIA-1"}));
  EXPECT_EQ(ReadingOf(readings, "fay").minutes, 2);
}

TEST(PacketTest, StalePositionHasToBeReadAgain) {
  SpecsByKey specs = Specs();
  *specs["MEDIA-1"].add_positions() =
      FromText<v1::Position>("person: 'gus' revision: 1 stale: true");
  EXPECT_EQ(ReadingOf(PacketReadings(OnAgenda(), specs, Acme()), "gus").minutes, 2);
}

TEST(PacketTest, SponsorOfAJointAreaReadsItsSpec) {
  v1::Meeting meeting = OnAgenda();
  meeting.mutable_slots(0)->add_joint_areas("platform");
  const std::string sponsor = Acme().FindArea("platform")->sponsor();
  EXPECT_EQ(ReadingOf(PacketReadings(meeting, Specs(), Acme()), sponsor).unread,
            (KeyList{"MEDIA-1"}));
}

TEST(PacketTest, WhoHasLeftReadsNothing) {
  v1::Org org = gavel::testing::AcmeOrg();
  gavel::testing::PersonIn(org, "fay").mutable_left()->set_year(2020);
  gavel::testing::PersonIn(org, "fay").mutable_left()->set_month(1);
  gavel::testing::PersonIn(org, "fay").mutable_left()->set_day(1);
  const auto organisation = gavel::testing::MakeOrganisation(org);
  v1::Meeting meeting = OnAgenda();
  meeting.mutable_start_time()->set_seconds(1'800'000'000);  // In 2027.
  EXPECT_EQ(ReadingOf(PacketReadings(meeting, Specs(), *organisation), "fay").person, "");
}

TEST(PacketTest, ReaderOfTheWireHasAllTheirSpecs) {
  const v1::PacketReader reader = ToProto(
      {.person = "fay", .specs = {"MEDIA-2", "MEDIA-1"}, .unread = {"MEDIA-1"}, .minutes = 2});
  EXPECT_EQ(reader.person(), "fay");
  EXPECT_EQ(reader.specs_size(), 2);
  EXPECT_EQ(reader.minutes(), 2);
}

}  // namespace
}  // namespace gavel
