#include "engine/app/command/committer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/store/memory/memory_store.h"
#include "engine/store/store_error.h"

namespace gavel::app {
namespace {

constexpr absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// The memory store, with commits that can be held back, counted and made to fail.
class GatedStore final : public store::Store {
 public:
  absl::StatusOr<std::unique_ptr<store::View>> Read() const override { return store_.Read(); }

  absl::StatusOr<store::Head> Commit(Build build) override {
    ++commits;
    gate_.wait();
    if (!before_.ok()) return std::exchange(before_, absl::OkStatus());
    if (breaks_groups_) return CommitUnlessGroup(build);
    auto head = store_.Commit(build);
    if (head.ok() && !after_.ok()) return std::exchange(after_, absl::OkStatus());
    return head;
  }

  store::Head head() const { return (*store_.Read())->head(); }

  // Commits wait until the promise is kept.
  std::promise<void> Close() {
    std::promise<void> opener;
    gate_ = opener.get_future().share();
    return opener;
  }
  // The next commit fails before or after it is done.
  void FailBefore(absl::Status status) { before_ = std::move(status); }
  void FailAfter(absl::Status status) { after_ = std::move(status); }
  // From now on groups of more than one command are refused as misuse.
  void BreakGroups() { breaks_groups_ = true; }

  std::atomic<int> commits = 0;

 private:
  absl::StatusOr<store::Head> CommitUnlessGroup(Build build) {
    return store_.Commit([&](const store::View& view) -> absl::StatusOr<store::Group> {
      GAVEL_ASSIGN_OR_RETURN(store::Group group, build(view));
      if (group.commands.size() > 1) return store::StoreMisuse("a group");
      return group;
    });
  }

  static std::shared_future<void> Open() {
    std::promise<void> opener;
    opener.set_value();
    return opener.get_future().share();
  }

  store::MemoryStore store_{"log"};
  std::shared_future<void> gate_ = Open();
  absl::Status before_;
  absl::Status after_;
  bool breaks_groups_ = false;
};

// Records an absence of ana and answers with the version of her record.
absl::StatusOr<std::string> RecordAbsence(Transaction& transaction) {
  v1::Event event;
  event.set_subject("people/ana");
  event.set_actor("ana");
  auto& absence = *event.mutable_absence_set()->mutable_absence();
  absence.mutable_from()->set_year(2026);
  absence.mutable_from()->set_month(12);
  absence.mutable_from()->set_day(1);
  *absence.mutable_to() = absence.from();
  GAVEL_RETURN_IF_ERROR(transaction.Append(std::move(event)));
  GAVEL_ASSIGN_OR_RETURN(const v1::PersonRecord person, transaction.Person("ana"));
  return std::to_string(person.version());
}

CommandRequest Request(const std::string& request_id = "", const std::string& content = "content") {
  return {
      .principal = "ana", .method = "SetAbsence", .request_id = request_id, .fingerprint = content};
}

class CommitterTest : public ::testing::Test {
 protected:
  using Answer = absl::StatusOr<std::string>;

  Committer& Start(Committer::Options options = {}) {
    options.on_fatal = [this](const absl::Status& status) { fatal_.push_back(status); };
    committer_.emplace(store_, clock_, std::move(options));
    return *committer_;
  }

  std::future<Answer> Execute(const CommandRequest& request, Work work = RecordAbsence) {
    return std::async(std::launch::async,
                      [this, request, work] { return committer_->Execute(request, work); });
  }

  // `count` commands that wait while the commit before them is held back by `busy`.
  std::vector<std::future<Answer>> Queue(size_t count, const Work& work = RecordAbsence) {
    std::vector<std::future<Answer>> answers;
    for (size_t i = 0; i < count; ++i) answers.push_back(Execute(Request(), work));
    while (committer_->queue_depth() < count) std::this_thread::yield();
    return answers;
  }

  // Holds a command in its commit. Until then nothing is in the queue.
  std::future<Answer> Occupy(const CommandRequest& request = Request(),
                             const Work& work = RecordAbsence) {
    const int before = store_.commits;
    auto answer = Execute(request, work);
    while (store_.commits == before) std::this_thread::yield();
    return answer;
  }

  int64_t events() const { return store_.head().seq; }

  GatedStore store_;
  SettableClock clock_{kNow};
  std::vector<absl::Status> fatal_;
  std::optional<Committer> committer_;
};

TEST_F(CommitterTest, AnswersOnceItIsDurableAndTheListenerWasTold) {
  int64_t told = 0;
  Start({.on_commit = [&](const store::Head& head) { told = head.seq; }});
  EXPECT_EQ(*committer_->Execute(Request(), RecordAbsence), "1");
  EXPECT_EQ(events(), 1);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(store_.head().last_commit_us, absl::ToUnixMicros(kNow));
}

TEST_F(CommitterTest, TimersAloneWakeWhoeverWaitsForTheEarliest) {
  int told = 0;
  Start({.on_commit = [&](const store::Head&) { ++told; }});
  const auto set_timer = [](Transaction& transaction) -> absl::StatusOr<std::string> {
    GAVEL_RETURN_IF_ERROR(transaction.ReplaceTimers("people/ana", {{"message", kNow}}));
    return std::string();
  };
  ASSERT_TRUE(committer_->Execute(Request(), set_timer).ok());
  EXPECT_EQ(events(), 0);
  EXPECT_EQ(told, 1);
  // The same timer again: nothing is written, nobody has to look.
  ASSERT_TRUE(committer_->Execute(Request(), set_timer).ok());
  EXPECT_EQ(told, 1);
}

TEST_F(CommitterTest, TimesIncreaseWhileTheClockStandsStill) {
  Start();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(committer_->Execute(Request(), RecordAbsence).ok());
  const auto rows = *(*store_.Read())->EventsAfter(0, 10);
  ASSERT_EQ(rows.size(), 3u);
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].time_us, absl::ToUnixMicros(kNow) + static_cast<int64_t>(i));
  }
}

TEST_F(CommitterTest, AGroupGrowsWhileTheCommitBeforeItRuns) {
  Start();
  auto opener = store_.Close();
  auto first = Occupy();
  auto rest = Queue(20);
  opener.set_value();
  std::set<std::string> versions = {*first.get()};
  for (auto& answer : rest) versions.insert(*answer.get());
  EXPECT_EQ(versions.size(), 21u) << "Each command must see those before it in its group.";
  EXPECT_EQ(store_.commits, 2);
  EXPECT_EQ(events(), 21);
}

TEST_F(CommitterTest, AGroupIsLimitedAndTheRestFollows) {
  Start({.group_max = 8});
  auto opener = store_.Close();
  auto first = Occupy();
  auto rest = Queue(20);
  opener.set_value();
  for (auto& answer : rest) EXPECT_TRUE(answer.get().ok());
  EXPECT_EQ(store_.commits, 1 + 3);
}

TEST_F(CommitterTest, AGroupThatIsFullOfBytesLeavesTheRestForTheNext) {
  Start();
  auto opener = store_.Close();
  auto first = Occupy();
  const auto large = [](Transaction& transaction) -> Answer {
    GAVEL_ASSIGN_OR_RETURN(const std::string version, RecordAbsence(transaction));
    return version + std::string(GroupBuilder::kGroupBytesMax / 2, ' ');
  };
  auto rest = Queue(5, large);
  opener.set_value();
  for (auto& answer : rest) EXPECT_TRUE(answer.get().ok());
  EXPECT_EQ(store_.commits, 1 + 3);
  EXPECT_EQ(events(), 6);
}

TEST_F(CommitterTest, AFailureWritesNothingAndIsNotRemembered) {
  Start();
  bool fail = true;
  const auto work = [&](Transaction& transaction) -> Answer {
    GAVEL_ASSIGN_OR_RETURN(const std::string version, RecordAbsence(transaction));
    if (fail) return MakeError(absl::StatusCode::kFailedPrecondition, "GUARD_FAILED", "No.");
    return version;
  };
  EXPECT_EQ(ErrorReasonOf(committer_->Execute(Request("id"), work).status()), "GUARD_FAILED");
  EXPECT_EQ(events(), 0);
  fail = false;
  EXPECT_EQ(*committer_->Execute(Request("id"), work), "1");
}

TEST_F(CommitterTest, ValidateOnlyRunsEverythingAndWritesNothing) {
  Start();
  CommandRequest request = Request("id");
  request.validate_only = true;
  EXPECT_EQ(*committer_->Execute(request, RecordAbsence), "1");
  EXPECT_EQ(*committer_->Execute(request, RecordAbsence), "1");
  EXPECT_EQ(events(), 0);
  EXPECT_EQ(*committer_->Execute(Request("id", "without validate_only"), RecordAbsence), "1");
  EXPECT_EQ(events(), 1);
}

TEST_F(CommitterTest, ARepetitionGetsTheStoredAnswerAfterARestartToo) {
  Start();
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  EXPECT_EQ(*committer_->Execute(Request("other"), RecordAbsence), "2");
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  Start();
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  EXPECT_EQ(events(), 2);
}

TEST_F(CommitterTest, ACommandThatChangedNothingIsRememberedAllTheSame) {
  Start();
  int runs = 0;
  const auto work = [&](Transaction&) -> Answer { return std::to_string(++runs); };
  EXPECT_EQ(*committer_->Execute(Request("id"), work), "1");
  EXPECT_EQ(*committer_->Execute(Request("id"), work), "1");
  EXPECT_EQ(events(), 0);
}

TEST_F(CommitterTest, AnotherPrincipalOrMethodIsAnotherCommand) {
  Start();
  CommandRequest request = Request("id");
  EXPECT_EQ(*committer_->Execute(request, RecordAbsence), "1");
  request.principal = "bo";
  EXPECT_EQ(*committer_->Execute(request, RecordAbsence), "2");
  request.method = "Other";
  EXPECT_EQ(*committer_->Execute(request, RecordAbsence), "3");
}

TEST_F(CommitterTest, AnAnswerIsForgottenAfterSevenDays) {
  Start();
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  clock_.SetTime(kNow + absl::Hours(7 * 24) - absl::Seconds(1));
  EXPECT_EQ(*committer_->Execute(Request(), RecordAbsence), "2");
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  clock_.SetTime(kNow + absl::Hours(7 * 24) + absl::Seconds(1));
  EXPECT_EQ(*committer_->Execute(Request(), RecordAbsence), "3");
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "4");
}

TEST_F(CommitterTest, ReuseWithOtherContentChangesNothing) {
  Start();
  ASSERT_TRUE(committer_->Execute(Request("id", "a"), RecordAbsence).ok());
  const auto reused = committer_->Execute(Request("id", "b"), RecordAbsence);
  EXPECT_EQ(reused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReasonOf(reused.status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(events(), 1);
}

TEST_F(CommitterTest, ARepetitionJoinsTheCommandInFlight) {
  Start();
  auto opener = store_.Close();
  auto first = Occupy(Request("id"));
  // Answered at once, though nothing is committed yet: the first one is known.
  EXPECT_EQ(ErrorReasonOf(committer_->Execute(Request("id", "b"), RecordAbsence).status()),
            "REQUEST_ID_REUSED");
  auto joined = Execute(Request("id"));
  opener.set_value();
  EXPECT_EQ(*first.get(), "1");
  EXPECT_EQ(*joined.get(), "1");
  EXPECT_EQ(events(), 1);
}

TEST_F(CommitterTest, WhatExpiredInTheQueueIsNeverStarted) {
  Start();
  CommandRequest request = Request("id");
  request.deadline = absl::InfinitePast();
  const auto answer = committer_->Execute(request, [](Transaction&) -> Answer {
    ADD_FAILURE() << "It was started.";
    return "";
  });
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ErrorReasonOf(answer.status()), "DEADLINE");
  EXPECT_TRUE(committer_->Execute(Request("id"), RecordAbsence).ok()) << "Its id is free again.";
}

TEST_F(CommitterTest, AFullQueueRefusesAndSaysWhenToComeBack) {
  Start({.queue_max = 3});
  auto opener = store_.Close();
  auto first = Occupy();
  auto rest = Queue(3);
  const auto refused = committer_->Execute(Request(), RecordAbsence);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReasonOf(refused.status()), "OVERLOADED");
  EXPECT_TRUE(refused.status().GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
  opener.set_value();
  for (auto& answer : rest) EXPECT_TRUE(answer.get().ok());
}

TEST_F(CommitterTest, ATooLargeCommandIsRefusedAlone) {
  Start();
  auto opener = store_.Close();
  auto first = Occupy();
  const auto huge = [](Transaction& transaction) -> Answer {
    for (size_t i = 0; i <= GroupBuilder::kCommandEventsMax; ++i) {
      GAVEL_RETURN_IF_ERROR(RecordAbsence(transaction).status());
    }
    return "";
  };
  auto refused = Queue(1, huge);
  auto fine = Execute(Request());
  while (committer_->queue_depth() < 2) std::this_thread::yield();
  opener.set_value();
  EXPECT_EQ(refused[0].get().status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(*fine.get(), "2");
}

TEST_F(CommitterTest, ACommandThatTheStoreRefusesDoesNotTakeOthersDown) {
  Start();
  auto opener = store_.Close();
  auto first = Occupy();
  auto rest = Queue(5);
  store_.BreakGroups();
  opener.set_value();
  for (auto& answer : rest) EXPECT_TRUE(answer.get().ok());
  EXPECT_EQ(events(), 6);
}

TEST_F(CommitterTest, AFullDiskFailsTheGroupAndNothingElse) {
  Start();
  store_.FailBefore(store::DiskFull("no space"));
  EXPECT_EQ(ErrorReasonOf(committer_->Execute(Request("id"), RecordAbsence).status()), "DISK_FULL");
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  EXPECT_TRUE(fatal_.empty());
}

TEST_F(CommitterTest, AnUnknownOutcomeEndsTheCommitterAndARetryLearnsTheTruth) {
  Start();
  store_.FailAfter(store::OutcomeUnknown("fsync failed"));
  auto opener = store_.Close();
  auto unknown = Occupy(Request("id"));
  auto waiting = Queue(2);
  opener.set_value();
  EXPECT_EQ(ErrorReasonOf(unknown.get().status()), "OUTCOME_UNKNOWN");
  for (auto& answer : waiting) EXPECT_EQ(ErrorReasonOf(answer.get().status()), "SHUTTING_DOWN");
  EXPECT_EQ(ErrorReasonOf(committer_->Execute(Request("id"), RecordAbsence).status()),
            "SHUTTING_DOWN");
  committer_->Stop();
  ASSERT_EQ(fatal_.size(), 1u);
  EXPECT_EQ(ErrorReasonOf(fatal_[0]), "OUTCOME_UNKNOWN");

  Start();  // As after a restart. This time the commit had been made.
  EXPECT_EQ(*committer_->Execute(Request("id"), RecordAbsence), "1");
  EXPECT_EQ(events(), 1);
}

TEST_F(CommitterTest, StopFinishesWhatWaitsAndRefusesWhatComes) {
  Start();
  auto opener = store_.Close();
  auto first = Occupy();
  auto rest = Queue(5);
  auto stopped = std::async(std::launch::async, [this] { committer_->Stop(); });
  opener.set_value();
  for (auto& answer : rest) EXPECT_TRUE(answer.get().ok());
  stopped.get();
  EXPECT_EQ(ErrorReasonOf(committer_->Execute(Request(), RecordAbsence).status()), "SHUTTING_DOWN");
  EXPECT_EQ(events(), 6);
}

}  // namespace
}  // namespace gavel::app
