// Conformance: the log.
#include <limits>

#include "tests/conformance/store_conformance.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CommandRows Events(std::vector<EventRow> events) {
  CommandRows command;
  command.events = std::move(events);
  return command;
}

std::vector<int64_t> Seqs(const std::vector<EventRow>& events) {
  std::vector<int64_t> seqs;
  for (const EventRow& event : events) seqs.push_back(event.seq);
  return seqs;
}

TEST_P(StoreConformance, NumbersAreGapFreeAcrossCommandsAndCommits) {
  Must(Commit(store(), {Events({MakeEvent("specs/A-1", 1), MakeEvent("specs/A-2", 1)}),
                        Events({MakeEvent("specs/A-1", 2)})}));
  Must(Commit(store(), Events({MakeEvent("policy", 1)})));
  EXPECT_THAT(Seqs(AllEvents(*Read())), ElementsAre(1, 2, 3, 4));
}

TEST_P(StoreConformance, EventsOfACommandShareItsNumberAndTime) {
  CommandRows late = Events({MakeEvent("specs/A-1", 1), MakeEvent("specs/A-2", 1)});
  late.time_us = 5'000;
  Must(Commit(store(), {late, Events({MakeEvent("specs/A-1", 2), MakeEvent("specs/A-2", 2)})}));
  const std::vector<EventRow> events = AllEvents(*Read());
  ASSERT_THAT(events, SizeIs(4));
  EXPECT_EQ(events[0].command_seq, 1);
  EXPECT_EQ(events[1].command_seq, 1);
  EXPECT_EQ(events[2].command_seq, 3);
  EXPECT_EQ(events[3].command_seq, 3);
  EXPECT_EQ(events[0].time_us, 5'000);
  EXPECT_EQ(events[1].time_us, 5'000);
  EXPECT_EQ(events[2].time_us, 5'001);
  EXPECT_EQ(Read()->head().last_commit_us, 5'001);
}

TEST_P(StoreConformance, AnEventComesBackByteForByte) {
  EventRow event = MakeEvent("specs/ÄÖ-1", 1, "SpecSubmitted", BinaryBytes());
  event.actor = "système";
  Must(Commit(store(), Events({event, MakeEvent("", 1, "", "")})));
  const std::vector<EventRow> events = AllEvents(*Read());
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].subject, event.subject);
  EXPECT_EQ(events[0].subject_version, 1);
  EXPECT_EQ(events[0].type, event.type);
  EXPECT_EQ(events[0].actor, event.actor);
  EXPECT_EQ(events[0].payload, event.payload);
  EXPECT_EQ(events[1].subject, "");
  EXPECT_EQ(events[1].payload, "");
}

TEST_P(StoreConformance, TimesKeepTheirMicrosecondsUpToTheLimit) {
  CommandRows first = Events({MakeEvent("policy", 1)});
  first.time_us = 1'798'000'000'123'457;
  CommandRows last = Events({MakeEvent("policy", std::numeric_limits<int64_t>::max())});
  last.time_us = std::numeric_limits<int64_t>::max();
  Must(Commit(store(), {first, last}));
  const std::vector<EventRow> events = AllEvents(*Read());
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].time_us, 1'798'000'000'123'457);
  EXPECT_EQ(events[1].time_us, std::numeric_limits<int64_t>::max());
  EXPECT_EQ(events[1].subject_version, std::numeric_limits<int64_t>::max());
}

TEST_P(StoreConformance, TheLogIsReadInPages) {
  for (int64_t i = 1; i <= 10; ++i) Must(Commit(store(), Events({MakeEvent("policy", i)})));
  const auto view = Read();
  EXPECT_THAT(Seqs(Must(view->EventsAfter(0, 3))), ElementsAre(1, 2, 3));
  EXPECT_THAT(Seqs(Must(view->EventsAfter(8, 3))), ElementsAre(9, 10));
  EXPECT_THAT(Must(view->EventsAfter(10, 3)), IsEmpty());
  EXPECT_THAT(Must(view->EventsAfter(std::numeric_limits<int64_t>::max(), 3)), IsEmpty());
}

TEST_P(StoreConformance, EventsOfOneSubjectAreChosenByTypeAndPlace) {
  Must(Commit(store(),
              Events({MakeEvent("specs/A-1", 1, "Created"), MakeEvent("specs/a-1", 1, "Created"),
                      MakeEvent("specs/A-1", 2, "Changed"), MakeEvent("specs/A-1", 3, "Created"),
                      MakeEvent("specs/A-10", 1, "Created")})));
  const auto view = Read();
  EXPECT_THAT(Seqs(Must(view->EventsOf("specs/A-1", "", 0, 10))), ElementsAre(1, 3, 4));
  EXPECT_THAT(Seqs(Must(view->EventsOf("specs/A-1", "Created", 0, 10))), ElementsAre(1, 4));
  EXPECT_THAT(Seqs(Must(view->EventsOf("specs/A-1", "", 1, 1))), ElementsAre(3));
  EXPECT_THAT(Must(view->EventsOf("specs/A-1", "created", 0, 10)), IsEmpty());
  EXPECT_THAT(Must(view->EventsOf("specs/", "", 0, 10)), IsEmpty());
}

TEST_P(StoreConformance, ALargeGroupIsOneCommit) {
  constexpr int kCommands = 256;
  std::vector<CommandRows> commands;
  for (int i = 1; i <= kCommands; ++i) {
    const std::string subject = "specs/A-" + std::to_string(i);
    commands.push_back(
        Create({.subject = subject, .kind = "spec", .body = std::string(2048, 'x')}));
    for (int version = 2; version <= 4; ++version) {
      commands.back().events.push_back(MakeEvent(subject, version));
    }
  }
  EXPECT_EQ(Must(Commit(store(), commands)).seq, 4 * kCommands);
  EXPECT_THAT(AllEvents(*Read()), SizeIs(4 * kCommands));
  EXPECT_EQ(Must(Read()->CountEntities("spec", "")), kCommands);
}

TEST_P(StoreConformance, ACommandMayHave256Events) {
  CommandRows command;
  for (int64_t i = 1; i <= 256; ++i) command.events.push_back(MakeEvent("policy", i));
  EXPECT_EQ(Must(Commit(store(), command)).seq, 256);
}

}  // namespace
}  // namespace gavel::store
