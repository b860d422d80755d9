// The examples of docs/cost.md are what authors copy: the checker has nothing to say about their
// cost, and notices when one of their numbers is another.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "clients/check/check_spec.h"
#include "rules/test_policies.h"

namespace gavel::check {
namespace {

struct Example {
  std::string title;
  std::string front_matter;  // The keys that an example is about.
  std::string section;
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.title; }

std::vector<Example> ReadExamples() {
  std::ifstream page(std::string(GAVEL_SOURCE_DIR) + "/docs/cost.md");
  std::vector<Example> examples;
  std::string heading;
  std::string* block = nullptr;
  for (std::string line; std::getline(page, line);) {
    if (block != nullptr) {
      if (line == "```") {
        block = nullptr;
      } else {
        *block += line + "\n";
      }
    } else if (line.starts_with("## ")) {
      heading = line.substr(3);
    } else if (line == "```yaml") {
      examples.push_back({heading, "", ""});
      block = &examples.back().front_matter;
    } else if (line == "```markdown") {
      block = &examples.back().section;
    }
  }
  return examples;
}

std::string SpecOf(const Example& example) {
  return "---\nspec: 1\ntitle: What the page shows\narea: media\nauthors: [\"@ana\"]\n" +
         example.front_matter + "---\n# What the page shows\n\n" + example.section;
}

// The codes about cost, those of the arithmetic only.
std::set<std::string> CostCodes(const Example& example) {
  static const auto policy = rules::ShippedPolicy();
  const auto checked =
      CheckSpec(SpecOf(example), {.policy = policy.get(), .as_of = rules::Day(2026, 11, 23)});
  std::set<std::string> codes;
  for (const v1::Finding& finding : checked->findings) {
    if (finding.code().starts_with("GV30") || finding.field() != "cost") continue;
    codes.insert(finding.code() + " " + finding.message());
  }
  return codes;
}

// The lines of the section that are rows with amounts, the total too.
std::vector<std::string> RowsOf(const Example& example) {
  std::istringstream lines(example.section);
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| ") && line.find("per month | High") == std::string::npos) {
      rows.push_back(line);
    }
  }
  return rows;
}

// `row` with 1000 more in its column `column`, from 0.
std::string WithMore(const std::string& row, int column) {
  size_t at = 1;
  for (int i = 0; i < column; ++i) at = row.find('|', at) + 1;
  const size_t digit = row.find_first_of("0123456789", at);
  return row.substr(0, digit) + "7" + row.substr(digit);
}

Example Replaced(Example example, const std::string& what, const std::string& by) {
  example.section.replace(example.section.find(what), what.size(), by);
  return example;
}

class CostPageTest : public ::testing::TestWithParam<Example> {};

TEST_P(CostPageTest, TheCheckerHasNothingToSayAboutIt) {
  EXPECT_EQ(CostCodes(GetParam()), std::set<std::string>());
}

TEST_P(CostPageTest, EveryAmountIsHeldToTheOthers) {
  const std::vector<std::string> rows = RowsOf(GetParam());
  ASSERT_GE(rows.size(), 4u);
  for (const std::string& row : rows) {
    for (const int column : {3, 4}) {
      EXPECT_NE(CostCodes(Replaced(GetParam(), row, WithMore(row, column))),
                std::set<std::string>())
          << row << ", column " << column;
    }
  }
}

TEST_P(CostPageTest, ARowThatIsLeftOutIsMissed) {
  const std::vector<std::string> rows = RowsOf(GetParam());
  for (const std::string& row : rows) {
    const bool counts = row.find("| 0 | 0 |") == std::string::npos &&
                        row.find("| 0 | 1 |") == std::string::npos &&
                        row.find("**") == std::string::npos;
    if (!counts) continue;
    EXPECT_NE(CostCodes(Replaced(GetParam(), row + "\n", "")), std::set<std::string>()) << row;
  }
}

TEST_P(CostPageTest, ADependencyWithoutARowIsNamed) {
  Example example = GetParam();
  example.front_matter.replace(example.front_matter.find("dependencies:\n"), 14,
                               "dependencies:\n  - {use: lambda/standard}\n");
  const std::set<std::string> codes = CostCodes(example);
  ASSERT_EQ(codes.size(), 1u);
  EXPECT_NE(codes.begin()->find("lambda/standard"), std::string::npos) << *codes.begin();
}

INSTANTIATE_TEST_SUITE_P(All, CostPageTest, ::testing::ValuesIn(ReadExamples()));

TEST(CostPageExamplesTest, AreThree) { EXPECT_EQ(ReadExamples().size(), 3u); }

}  // namespace
}  // namespace gavel::check
