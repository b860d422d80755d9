// The commands of `gavel rules` that need no server, run whole on real policy files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "clients/cli/files.h"
#include "clients/cli/run.h"

namespace gavel::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const char kShipped[] = GAVEL_SOURCE_DIR "/deploy/policy";
const char kWorked[] = GAVEL_SOURCE_DIR "/rules/testdata/worked";

struct Result {
  ExitCode code;
  std::string out;
  std::string err;
};

Result Gavel(std::vector<std::string> words) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  // No server answers there: what needs one must fail.
  const Environment environment{.variables = {{"GAVEL_SERVER", "127.0.0.1:1"}}};
  words.insert(words.end(), {"--timeout", "1s"});
  const ExitCode code = Run(words, environment, in, out, err);
  return {code, out.str(), err.str()};
}

// A copy of a policy that a test may spoil.
class PolicyCopy {
 public:
  explicit PolicyCopy(const std::string& from) : folder_(testing::TempDir() + "policy-XXXXXX") {
    if (mkdtemp(folder_.data()) == nullptr) ADD_FAILURE() << folder_;
    std::filesystem::copy(from, folder_, std::filesystem::copy_options::recursive);
  }
  ~PolicyCopy() { std::filesystem::remove_all(folder_); }
  PolicyCopy(const PolicyCopy&) = delete;
  PolicyCopy& operator=(const PolicyCopy&) = delete;

  const std::string& folder() const { return folder_; }
  std::string path(const std::string& file) const { return folder_ + "/" + file; }

  // `before` must be there.
  void Replace(const std::string& file, const std::string& before, const std::string& after) {
    std::string text = ReadFile(path(file)).value();
    const size_t at = text.find(before);
    ASSERT_NE(at, std::string::npos) << before;
    text.replace(at, before.size(), after);
    std::ofstream(path(file)) << text;
  }

 private:
  std::string folder_;
};

TEST(RulesCheckTest, TheShippedPolicyHasNoErrors) {
  const Result result = Gavel({"rules", "check", kShipped, "--as-of", "2026-11-23"});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("0 errors"));
}

TEST(RulesCheckTest, AMistypedFieldHasItsPlaceAndTheNearestName) {
  PolicyCopy policy(kShipped);
  policy.Replace("rules.yaml", "- deps.storage:", "- deps.storge:");
  const Result result = Gavel({"rules", "check", policy.path("rules.yaml")});
  EXPECT_EQ(result.code, ExitCode::kNo);
  EXPECT_THAT(result.out, ContainsRegex("/rules.yaml:[0-9]+:[0-9]+: error: .*deps.storge.*"
                                        "deps.storage.*\\[R001\\]"));
  EXPECT_THAT(result.out, ContainsRegex("[1-9] errors?, 0 warnings"));
}

TEST(RulesCheckTest, AnImpossibleRuleIsAnError) {
  PolicyCopy policy(kShipped);
  policy.Replace("rules.yaml", "when: {any: [{change.reversible: {is: false}},",
                 "when: {all: [{cost.monthly_usd: {lt: 500}},");
  const Result result =
      Gavel({"rules", "check", policy.folder(), "--as-of", "2026-11-23", "--json"});
  EXPECT_EQ(result.code, ExitCode::kNo);
  EXPECT_THAT(result.out, HasSubstr("\"code\":\"R010\""));
  EXPECT_THAT(result.out, HasSubstr("\"valid\":false"));
}

TEST(RulesCheckTest, AFolderThatIsNoPolicyIsTwo) {
  EXPECT_EQ(Gavel({"rules", "check", "/no/such/folder"}).code, ExitCode::kUsage);
  EXPECT_EQ(Gavel({"rules", "check", GAVEL_SOURCE_DIR "/docs"}).code, ExitCode::kUsage);
}

TEST(RulesTestTest, TheShippedPolicyPassesItsTestsAndTheMutationGate) {
  const Result result =
      Gavel({"rules", "test", "--mutate", std::string(kShipped) + "/rules.test.yaml"});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr(" 0 failures"));
  EXPECT_THAT(result.out, HasSubstr("mutants"));
}

TEST(RulesTestTest, AFailureNamesItsLineAndExitsWithOne) {
  PolicyCopy policy(kShipped);
  policy.Replace("rules.test.yaml", "expect: {gate: ok, mode: auto,",
                 "expect: {gate: ok, mode: sync,");
  const Result result = Gavel({"rules", "test", policy.folder()});
  EXPECT_EQ(result.code, ExitCode::kNo);
  EXPECT_THAT(result.out, ContainsRegex("rules.test.yaml:[0-9]+: .*mode is auto, expected sync"));
}

TEST(RulesTestTest, APolicyThatDoesNotCompileFailsAlikeInEveryFormat) {
  PolicyCopy policy(kShipped);
  policy.Replace("rules.yaml", "deps.storage", "deps.storge");
  EXPECT_EQ(Gavel({"rules", "test", policy.folder()}).code, ExitCode::kNo);
  EXPECT_EQ(Gavel({"rules", "test", policy.folder(), "--json"}).code, ExitCode::kNo);
  EXPECT_EQ(Gavel({"rules", "test", "/no/such/rules.test.yaml"}).code, ExitCode::kUsage);
}

TEST(RulesDiffTest, AHigherLimitIsNewlyAutomaticWithAnExample) {
  PolicyCopy policy(kWorked);
  policy.Replace("rules.yaml", "cost.monthly_usd: {lte: 2000}", "cost.monthly_usd: {lte: 2500}");
  const Result wider = Gavel({"rules", "diff", kWorked, policy.folder()});
  EXPECT_EQ(wider.code, ExitCode::kDone) << wider.err;
  EXPECT_THAT(wider.out, HasSubstr("N001"));
  EXPECT_THAT(wider.out, HasSubstr("cost.monthly_usd"));
  const Result narrower = Gavel({"rules", "diff", policy.folder(), kWorked, "--exit-code"});
  EXPECT_EQ(narrower.code, ExitCode::kDone);
  EXPECT_THAT(narrower.out, HasSubstr("N002"));
  EXPECT_THAT(narrower.out, Not(HasSubstr("N001")));
  EXPECT_EQ(Gavel({"rules", "diff", kWorked, policy.folder(), "--exit-code"}).code, ExitCode::kNo);
}

TEST(RulesDiffTest, OnePolicyNeedsTheServer) {
  EXPECT_EQ(Gavel({"rules", "diff", kWorked}).code, ExitCode::kUnreachable);
  EXPECT_EQ(Gavel({"rules", "diff", "not-a-folder"}).code, ExitCode::kUsage);
}

TEST(RulesExplainTest, ARuleIsPutInWords) {
  const Result result = Gavel({"rules", "explain", "review/sensitive-data", "--policy", kWorked});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_THAT(result.out, HasSubstr("asks for people, consulting area security-privacy, 1 from "
                                    "group:security, 1 from group:privacy, where\n"
                                    "    any of\n"
                                    "      data.classification: at least confidential\n"
                                    "      all of\n"
                                    "        data.personal: true\n"
                                    "        regions: a member of @eu (2 regions)\n"));
}

TEST(RulesExplainTest, AnUnknownRuleListsTheRules) {
  const Result result = Gavel({"rules", "explain", "auto/no-such", "--policy", kWorked});
  EXPECT_EQ(result.code, ExitCode::kNotFound);
  EXPECT_THAT(result.err, HasSubstr("auto/standard-tiers"));
}

TEST(RulesExplainTest, AFileIsExplainedHereAndWithChanges) {
  PolicyCopy scratch(kShipped);
  const std::string spec = scratch.path("spec.md");
  std::ofstream(spec) << "---\nspec: 1\ntitle: A queue for the uploads\narea: media\n"
                         "dependencies:\n  - {use: s3/standard, for: files}\n---\n# Queue\n";
  const Result as_written = Gavel({"rules", "explain", spec, "--policy", kShipped});
  EXPECT_EQ(as_written.code, ExitCode::kDone) << as_written.err;
  EXPECT_THAT(as_written.out, HasSubstr("auto/standard-tiers"));
  const Result changed =
      Gavel({"rules", "explain", spec, "--policy", kShipped, "--set", "deps=[s3/glacier]"});
  EXPECT_THAT(changed.out, HasSubstr("s3/glacier"));
  EXPECT_THAT(changed.out, HasSubstr("What if deps=[s3/glacier]\nSync review in media"));
  const Result mistyped =
      Gavel({"rules", "explain", spec, "--policy", kShipped, "--set", "dep=[s3/glacier]"});
  EXPECT_EQ(mistyped.code, ExitCode::kUsage);
  EXPECT_THAT(mistyped.err, HasSubstr("deps"));
}

TEST(RulesShowTest, ShowsEveryRuleOfAFolder) {
  const Result result = Gavel({"rules", "show", "--policy", kShipped});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  for (const char* part : {"auto/standard-tiers  enforce", "review/one-way-door  shadow",
                           "team:platform, review by ", "approves without a person; 10 % are "}) {
    EXPECT_THAT(result.out, HasSubstr(part));
  }
}

TEST(RulesEnvelopeTest, SomethingMustBeCompared) {
  const Result nothing = Gavel({"rules", "envelope", "check", "MEDIA-1"});
  EXPECT_EQ(nothing.code, ExitCode::kUsage);
  EXPECT_THAT(nothing.err, HasSubstr("--plan"));
  EXPECT_EQ(Gavel({"rules", "envelope", "check", "MEDIA-1", "--plan", "/no/plan.json"}).code,
            ExitCode::kUsage);
}

TEST(RulesHelpTest, NounsOfTwoWordsHaveTheirOwnHelp) {
  const Result noun = Gavel({"rules", "audit", "--help"});
  EXPECT_EQ(noun.code, ExitCode::kDone);
  EXPECT_THAT(noun.out, HasSubstr("rules audit record"));
  EXPECT_THAT(noun.out, Not(HasSubstr("rules publish")));
  EXPECT_THAT(Gavel({"rules", "audit", "lst"}).err, HasSubstr("`gavel rules audit` has no"));
  EXPECT_THAT(Gavel({"rules", "publsh"}).err, HasSubstr("`gavel rules` has no command `publsh`"));
}

TEST(RulesExplainTest, CodesOfTheAnalyserAreExplained) {
  EXPECT_THAT(Gavel({"explain", "R010"}).out, HasSubstr("condition true"));
  EXPECT_THAT(Gavel({"explain", "n001"}).out, HasSubstr("N001  warn"));
}

}  // namespace
}  // namespace gavel::cli
