#include "clients/check/fix_spec.h"

#include <gtest/gtest.h>

#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::check {
namespace {

const std::string kSpec = rules::BoringSpec();

std::string With(const std::string& from, const std::string& to) {
  return rules::Edited(kSpec, from, to);
}

const rules::Policy& Shipped() {
  static const auto policy = rules::ShippedPolicy();
  return *policy;
}

FixedSpec Fix(const std::string& text) {
  auto fixed = FixSpec(text, {.policy = &Shipped()});
  EXPECT_TRUE(fixed.ok()) << fixed.status();
  return fixed.ok() ? *std::move(fixed) : FixedSpec{};
}

struct Row {
  const char* name;
  std::string before;
  std::string after;
  std::vector<std::string> codes;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class FixSpecRows : public testing::TestWithParam<Row> {};

TEST_P(FixSpecRows, MendsWhatIsSafeAndSaysSo) {
  const FixedSpec fixed = Fix(GetParam().before);
  EXPECT_EQ(fixed.content, GetParam().after);
  std::vector<std::string> codes;
  for (const MadeFix& fix : fixed.fixes) codes.push_back(fix.finding.code());
  EXPECT_EQ(codes, GetParam().codes);
}

const std::string kEntry = "  - {use: postgres/standard-m, for: ledger reads}\n";
const std::string kAlias = "  - {use: pg/standard-m, for: ledger reads}\n";

INSTANTIATE_TEST_SUITE_P(
    Rows, FixSpecRows,
    testing::Values(Row{"nothing_to_do", kSpec, kSpec, {}},
                    Row{"alias", With(kEntry, kAlias), kSpec, {"GV207"}},
                    Row{"two_at_once", With(kEntry, kAlias + kEntry), kSpec, {"GV207", "GV206"}},
                    Row{"spelling", With("internal", "INTERNAL"), kSpec, {"GV112"}},
                    Row{"a_guess_is_nobodys_but_the_authors",
                        With("us-east", "us-eats"),
                        With("us-east", "us-eats"),
                        {}},
                    Row{"what_cannot_be_read_stays",
                        With("area: media", "area: media\narea: media"),
                        With("area: media", "area: media\narea: media"),
                        {}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FixSpec, IsDoneAfterOneRun) {
  const FixedSpec once = Fix(With(kEntry, kAlias + kAlias));
  EXPECT_FALSE(once.fixes.empty());
  EXPECT_TRUE(Fix(once.content).fixes.empty());
}

TEST(FixSpec, KeepsLineEndsAndByteOrderMark) {
  std::string before = "\xEF\xBB\xBF" + With(kEntry, kAlias);
  std::string after = "\xEF\xBB\xBF" + kSpec;
  for (std::string* text : {&before, &after}) {
    for (size_t at = 0; (at = text->find('\n', at)) != std::string::npos; at += 2) {
      text->insert(at, "\r");
    }
  }
  EXPECT_EQ(Fix(before).content, after);
}

}  // namespace
}  // namespace gavel::check
