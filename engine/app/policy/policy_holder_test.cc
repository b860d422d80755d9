#include "engine/app/policy/policy_holder.h"

#include <gtest/gtest.h>

#include "engine/app/policy/policy_source.h"
#include "rules/compile/policy_files.h"

namespace gavel::app {
namespace {

v1::Date Day(int day) {
  v1::Date date;
  date.set_year(2026);
  date.set_month(12);
  date.set_day(day);
  return date;
}

// The shipped policy; `note` makes it another one.
LivePolicy Policy(const std::string& note, int day = 1) {
  auto source = rules::LoadPolicySource(GAVEL_SOURCE_DIR "/deploy/policy");
  source->mutable_files()->at("rules.yaml") += "# " + note + "\n";
  return *CompileLive(*source, Day(day));
}

TEST(PolicyHolderTest, WhoPublishedLaterIsInForceWhoeverComesLast) {
  PolicyHolder holder;
  const LivePolicy a = Policy("a");
  const LivePolicy b = Policy("b");
  ASSERT_NE(a.source_hash, b.source_hash);
  holder.Publish(b, 20);
  holder.Publish(a, 10);
  EXPECT_EQ(holder.live().source_hash, b.source_hash);
}

TEST(PolicyHolderTest, TheDayCountsToo) {
  PolicyHolder holder;
  const LivePolicy first = Policy("a", 1);
  holder.Keep(first);
  EXPECT_TRUE(holder.Find(first.source_hash, Day(1)).has_value());
  EXPECT_FALSE(holder.Find(first.source_hash, Day(2)).has_value());
}

TEST(PolicyHolderTest, ForgetsWhatNobodyAskedForLongest) {
  PolicyHolder holder;
  const LivePolicy policy = Policy("a");
  const auto day_of = [&](int day) {
    LivePolicy other = policy;
    other.source_hash = std::to_string(day);
    return other;
  };
  const int kept = static_cast<int>(PolicyHolder::kKept);
  for (int i = 0; i < kept; ++i) holder.Keep(day_of(i));
  EXPECT_TRUE(holder.Find("0", Day(1)).has_value());
  holder.Keep(day_of(kept));
  EXPECT_TRUE(holder.Find("0", Day(1)).has_value());
  EXPECT_FALSE(holder.Find("1", Day(1)).has_value());
}

}  // namespace
}  // namespace gavel::app
