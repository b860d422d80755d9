#include "rules/backtest/interval.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gavel::rules {
namespace {

// The page's own numbers (rules.md 3.11).
TEST(ExactInterval, IsTheOneOfThePage) {
  EXPECT_NEAR(ExactInterval(3, 41).low, 1.5, 0.05);
  EXPECT_NEAR(ExactInterval(3, 41).high, 19.9, 0.05);
  EXPECT_EQ(ExactInterval(0, 41).low, 0);
  EXPECT_NEAR(ExactInterval(0, 41).high, 8.6, 0.05);
}

TEST(UpperBoundTest, IsTheOneOfThePage) {
  EXPECT_NEAR(UpperBound(0, 29), 9.8, 0.05);
  EXPECT_NEAR(UpperBound(0, 59), 5.0, 0.05);
}

// With no harm among n the bound solves (1 - p)^n = 0.05: a second way to the same number.
TEST(UpperBoundTest, OfNoHarmHasAClosedForm) {
  for (const int64_t decided : {1, 2, 10, 100, 10'000, 1'000'000}) {
    const double closed = 100 * (1 - std::pow(0.05, 1.0 / static_cast<double>(decided)));
    EXPECT_NEAR(UpperBound(0, decided), closed, 1e-6 * closed) << decided;
  }
}

// What Clopper-Pearson means: at the bound, seeing so little (or so much) is a 5 % (2.5 %) event.
TEST(ExactInterval, LeavesTwoAndAHalfPercentOnEachSide) {
  const auto at_most = [](int64_t harmed, int64_t decided, double rate) {
    double sum = 0;
    for (int64_t k = 0; k <= harmed; ++k) {
      const double log_choose = std::lgamma(static_cast<double>(decided) + 1) -
                                std::lgamma(static_cast<double>(k) + 1) -
                                std::lgamma(static_cast<double>(decided - k) + 1);
      sum += std::exp(log_choose + static_cast<double>(k) * std::log(rate) +
                      static_cast<double>(decided - k) * std::log1p(-rate));
    }
    return sum;
  };
  for (const auto& [harmed, decided] : {std::pair{1, 5}, {3, 41}, {17, 60}, {59, 60}}) {
    const Interval interval = ExactInterval(harmed, decided);
    EXPECT_NEAR(at_most(harmed, decided, interval.high / 100), 0.025, 1e-9);
    EXPECT_NEAR(1 - at_most(harmed - 1, decided, interval.low / 100), 0.025, 1e-9);
    EXPECT_NEAR(at_most(harmed, decided, UpperBound(harmed, decided) / 100), 0.05, 1e-9);
  }
}

TEST(ExactInterval, KnowsItsEnds) {
  EXPECT_EQ(ExactInterval(0, 0).low, 0);
  EXPECT_EQ(ExactInterval(0, 0).high, 100);
  EXPECT_EQ(UpperBound(0, 0), 100);
  EXPECT_EQ(ExactInterval(5, 5).high, 100);
  EXPECT_EQ(UpperBound(5, 5), 100);
}

TEST(MeetsGateTest, NeedsThirtyDecidedAndALowBound) {
  EXPECT_FALSE(MeetsGate(0, 29)) << "the bound is low enough, the cases are too few";
  EXPECT_TRUE(MeetsGate(0, 30));
  EXPECT_FALSE(MeetsGate(3, 41));
  EXPECT_TRUE(MeetsGate(3, 100));
}

}  // namespace
}  // namespace gavel::rules
