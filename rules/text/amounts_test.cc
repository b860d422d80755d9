#include "rules/text/amounts.h"

#include <gtest/gtest.h>

#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

struct Row {
  const char* name;
  const char* text;
  std::optional<Quantity> quantity;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class Amounts : public testing::TestWithParam<Row> {};

TEST_P(Amounts, AreReadAsPeopleMeanThem) {
  const auto quantity = ParseQuantity(GetParam().text);
  ASSERT_EQ(quantity.has_value(), GetParam().quantity.has_value()) << GetParam().text;
  if (!quantity) return;
  EXPECT_DOUBLE_EQ(quantity->low, GetParam().quantity->low);
  EXPECT_DOUBLE_EQ(quantity->high, GetParam().quantity->high);
}

constexpr std::optional<Quantity> kNone = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Table, Amounts,
    testing::Values(
        Row{"Plain", "280", {{280, 280}}}, Row{"Decimals", "0.096", {{0.096, 0.096}}},
        Row{"Currency", "$1,024.50", {{1024.5, 1024.5}}},
        Row{"CurrencyWord", "47.50 USD", {{47.5, 47.5}}},
        Row{"CurrencyFirst", "USD 40", {{40, 40}}},
        Row{"ThinSpace", "2\u2009048 GiB", {{2048, 2048}}},
        Row{"Apostrophe", "2'048", {{2048, 2048}}},
        Row{"European", "1.024,50 €", {{1024.5, 1024.5}}}, Row{"Bold", "**505**", {{505, 505}}},
        Row{"Range", "1.0–1.5 M a day", {{1e6, 1.5e6}}},
        Row{"RangeInWords", "775 to 985", {{775, 985}}},
        Row{"Scale", "2.63 M s", {{2.63e6, 2.63e6}}},
        Row{"MebibytesAreNoMillions", "3 MiB", {{3, 3}}}, Row{"AttachedUnit", "730h", {{730, 730}}},
        Row{"Thousands", "12k", {{12000, 12000}}}, Row{"CompoundUnit", "5 GiB-month", {{5, 5}}},
        Row{"WordOnly", "uploads a day", kNone}, Row{"Nothing", "", kNone},
        Row{"TwoNumbers", "3 of 4", kNone}, Row{"Percentage", "20 %", kNone},
        Row{"Negative", "-5", kNone}, Row{"FallingRange", "9-4", kNone},
        Row{"Placeholder", "TBD", kNone}),
    RowName());

TEST(CentsOf, RefusesWhatNobodySpends) {
  EXPECT_EQ(CentsOf(47.104), 4710);
  EXPECT_EQ(CentsOf(1e12), std::nullopt);
}

}  // namespace
}  // namespace gavel::rules
