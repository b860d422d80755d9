// Conformance: timers and stored answers.
#include <limits>

#include "engine/base/error.h"
#include "tests/conformance/store_conformance.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

// "subject kind due generation" per timer.
std::vector<std::string> Texts(const std::vector<TimerRow>& timers) {
  std::vector<std::string> texts;
  for (const TimerRow& timer : timers) {
    texts.push_back(timer.subject + " " + timer.kind + " " + std::to_string(timer.due_us) + " " +
                    std::to_string(timer.generation));
  }
  return texts;
}

CommandRows Timers(std::vector<TimerRow> set, std::vector<TimerKey> cancelled = {}) {
  CommandRows command;
  command.timers_set = std::move(set);
  command.timers_cancelled = std::move(cancelled);
  return command;
}

TEST_P(StoreConformance, DueTimersComeInOrderAndStay) {
  Must(Commit(store(), Timers({{"s/b", "remind", 20, 1},
                               {"s/a", "remind", 20, 1},
                               {"s/a", "lapse", 20, 1},
                               {"s/c", "lapse", 10, 1},
                               {"s/d", "lapse", 21, 1}})));
  for (int again = 0; again < 2; ++again) {
    EXPECT_THAT(
        Texts(Must(Read()->DueTimers(20, 10))),
        ElementsAre("s/c lapse 10 1", "s/a lapse 20 1", "s/a remind 20 1", "s/b remind 20 1"));
  }
  EXPECT_THAT(Texts(Must(Read()->DueTimers(20, 2))),
              ElementsAre("s/c lapse 10 1", "s/a lapse 20 1"));
  EXPECT_THAT(Must(Read()->DueTimers(9, 10)), IsEmpty());
  EXPECT_EQ(Must(Read()->NextTimer()), 10);
  EXPECT_EQ(Must(Read()->CountTimers()), 5);
}

TEST_P(StoreConformance, ATimerIsMovedAndCancelled) {
  Must(Commit(store(), Timers({{"s/a", "lapse", 10, 1}, {"s/a", "remind", 20, 1}})));
  Must(Commit(store(), Timers({{"s/a", "lapse", 30, 2}})));
  EXPECT_THAT(Texts(Must(Read()->TimersOf("s/a"))),
              ElementsAre("s/a lapse 30 2", "s/a remind 20 1"));
  EXPECT_EQ(Must(Read()->NextTimer()), 20);
  Must(Commit(store(), Timers({}, {{"s/a", "remind"}, {"s/a", "never set"}})));
  EXPECT_THAT(Texts(Must(Read()->TimersOf("s/a"))), ElementsAre("s/a lapse 30 2"));
  Must(Commit(store(), Timers({}, {{"s/a", "lapse"}})));
  EXPECT_EQ(Must(Read()->NextTimer()), std::nullopt);
  EXPECT_EQ(Must(Read()->CountTimers()), 0);
  EXPECT_THAT(Must(Read()->DueTimers(kMax, 10)), IsEmpty());
}

TEST_P(StoreConformance, ATimerSetAndCancelledByOneCommandIsCancelled) {
  Must(Commit(store(), Timers({{"s/a", "lapse", 10, 1}}, {{"s/a", "lapse"}})));
  EXPECT_THAT(Must(Read()->TimersOf("s/a")), IsEmpty());
}

TEST_P(StoreConformance, ALaterCommandOfTheGroupSetsACancelledTimerAgain) {
  Must(Commit(store(), {Timers({{"s/a", "lapse", 10, 1}}), Timers({}, {{"s/a", "lapse"}}),
                        Timers({{"s/a", "lapse", 40, 2}})}));
  EXPECT_THAT(Texts(Must(Read()->TimersOf("s/a"))), ElementsAre("s/a lapse 40 2"));
}

TEST_P(StoreConformance, TimersReachBothEndsOfTime) {
  Must(Commit(store(), Timers({{"s/a", "max", kMax, kMax}, {"s/a", "min", kMin, 0}})));
  EXPECT_EQ(Must(Read()->NextTimer()), kMin);
  EXPECT_THAT(Must(Read()->DueTimers(kMax - 1, 10)), ::testing::SizeIs(1));
  const auto due = Must(Read()->DueTimers(kMax, 10));
  ASSERT_THAT(due, ::testing::SizeIs(2));
  EXPECT_EQ(due[1].due_us, kMax);
  EXPECT_EQ(due[1].generation, kMax);
}

TEST_P(StoreConformance, TimersOfASubjectCompareBytes) {
  Must(Commit(store(), Timers({{"s/a", "lapse", 1, 1},
                               {"S/a", "lapse", 1, 1},
                               {"s/a ", "lapse", 1, 1},
                               {"", "", 1, 1}})));
  EXPECT_THAT(Must(Read()->TimersOf("s/a")), ::testing::SizeIs(1));
  EXPECT_THAT(Must(Read()->TimersOf("")), ::testing::SizeIs(1));
}

// A command with one event at `time_us`, and an answer to request "1".
CommandRows Answered(int64_t version, int64_t time_us, std::string response, int64_t expires_us) {
  CommandRows command;
  command.events = {MakeEvent("policy", version)};
  command.time_us = time_us;
  command.idempotency = IdempotencyRow{.principal = "ana",
                                       .method = "Submit",
                                       .request_id = "1",
                                       .fingerprint = std::string("\0\xFF", 2),
                                       .first_seq = version,
                                       .response = std::move(response),
                                       .expires_us = expires_us};
  return command;
}

TEST_P(StoreConformance, AnAnswerComesBackByteForByte) {
  Must(Commit(store(), Answered(1, 100, BinaryBytes(), kMax)));
  const auto stored = Must(Read()->Idempotency("ana", "Submit", "1"));
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(stored->principal, "ana");
  EXPECT_EQ(stored->method, "Submit");
  EXPECT_EQ(stored->request_id, "1");
  EXPECT_EQ(stored->fingerprint, std::string("\0\xFF", 2));
  EXPECT_EQ(stored->first_seq, 1);
  EXPECT_EQ(stored->response, BinaryBytes());
  EXPECT_EQ(stored->expires_us, kMax);
}

TEST_P(StoreConformance, AnAnswerIsForOnePrincipalMethodAndRequest) {
  CommandRows command = Answered(1, 100, "", kMax);
  Must(Commit(store(), command));
  EXPECT_EQ(Must(Read()->Idempotency("Ana", "Submit", "1")), std::nullopt);
  EXPECT_EQ(Must(Read()->Idempotency("ana", "submit", "1")), std::nullopt);
  EXPECT_EQ(Must(Read()->Idempotency("ana", "Submit", "")), std::nullopt);
  command = Answered(2, 200, "other", kMax);
  command.idempotency->principal = "ben";
  Must(Commit(store(), command));
  EXPECT_EQ(Must(Read()->Idempotency("ana", "Submit", "1"))->response, "");
  EXPECT_EQ(Must(Read()->Idempotency("ben", "Submit", "1"))->response, "other");
}

TEST_P(StoreConformance, AnAnswerIsKeptUntilItExpires) {
  Must(Commit(store(), Answered(1, 100, "first", 1'000)));
  const auto again = Commit(store(), Answered(2, 999, "second", 2'000));
  EXPECT_EQ(ErrorReasonOf(again.status()), "INTERNAL");
  EXPECT_EQ(Read()->head().seq, 1);
  EXPECT_EQ(Must(Read()->Idempotency("ana", "Submit", "1"))->response, "first");

  const auto before = Read();
  CommandRows tick;
  tick.events = {MakeEvent("policy", 2)};
  tick.time_us = 1'000;
  Must(Commit(store(), tick));
  EXPECT_EQ(Must(Read()->Idempotency("ana", "Submit", "1")), std::nullopt);
  EXPECT_TRUE(Must(before->Idempotency("ana", "Submit", "1")).has_value());

  Must(Commit(store(), Answered(3, 1'001, "third", 9'000)));
  EXPECT_EQ(Must(Read()->Idempotency("ana", "Submit", "1"))->response, "third");
}

}  // namespace
}  // namespace gavel::store
