#include "rules/document/cost_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/document.h"
#include "rules/document/cost_product.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A cost section that is right: rows, sums, products, and the sentence on a year.
constexpr std::string_view kSection = R"md(## Cost

| Uses | Quantity | Unit price | Low, per month | High, per month | How |
|---|---|---|--:|--:|---|
| k8s/standard | 4 instances | $0.096 per hour | 280 | 336 | 4 × 0.096 × 730 h; high: +20 % |
| postgres, stored | 2 TiB | $0.023 per GiB-month | 47 | 57 | 2,048 GiB × 0.023; high: +20 % |
| requests | 1.0–1.5 M a day | $0.005 per 1,000 | 150 | 225 | uploads × 3 × 30 ÷ 1,000 × 0.005 |
| queue | 90 rps | $0.12 per million | 28 | 43 | 90 × 2.63 M s = 237 M; high: ×1.5 |
| **Total** | | | **505** | **661** | |

In a year: workers grow 5 % a month (× 1.80), storage doubles: 775 to 985 a month. One time: none.

)md";

std::string Spec() {
  std::string text = Edited(BoringSpec(), "## Cost\n\n", kSection);
  return Edited(text, "monthly_usd: {low: 400, high: 900}",
                "monthly_usd: {low: 505, high: 661}\n  in_a_year_usd: {low: 775, high: 985}");
}

std::vector<std::string> CostFindings(const std::string& text) {
  const auto policy = WorkedPolicy();
  const auto document = ReadDocument(text, {.policy = policy.get()});
  EXPECT_TRUE(document.ok()) << document.status();
  std::vector<std::string> messages;
  for (const v1::Finding& finding : document->findings) {
    if (finding.field() == "cost") messages.push_back(finding.code() + " " + finding.message());
  }
  return messages;
}

TEST(CostTable, IsCleanWhereAllAmountsAgree) { EXPECT_THAT(CostFindings(Spec()), IsEmpty()); }

struct Row {
  const char* name;
  const char* from;
  const char* to;
  const char* finding;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class OneChange : public testing::TestWithParam<Row> {};

TEST_P(OneChange, IsTheOneFinding) {
  const Row& row = GetParam();
  EXPECT_THAT(CostFindings(Edited(Spec(), row.from, row.to)), ElementsAre(HasSubstr(row.finding)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, OneChange,
    testing::Values(
        Row{"RowMissing", "| k8s/standard |", "| workers |", "GV311 Section \"Cost\" gives no"},
        Row{"RowWrong", "| 150 | 225 |", "| 250 | 225 |",
            "GV312 The low column adds up to 605, the total says 505"},
        Row{"DeclaredWrong", "high: 661", "high: 700",
            "GV313 The high total is 661, cost.monthly_usd says 700"},
        Row{"ProductWrong", "4 × 0.096 × 730 h", "6 × 0.096 × 730 h",
            "GV314 6 × 0.096 × 730 h comes to 420.48, the low amount says 280"},
        Row{"AmountUnreadable", "| 47 | 57 |", "| 47 | TBD |",
            "GV315 \"TBD\" in the high column is no amount"},
        Row{"TotalUnreadable", "**505**", "**TBD**", "GV315 \"**TBD**\" in the low column"},
        Row{"YearWrong", "775 to 985 a month", "775 to 1,200 a month",
            "GV313 In a year it is 775 to 1,200 here, cost.in_a_year_usd says 775 to 985"},
        Row{"YearRowWrong", "| **Total**", "| In a year | | | 700 | 985 | |\n| **Total**",
            "GV313 In a year it is 700 to 985 here"}),
    RowName());

TEST(CostTable, MayNameADependencyByAnAlias) {
  EXPECT_THAT(CostFindings(Edited(Spec(), "| k8s/standard |", "| Kubernetes workers |")),
              IsEmpty());
}

TEST(CostTable, TakesMillionsForTheUnitOfThePriceToo) {
  EXPECT_THAT(CostFindings(Edited(Spec(), "uploads × 3 × 30 ÷ 1,000 × 0.005", "120 M × 1.25")),
              IsEmpty());
}

TEST(CostTable, WithoutATotalIsComparedWithTheFrontMatterItself) {
  std::string text = Edited(Spec(), "| **Total** | | | **505** | **661** | |\n", "");
  EXPECT_THAT(CostFindings(text), IsEmpty());
  text = Edited(text, "{low: 505, high: 661}", "{low: 405, high: 661}");
  EXPECT_THAT(CostFindings(text), ElementsAre(HasSubstr("GV313 The low total is 505")));
}

TEST(CostTable, EndsWhereItsRowsEnd) {
  const std::string text =
      Edited(Spec(), "In a year:", "| Not | a | cost | 900 | 900 | row |\n\nIn a year:");
  EXPECT_THAT(CostFindings(text), IsEmpty());
}

struct ProductRow {
  const char* name;
  const char* how;
  std::optional<double> value;
};
void PrintTo(const ProductRow& row, std::ostream* os) { *os << row.name; }

class Products : public testing::TestWithParam<ProductRow> {};

TEST_P(Products, AreReadOnlyWherePlain) {
  const auto product = ReadCostProduct(GetParam().how);
  ASSERT_EQ(product.has_value(), GetParam().value.has_value());
  if (!product) return;
  EXPECT_NEAR(product->value, *GetParam().value, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Products,
    testing::Values(ProductRow{"Times", "4 × 0.096 × 730 h; high: +20 %", 280.32},
                    ProductRow{"Divided", "1,500,000 ÷ 1,000 × $0.005", 7.5},
                    ProductRow{"Stars", "2 * 3 * 4", 24}, ProductRow{"Letter", "5 x $70", 350},
                    ProductRow{"Said", "2 × 3 = 6", 6},
                    ProductRow{"Sentence", "2 × 3. Rounded up.", 6},
                    ProductRow{"OneNumber", "280", std::nullopt},
                    ProductRow{"Word", "uploads a day × 3", std::nullopt},
                    ProductRow{"Range", "1–2 × 3", std::nullopt},
                    ProductRow{"Percentage", "280 × 20 %", std::nullopt},
                    ProductRow{"ByNothing", "280 ÷ 0", std::nullopt},
                    ProductRow{"Nothing", "", std::nullopt}),
    RowName());

}  // namespace
}  // namespace gavel::rules
