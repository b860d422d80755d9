#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/check/check_testing.h"
#include "clients/check/fingerprint.h"
#include "clients/check/formats.h"

namespace gavel::check {
namespace {

using Json = nlohmann::json;

constexpr char kSpec[] =
    "---\nspec: 1\ntitle: \U0001F680 rockets\nregions: [\"\U0001F680\", us-eest]\n---\n# Title\n";

Json RunOf(std::vector<CheckedFile> files) {
  const Json log = Json::parse(SarifFormat({.files = std::move(files), .version = "1.2.3"}));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["runs"].size(), 1u);
  return log["runs"][0];
}

Json RegionIn(const Json& run, size_t result) {
  return run["results"][result]["locations"][0]["physicalLocation"]["region"];
}

TEST(SarifFormat, IsOneRunEvenWithoutFiles) {
  const Json run = RunOf({});
  EXPECT_EQ(run["results"], Json::array());
  EXPECT_EQ(run["artifacts"], Json::array());
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  EXPECT_EQ(run["tool"]["driver"]["name"], "gavel");
  EXPECT_EQ(run["tool"]["driver"]["version"], "1.2.3");
  EXPECT_EQ(run["tool"]["driver"]["rules"], Json::array());
}

TEST(SarifFormat, HasARulePerCodeThatWasFound) {
  const Json run =
      RunOf({FileOf("a.md", kSpec, {FindingOf("GV301", 0, 0)}),
             FileOf("b.md", kSpec, {FindingOf("GV208", 4, 18), FindingOf("GV301", 0, 0, "other")}),
             FileOf("clean.md", kSpec, {})});
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0]["id"], "GV208");
  EXPECT_EQ(rules[0]["helpUri"], "https://gavel.dev/docs/findings/GV208");
  EXPECT_EQ(rules[0]["defaultConfiguration"]["level"], "error");
  EXPECT_EQ(rules[1]["id"], "GV301");
  EXPECT_EQ(run["artifacts"].size(), 3u);
  ASSERT_EQ(run["results"].size(), 3u);
  for (const Json& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<size_t>()]["id"], result["ruleId"]);
  }
  EXPECT_EQ(run["results"][1]["level"], "error");
  EXPECT_EQ(run["results"][2]["level"], "warning");
}

TEST(SarifFormat, PathsAreRelativeAndPercentEncoded) {
  CheckedFile absolute = FileOf("x", "", {});
  absolute.repository_path = "/tmp/a b.md";
  const Json run = RunOf({FileOf(kOddPath, kSpec, {FindingOf("GV301", 0, 0)}), absolute});
  const Json odd = run["artifacts"][0]["location"];
  EXPECT_EQ(odd["uri"], "specs/a%20b%25%3A%2C%22%3C%26%27%0A%1B%FF%20%C3%A9.md");
  EXPECT_EQ(odd["uriBaseId"], "%SRCROOT%");
  EXPECT_EQ(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"], odd);
  EXPECT_EQ(run["artifacts"][1]["location"], (Json{{"uri", "file:///tmp/a%20b.md"}}));
}

TEST(SarifFormat, WhatHasNoPlaceIsShownAtTheTop) {
  const Json run = RunOf({FileOf("a.md", kSpec, {FindingOf("GV301", 0, 0)})});
  EXPECT_EQ(RegionIn(run, 0), (Json{{"startLine", 1}}));
}

TEST(SarifFormat, BytesThatAreNotTextDoNotStopIt) {
  const Json run = RunOf({FileOf("a.md", "\xff\xfe\n\x01", {FindingOf("GV002", 1, 1, "\xff")})});
  EXPECT_EQ(run["results"][0]["message"]["text"], "\xEF\xBF\xBD");
}

struct FingerprintRow {
  const char* name;
  const char* content;
  v1::Finding finding;
  bool same;
};

TEST(Fingerprints, StayWhenLinesMoveAndChangeWithTheLine) {
  const std::string before = Fingerprints(FileOf(
      "a.md", "one\n  use: x\n", {FindingOf("GV204", 2, 3, "message", "dependencies[0].use")}))[0];
  EXPECT_EQ(before.size(), 32u);
  const FingerprintRow rows[] = {
      {"moved", "new\none\nuse: x\r\n",
       FindingOf("GV204", 3, 1, "other words", "dependencies[4].use"), true},
      {"other line", "one\n  use: y\n", FindingOf("GV204", 2, 3, "message", "dependencies[0].use"),
       false},
      {"other code", "one\n  use: x\n", FindingOf("GV205", 2, 3, "message", "dependencies[0].use"),
       false},
      {"other field", "one\n  use: x\n", FindingOf("GV204", 2, 3, "message", "regions[0]"), false},
  };
  for (const FingerprintRow& row : rows) {
    EXPECT_EQ(Fingerprints(FileOf("b.md", row.content, {row.finding}))[0] == before, row.same)
        << row.name;
  }
}

TEST(Fingerprints, TellTwoOfTheSameApart) {
  const auto names =
      Fingerprints(FileOf("a.md", "x\n", {FindingOf("GV204", 1, 1), FindingOf("GV204", 1, 1)}));
  EXPECT_NE(names[0], names[1]);
}

}  // namespace
}  // namespace gavel::check
