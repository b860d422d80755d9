#include <gtest/gtest.h>

#include "engine/base/unicode.h"
#include "rules/date.h"
#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

TEST(Money, ReadsWholeNumbersAndTwoDecimals) {
  EXPECT_EQ(ParseCents("0"), 0);
  EXPECT_EQ(ParseCents("400"), 40000);
  EXPECT_EQ(ParseCents("400.05"), 40005);
  EXPECT_EQ(ParseCents("92233720368547758.07"), INT64_MAX);
}

TEST(Money, RefusesEveryOtherSpelling) {
  for (const char* text :
       {"", "-1", "+1", "1e3", "1_000", "1,000", "400 EUR", "0123", "400.5", "400.500", ".50",
        "400.", "NaN", "inf", "92233720368547758.08", "999999999999999999999"}) {
    EXPECT_EQ(ParseCents(text), std::nullopt) << text;
  }
}

TEST(Money, AddsWithoutOverflow) {
  EXPECT_EQ(CheckedAdd(1, 2), 3);
  EXPECT_EQ(CheckedAdd(INT64_MAX, 1), std::nullopt);
}

TEST(Money, IsShownWithThousands) {
  EXPECT_EQ(AmountText(0), "0");
  EXPECT_EQ(AmountText(250000), "2,500");
  EXPECT_EQ(AmountText(123456789), "1,234,567.89");
  EXPECT_EQ(AmountText(INT64_MAX), "92,233,720,368,547,758.07");
}

TEST(Dates, ExistOrAreRefused) {
  for (const char* text :
       {"2020-01-45", "2023-14-05", "2026-02-29", "2026-2-01", "2026-11-23 ", "1969-01-01", ""}) {
    EXPECT_FALSE(ParseDate(text)) << text;
  }
  EXPECT_EQ(DateText(*ParseDate("2028-02-29")), "2028-02-29");
}

TEST(Dates, MonthsEndWhereTheMonthEnds) {
  EXPECT_EQ(DateText(AddMonths(*ParseDate("2026-08-31"), 6)), "2027-02-28");
  EXPECT_EQ(DateText(AddMonths(*ParseDate("2026-11-23"), 12)), "2027-11-23");
}

TEST(Utf8, RefusesWhatTheStandardRefuses) {
  for (const std::string bad :
       {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80", "a\xFF"}) {
    EXPECT_TRUE(FirstInvalidUtf8(bad)) << bad;
  }
  EXPECT_EQ(FirstInvalidUtf8("ab\xFF"), 2u);
  EXPECT_EQ(FirstInvalidUtf8("ä€😀"), std::nullopt);
}

TEST(NearestName, FindsSlipsAndNotGuesses) {
  const std::vector<std::string> names = {"classification", "personal", "k8s/standard", "k8s/gpu"};
  EXPECT_EQ(NearestName("clasification", names), "classification");
  EXPECT_EQ(NearestName("k8s/standrad", names), "k8s/standard");
  EXPECT_EQ(NearestName("cassandra", names), std::nullopt);
  EXPECT_EQ(NearestName(std::string(100000, 'x'), names), std::nullopt);
}

TEST(Sentences, JoinAndDecapitalize) {
  EXPECT_EQ(JoinAnd({"a"}), "a");
  EXPECT_EQ(JoinAnd({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(Decapitalized("Hard to undo"), "hard to undo");
  EXPECT_EQ(Decapitalized("EU data"), "EU data");
}

}  // namespace
}  // namespace gavel::rules
