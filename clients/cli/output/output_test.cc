#include "clients/cli/output/output.h"

#include <gtest/gtest.h>

#include <sstream>

#include "clients/cli/output/print_error.h"
#include "clients/cli/run.h"
#include "engine/base/error.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {
namespace {

v1::Spec MakeSpec() {
  v1::Spec spec;
  spec.set_key("PLAT-57");
  spec.set_state(v1::Spec::STATE_ASYNC_REVIEW);
  spec.mutable_verdict()->set_mode(v1::REVIEW_MODE_ASYNC);
  return spec;
}

TEST(JsonTest, SelectsFieldsByEitherSpellingInTheOrderAskedFor) {
  EXPECT_EQ(ToJson(MakeSpec(), {.fields = {"state", "key", "comment_count", "nothing"}}),
            R"({"state":"STATE_ASYNC_REVIEW","key":"PLAT-57","comment_count":0,"nothing":null})");
  EXPECT_EQ(ToJson(MakeSpec(), {.fields = {"verdict.mode", "explanation"}},
                   {{"explanation", "Async review."}}),
            R"({"verdict.mode":"REVIEW_MODE_ASYNC","explanation":"Async review."})");
  EXPECT_EQ(ToJson(MakeSpec(), {.fields = {"revision"}}, {{"revision", 2}}), R"({"revision":2})");
}

TEST(OutputTest, AListIsTabSeparatedWhereItIsPiped) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({}, out, err);
  output.Table({"KEY", "TITLE"}, {{"A-1", "one\ttwo\nthree"}, {"A-22", ""}});
  EXPECT_EQ(out.str(), "A-1\tone two three\nA-22\t\n");
}

TEST(OutputTest, TextsOfPeopleCannotCommandATerminal) {
  const std::string hostile =
      "a\033]0;title\a\033[2J\033[31mb\xC2\x9B"
      "c\r\n\td";
  for (const bool color : {false, true}) {
    std::ostringstream out;
    std::ostringstream err;
    Output output({.terminal = true, .color = color}, out, err);
    output.Line(hostile);
    output.Raw(hostile);
    output.Warn(hostile);
    const std::string plain = "a]0;title[2J[31mbc\n\td";
    EXPECT_EQ(out.str(), plain + "\n" + plain);
    EXPECT_EQ(err.str(), plain + "\n");
  }
}

// ESC [ 8 m conceals what follows it: a blocking concern, say.
TEST(OutputTest, OnlyOurColoursAreColours) {
  for (const bool terminal : {false, true}) {
    std::ostringstream out;
    std::ostringstream err;
    Output output({.terminal = terminal, .color = true}, out, err);
    output.Line(output.Styled(Tone::kBad, "a\033[8mb") + "\033[0m");
    output.Screen(output.Styled(Tone::kGood, "c\033[32m"));
    output.Table({"KEY"}, {{output.Styled(Tone::kWarn, "d"), "\033[8me"}});
    const std::string header = terminal ? "\033[2mKEY\033[0m\n" : "";
    const std::string gap = terminal ? "    " : "\t";
    EXPECT_EQ(out.str(), "\033[31ma[8mb\033[0m[0m\n\033[32mc[32m\033[0m" + header +
                             "\033[33md\033[0m" + gap + "[8me\n");
  }
}

TEST(OutputTest, WhatIsPipedForProgramsIsLeftAsItIs) {
  std::ostringstream out;
  std::ostringstream err;
  Output({}, out, err).Raw("\033[31m");
  EXPECT_EQ(out.str(), "\033[31m");
}

TEST(OutputTest, AListIsAlignedOnATerminal) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({.terminal = true}, out, err);
  output.Table({"KEY", "TITLE"}, {{"A-1", "größer"}, {"A-22", "x"}});
  EXPECT_EQ(out.str(), "KEY   TITLE\nA-1   größer\nA-22  x\n");
}

TEST(OutputTest, AListFitsTheTerminalButAPipeHasItAll) {
  const std::vector<std::string> row = {"A-1", "a title of some words", "ASYNC_REVIEW"};
  std::ostringstream out;
  std::ostringstream err;
  Output({.terminal = true, .columns = 32}, out, err).Table({"KEY", "TITLE", "STATE"}, {row});
  EXPECT_EQ(out.str(),
            "KEY  TITLE          STATE\nA-1  a title of     ASYNC_REVIEW\n     some words\n");
  out.str("");
  Output({.columns = 32}, out, err).Table({"KEY", "TITLE", "STATE"}, {row});
  EXPECT_EQ(out.str(), "A-1\ta title of some words\tASYNC_REVIEW\n");
}

TEST(OutputTest, NothingButJsonOnStdoutUnderJson) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({.json = true, .fields = {"key"}}, out, err);
  output.Line("for people");
  output.Note("for people");
  output.Table({"KEY"}, {{"A-1"}});
  output.Json(MakeSpec());
  EXPECT_EQ(out.str(), "{\"key\":\"PLAT-57\"}\n");
}

TEST(OutputTest, AllJsonGoesThroughJq) {
  std::ostringstream out;
  std::ostringstream err;
  const auto jq = Jq::Compile(".key");
  Output output({.json = true, .jq = jq->get()}, out, err);
  const v1::Spec spec = MakeSpec();
  output.Json(spec);
  output.JsonText(R"({"key":"b"})");
  output.JsonObject({{"key", "c"}});
  EXPECT_EQ(out.str(), "PLAT-57\nb\nc\n");
  EXPECT_TRUE(output.filter_status().ok());
  output.JsonArray({&spec});
  EXPECT_FALSE(output.filter_status().ok());  // A list has no `.key`.
  EXPECT_EQ(out.str(), "PLAT-57\nb\nc\n");
}

TEST(OutputTest, AFieldThatIsNotThereIsNotPrintedAsNull) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({.json = true, .fields = {"keey"}}, out, err);
  output.Json(MakeSpec());
  EXPECT_TRUE(absl::IsInvalidArgument(output.filter_status()));
  EXPECT_EQ(out.str(), "");
}

TEST(OutputTest, JsonOnATerminalCannotReorderIt) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({.json = true, .terminal = true}, out, err);
  output.JsonObject({{"title", "a\u202Eb\xC2\x9B"}});
  EXPECT_EQ(out.str(), "{\n  \"title\": \"ab\"\n}\n");
}

TEST(OutputTest, ProgressIsGoneBeforeAnythingElseIsSaid) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({.progress = true}, out, err);
  output.Progress("1 of 2");
  output.Progress("2 of 2");
  output.Line("done");
  output.Warn("really");
  EXPECT_EQ(out.str(), "done\n");
  EXPECT_EQ(err.str(), "\r\033[K1 of 2\r\033[K2 of 2\r\033[Kreally\n");
}

TEST(OutputTest, ThereIsNoProgressWithoutATerminal) {
  std::ostringstream out;
  std::ostringstream err;
  Output({}, out, err).Progress("1 of 2");
  Output({.quiet = true, .progress = true}, out, err).Progress("1 of 2");
  EXPECT_EQ(out.str() + err.str(), "");
}

TEST(PrintErrorTest, EveryProblemOfAPolicyIsNamed) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({}, out, err);
  PrintError(output, MakeInvalid("POLICY_INVALID", "The policy has 2 errors.",
                                 {{"rules.yaml:3:1", "No field `x`.", "R001"},
                                  {"rules.yaml:9:5", "No set `@y`.", "R004"}}));
  EXPECT_EQ(err.str(),
            "gavel: The policy has 2 errors.\n"
            "  rules.yaml:3:1: No field `x`. [R001]\n"
            "  rules.yaml:9:5: No set `@y`. [R004]\n");
}

TEST(PrintErrorTest, IsOneJsonObjectUnderJson) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({.json = true}, out, err);
  PrintError(output, MakeError(absl::StatusCode::kNotFound, "SPEC_NOT_FOUND", "no spec X-1",
                               {{"spec", "X-1"}}));
  EXPECT_EQ(err.str(),
            "{\"error\":{\"code\":\"NOT_FOUND\",\"reason\":\"SPEC_NOT_FOUND\",\"message\":"
            "\"no spec X-1\",\"about\":\"\",\"metadata\":{\"spec\":\"X-1\"},\"violations\":[]}}\n");
}

// A value of the front matter is quoted in the message; a CI system reads commands at column 0.
TEST(PrintErrorTest, AFindingIsOneLine) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({}, out, err);
  PrintError(output,
             MakeInvalid("SPEC_INVALID", "a.md cannot be read: …",
                         {{"front_matter", "line 3: `a\n::error::b`.", "GV105"}}),
             "a.md");
  EXPECT_EQ(err.str(),
            "gavel: a.md cannot be read; nothing was stored\n"
            "  3:1    error  GV105  `a ::error::b`.\n");
}

TEST(PrintErrorTest, AnUnreadableFileIsShownAsCheckShowsIt) {
  std::ostringstream out;
  std::ostringstream err;
  Output output({}, out, err);
  PrintError(output,
             MakeInvalid("SPEC_INVALID", "a.md cannot be read: …",
                         {{"front_matter", "line 3: The key stands twice.", "GV011"}}),
             "a.md");
  EXPECT_EQ(err.str(),
            "gavel: a.md cannot be read; nothing was stored\n"
            "  3:1    error  GV011  The key stands twice.\n");
}

// The same exit code in every format.
TEST(RunTest, AnUnreachableServerIsThree) {
  const Environment environment{.variables = {{"GAVEL_SERVER", "127.0.0.1:1"}}};
  for (const std::vector<std::string>& extra :
       std::vector<std::vector<std::string>>{{}, {"--json"}, {"-q"}}) {
    std::vector<std::string> words = {"status", "MEDIA-1", "--timeout", "1s"};
    words.insert(words.end(), extra.begin(), extra.end());
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(cli::Run(words, environment, in, out, err), ExitCode::kUnreachable);
    EXPECT_EQ(out.str(), "");
    EXPECT_NE(err.str(), "");
  }
}

TEST(RunTest, UsageIsTwoAndHelpIsZero) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(cli::Run({"no-such-command"}, {}, in, out, err), ExitCode::kUsage);
  EXPECT_EQ(cli::Run({"submit", "--help"}, {}, in, out, err), ExitCode::kDone);
  EXPECT_EQ(cli::Run({"explain", "GV204"}, {}, in, out, err), ExitCode::kDone);
  EXPECT_EQ(cli::Run({"explain", "GV999"}, {}, in, out, err), ExitCode::kNotFound);
}

}  // namespace
}  // namespace gavel::cli
