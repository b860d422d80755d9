#include "engine/domain/breaker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kRule[] = "auto/standard";
constexpr absl::Duration kDay = absl::Hours(24);

absl::Time Now() { return absl::FromCivil(absl::CivilDay(2026, 11, 23), absl::UTCTimeZone()); }

v1::Breaker Limits() {
  v1::Breaker limits;
  limits.set_window_days(28);
  limits.set_max_auto_percent(50);
  limits.set_min_decisions(4);
  limits.set_max_audit_failures(2);
  return limits;
}

v1::RuleRecord Record() {
  v1::RuleRecord record;
  record.set_rule(kRule);
  return record;
}

void AddFailure(v1::RuleRecord& record, const std::string& spec, absl::Time time) {
  auto& failed = *record.add_failed_audits();
  failed.set_spec(spec);
  *failed.mutable_time() = ToProto(time);
}

v1::ReviewEnd End(const std::string& spec, absl::Time time, const std::string& rule) {
  v1::ReviewEnd end;
  end.set_spec(spec);
  end.set_decision("d1");
  end.set_authority(rule.empty() ? v1::Decision::AUTHORITY_ASYNC : v1::Decision::AUTHORITY_RULE);
  end.set_rule(rule);
  *end.mutable_time() = ToProto(time);
  return end;
}

// `automatic` decisions by the rule and `people` by people, one an hour before now.
std::vector<v1::ReviewEnd> Ends(int automatic, int people) {
  std::vector<v1::ReviewEnd> ends;
  for (int i = 0; i < automatic + people; ++i) {
    const absl::Time time = Now() - absl::Hours(automatic + people - i);
    ends.push_back(End(fmt::format("M-{}", i + 1), time, i < automatic ? kRule : ""));
  }
  return ends;
}

TEST(BreakerTest, OpensAtTheNumberOfFailedAudits) {
  v1::RuleRecord record = Record();
  AddFailure(record, "M-1", Now() - 2 * kDay);
  EXPECT_FALSE(TripOf(Limits(), record, {}, Now()).has_value());
  AddFailure(record, "M-2", Now());
  const auto trip = TripOf(Limits(), record, {}, Now());
  ASSERT_TRUE(trip.has_value());
  EXPECT_THAT(trip->specs, ElementsAre("M-1", "M-2"));
  EXPECT_EQ(trip->reason, "2 failed audits in 28 days; the limit is 2");
}

TEST(BreakerTest, FailedAuditsBeforeTheWindowOrTheClosingDoNotCount) {
  v1::RuleRecord old = Record();
  AddFailure(old, "M-1", Now() - 28 * kDay - absl::Seconds(1));
  AddFailure(old, "M-2", Now());
  EXPECT_FALSE(TripOf(Limits(), old, {}, Now()).has_value());

  v1::RuleRecord closed = Record();
  AddFailure(closed, "M-1", Now() - 3 * kDay);
  *closed.mutable_close_time() = ToProto(Now() - 2 * kDay);
  AddFailure(closed, "M-2", Now());
  EXPECT_FALSE(TripOf(Limits(), closed, {}, Now()).has_value());
  AddFailure(closed, "M-3", Now());
  EXPECT_TRUE(TripOf(Limits(), closed, {}, Now()).has_value());
}

TEST(BreakerTest, OpensAboveTheShareAndNotAtIt) {
  EXPECT_FALSE(TripOf(Limits(), Record(), Ends(2, 2), Now()).has_value());
  const auto trip = TripOf(Limits(), Record(), Ends(3, 2), Now());
  ASSERT_TRUE(trip.has_value());
  EXPECT_THAT(trip->specs, ElementsAre("M-1", "M-2", "M-3"));
  EXPECT_EQ(trip->reason, "3 of 5 decisions in 28 days are automatic; the limit is 50 %");
}

TEST(BreakerTest, TheShareIsNotJudgedOnTooFewDecisions) {
  EXPECT_FALSE(TripOf(Limits(), Record(), Ends(3, 0), Now()).has_value());
  EXPECT_TRUE(TripOf(Limits(), Record(), Ends(4, 0), Now()).has_value());
}

TEST(BreakerTest, TheShareCountsOnlyWhatCameAfterTheClosing) {
  v1::RuleRecord record = Record();
  *record.mutable_close_time() = ToProto(Now() - absl::Hours(2));
  EXPECT_FALSE(TripOf(Limits(), record, Ends(9, 0), Now()).has_value());
}

TEST(BreakerTest, AnOpenBreakerDoesNotOpenAgain) {
  v1::RuleRecord record = Record();
  AddFailure(record, "M-1", Now());
  AddFailure(record, "M-2", Now());
  record.set_breaker_reason("2 failed audits");
  EXPECT_FALSE(TripOf(Limits(), record, Ends(9, 0), Now()).has_value());
}

TEST(BreakerTest, ASpecCountsOnceByItsNewestDecision) {
  std::vector<v1::ReviewEnd> ends = Ends(4, 1);
  ends.push_back(End("M-1", Now(), ""));  // People decided after the rule did.
  ends.push_back(End("M-5", Now(), "auto/other"));
  v1::ReviewEnd withdrawn = End("M-9", Now(), "");
  withdrawn.clear_decision();
  ends.push_back(withdrawn);
  const DecisionCount count = CountDecisions(ends, absl::InfinitePast(), kRule);
  EXPECT_EQ(count.decisions, 5);
  EXPECT_EQ(count.automatic, 4);
  EXPECT_THAT(count.by_rule, ElementsAre("M-2", "M-3", "M-4"));
}

TEST(BreakerTest, NamesAtMostTheNewestHundredCases) {
  const auto trip = TripOf(Limits(), Record(), Ends(150, 0), Now());
  ASSERT_TRUE(trip.has_value());
  EXPECT_EQ(trip->specs.size(), 100u);
  EXPECT_EQ(trip->specs.back(), "M-150");
  EXPECT_THAT(trip->reason, HasSubstr("150 of 150"));
}

}  // namespace
}  // namespace gavel
