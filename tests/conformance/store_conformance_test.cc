// One suite for every back end (backends.h). This file: the contract of Commit and of views. The
// others: the log, entities, documents, timers and stored answers.
#include "tests/conformance/store_conformance.h"

#include <atomic>
#include <functional>
#include <thread>

#include "engine/base/error.h"
#include "engine/base/sha256.h"

namespace gavel::store {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

INSTANTIATE_TEST_SUITE_P(Store, StoreConformance, ::testing::ValuesIn(Backends()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(StoreConformance, ANewStoreIsEmptyAndHasAName) {
  const auto view = Read();
  EXPECT_EQ(view->head().seq, 0);
  EXPECT_EQ(view->head().last_commit_us, 0);
  EXPECT_THAT(view->head().log_id, SizeIs(36));
  EXPECT_THAT(AllEvents(*view), IsEmpty());
}

TEST_P(StoreConformance, CommitReturnsTheHeadThatViewsThenHave) {
  const Head head = Must(Commit(store(), {Create({.subject = "specs/A-1", .kind = "spec"}),
                                          Create({.subject = "specs/A-2", .kind = "spec"})}));
  EXPECT_EQ(head.seq, 2);
  const auto view = Read();
  EXPECT_EQ(view->head().seq, head.seq);
  EXPECT_EQ(view->head().last_commit_us, head.last_commit_us);
  EXPECT_EQ(view->head().log_id, head.log_id);
}

TEST_P(StoreConformance, AFailedBuildIsReturnedUntouchedAndChangesNothing) {
  const absl::Status refusal = MakeError(absl::StatusCode::kAborted, "ETAG_MISMATCH", "Reread.");
  const auto result = store().Commit([&](const View&) -> absl::StatusOr<Group> { return refusal; });
  EXPECT_EQ(result.status(), refusal);
  EXPECT_EQ(Read()->head().seq, 0);
  EXPECT_EQ(Must(Commit(store(), Create({.subject = "specs/A-1", .kind = "spec"}))).seq, 1);
}

TEST_P(StoreConformance, AnEmptyGroupCommitsNothing) {
  Must(Commit(store(), Create({.subject = "specs/A-1", .kind = "spec"})));
  const Head before = Read()->head();
  const Head after = Must(Commit(store(), std::vector<CommandRows>()));
  EXPECT_EQ(after.seq, before.seq);
  EXPECT_EQ(after.last_commit_us, before.last_commit_us);
}

// A back end may run `build` again after a lost race: its result counts, not how often it ran.
TEST_P(StoreConformance, BuildSeesTheStateItsGroupContinues) {
  for (int64_t round = 1; round <= 20; ++round) {
    Must(store().Commit([&](const View& view) -> absl::StatusOr<Group> {
      const auto stored = Must(view.Entity("specs/A-1"));
      EXPECT_EQ(stored.has_value() ? stored->version : 0, round - 1);
      EXPECT_EQ(view.head().seq, round - 1);
      if (!stored.has_value()) {
        return NumberAsCommitter(view.head(), {Create({.subject = "specs/A-1", .kind = "spec"})});
      }
      return NumberAsCommitter(view.head(), {Change(*stored, "DRAFT")});
    }));
  }
  EXPECT_EQ(Must(Read()->Entity("specs/A-1"))->version, 20);
  EXPECT_THAT(AllEvents(*Read()), SizeIs(20));
}

TEST_P(StoreConformance, ABuildThatFailedOnceCommitsOnceWhenAskedAgain) {
  bool first = true;
  const auto build = [&](const View& view) -> absl::StatusOr<Group> {
    if (std::exchange(first, false)) return absl::CancelledError("not yet");
    return NumberAsCommitter(view.head(), {Create({.subject = "specs/A-1", .kind = "spec"})});
  };
  EXPECT_EQ(store().Commit(build).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Must(store().Commit(build)).seq, 1);
  EXPECT_THAT(AllEvents(*Read()), SizeIs(1));
}

TEST_P(StoreConformance, ACommandWithoutEventsIsStoredAndLeavesTheHead) {
  const Head before = Must(Commit(store(), Create({.subject = "specs/A-1", .kind = "spec"})));
  CommandRows command;
  command.idempotency = IdempotencyRow{.principal = "ana",
                                       .method = "Submit",
                                       .request_id = "1",
                                       .response = "same",
                                       .expires_us = 1'000'000};
  const Head after = Must(Commit(store(), command));
  EXPECT_EQ(after.seq, before.seq);
  EXPECT_EQ(after.last_commit_us, before.last_commit_us);
  EXPECT_EQ(Must(Read()->Idempotency("ana", "Submit", "1"))->response, "same");
}

struct Misuse {
  const char* name;
  // Spoils the second command of a correct group of two.
  std::function<void(const CommandRows& first, CommandRows& second)> spoil;
};

const Misuse kMisuses[] = {
    {"a first_seq that is taken", [](auto&, auto& second) { second.first_seq -= 1; }},
    {"a first_seq that leaves a gap", [](auto&, auto& second) { second.first_seq += 1; }},
    {"a time that stands still", [](auto& first, auto& second) { second.time_us = first.time_us; }},
    {"a subject version twice",
     [](auto& first, auto& second) { second.events[0] = first.events[0]; }},
    {"a subject version of 0", [](auto&, auto& second) { second.events[0].subject_version = 0; }},
    {"257 events",
     [](auto&, auto& second) {
       for (int i = 2; i <= 257; ++i) second.events.push_back(MakeEvent("specs/A-2", i));
     }},
    {"an entity without create_seq",
     [](auto&, auto& second) { second.entities[0].create_seq = 0; }},
    {"two entities of a kind with one create_seq",
     [](auto& first, auto& second) {
       second.entities[0].create_seq = first.entities[0].create_seq;
     }},
    {"an entity of another kind than before",
     [](auto& first, auto& second) {
       second.entities[0] = first.entities[0];
       second.entities[0].kind = "meeting";
     }},
    {"an entity that was created again",
     [](auto& first, auto& second) { second.entities[0].subject = first.entities[0].subject; }},
    {"a body that is not of its hash",
     [](auto&, auto& second) {
       second.bodies = {{Sha256Hex("one"), "two"}};
     }},
    {"two answers to one request",
     [](auto& first, auto& second) { second.idempotency = first.idempotency; }},
};

TEST_P(StoreConformance, OneBrokenCommandRefusesItsWholeGroup) {
  for (const Misuse& misuse : kMisuses) {
    SCOPED_TRACE(misuse.name);
    const auto result = store().Commit([&](const View& view) -> absl::StatusOr<Group> {
      CommandRows first = Create({.subject = "specs/A-1", .kind = "spec"});
      first.idempotency = IdempotencyRow{.principal = "ana", .expires_us = 1'000'000};
      Group group =
          NumberAsCommitter(view.head(), {first, Create({.subject = "specs/A-2", .kind = "spec"})});
      misuse.spoil(group.commands[0], group.commands[1]);
      return group;
    });
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInternal);
    EXPECT_EQ(ErrorReasonOf(result.status()), "INTERNAL");
    const auto view = Read();
    EXPECT_EQ(view->head().seq, 0);
    EXPECT_EQ(Must(view->Entity("specs/A-1")), std::nullopt);
    EXPECT_THAT(AllEvents(*view), IsEmpty());
    EXPECT_EQ(Must(view->CountEntities("spec", "")), 0);
  }
}

TEST_P(StoreConformance, ALimitOutOfRangeIsOurBug) {
  const auto view = Read();
  for (const int limit : {0, -1, 10'001}) {
    EXPECT_EQ(view->EventsAfter(0, limit).status().code(), absl::StatusCode::kInternal);
    EXPECT_EQ(view->EventsOf("a", "", 0, limit).status().code(), absl::StatusCode::kInternal);
    EXPECT_EQ(view->EntitiesBetween("a", "", 0, 1, limit).status().code(),
              absl::StatusCode::kInternal);
    EXPECT_EQ(view->Search({"a"}, limit).status().code(), absl::StatusCode::kInternal);
    EXPECT_EQ(view->DueTimers(0, limit).status().code(), absl::StatusCode::kInternal);
    EXPECT_EQ(view->Entities({.kind = "a", .limit = limit}).status().code(),
              absl::StatusCode::kInternal);
  }
  EXPECT_EQ(view->Entities({.kind = "a", .limit = 1'001}).status().code(),
            absl::StatusCode::kInternal);
}

TEST_P(StoreConformance, AViewStaysWhereItWasOpened) {
  CommandRows create = Create({.subject = "specs/A-1", .kind = "spec", .state = "DRAFT"});
  create.searches = {{"specs/A-1", "cache", ""}};
  create.timers_set = {{"specs/A-1", "remind", 10, 1}};
  Must(Commit(store(), create));
  const auto before = Read();
  const EntityRow entity = *Must(before->Entity("specs/A-1"));

  CommandRows change = Change(entity, "QUEUED");
  change.searches = {{"specs/A-1", "queue", ""}};
  change.timers_cancelled = {{"specs/A-1", "remind"}};
  change.paths = {{"repo", "a.md", "specs/A-1"}};
  change.bodies = {{Sha256Hex("x"), "x"}};
  Must(Commit(store(), change));
  Must(Commit(store(), Create({.subject = "specs/A-2", .kind = "spec"})));

  EXPECT_EQ(before->head().seq, 1);
  EXPECT_EQ(Must(before->Entity("specs/A-1"))->state, "DRAFT");
  EXPECT_EQ(Must(before->CountEntities("spec", "")), 1);
  EXPECT_THAT(AllEvents(*before), SizeIs(1));
  EXPECT_THAT(Must(before->Search({"cache"}, 10)), SizeIs(1));
  EXPECT_THAT(Must(before->Search({"queue"}, 10)), IsEmpty());
  EXPECT_EQ(Must(before->CountTimers()), 1);
  EXPECT_EQ(Must(before->SubjectAt("repo", "a.md")), std::nullopt);
  EXPECT_EQ(Must(before->Body(Sha256Hex("x"))), std::nullopt);
  EXPECT_EQ(Must(Read()->Entity("specs/A-1"))->state, "QUEUED");
}

// What every view must show, at whatever moment it was opened: the fold of its own log.
void ExpectConsistent(const View& view) {
  const std::vector<EventRow> events = AllEvents(view);
  ASSERT_EQ(static_cast<int64_t>(events.size()), view.head().seq);
  if (events.empty()) return;
  EXPECT_EQ(events.back().time_us, view.head().last_commit_us);
  EXPECT_EQ(events.back().command_seq + 1, events.back().seq) << "half a command is visible";
  for (const char* subject : {"specs/A-1", "specs/A-2"}) {
    const auto of_subject = Must(view.EventsOf(subject, "", 0, 10'000));
    EXPECT_EQ(Must(view.Entity(subject))->version, static_cast<int64_t>(of_subject.size()));
  }
}

TEST_P(StoreConformance, ReadersSeeWholeCommandsWhileCommitsGoOn) {
  std::atomic<bool> done = false;
  const auto read = [&] {
    while (!done) ExpectConsistent(*Read());
  };
  std::thread one(read);
  std::thread two(read);
  for (int64_t version = 1; version <= 100; ++version) {
    CommandRows command;
    for (const char* subject : {"specs/A-1", "specs/A-2"}) {
      const auto stored = Must(Read()->Entity(subject));
      command.events.push_back(MakeEvent(subject, version));
      command.entities.push_back({.subject = subject,
                                  .kind = "spec",
                                  .version = version,
                                  .create_seq = stored.has_value() ? stored->create_seq : 0});
    }
    Must(Commit(store(), command));
  }
  done = true;
  one.join();
  two.join();
  ExpectConsistent(*Read());
}

}  // namespace
}  // namespace gavel::store
