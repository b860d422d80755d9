#include "clients/cli/output/jq.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kSpec[] =
    R"({"key":"MEDIA-1","revisions":[{"number":1},{"number":2}],"note":"a\nb"})";

std::vector<std::string> Filter(const std::string& expression, bool pretty = false) {
  auto jq = Jq::Compile(expression);
  if (!jq.ok()) return {std::string(jq.status().message())};
  const auto results = (*jq)->Run(kSpec, pretty);
  return results.ok() ? *results
                      : std::vector<std::string>{std::string(results.status().message())};
}

TEST(JqTest, StringsAreRawAndTheRestIsJson) {
  EXPECT_THAT(Filter(".key"), ElementsAre("MEDIA-1"));
  EXPECT_THAT(Filter(".note"), ElementsAre("a\nb"));
  EXPECT_THAT(Filter(".revisions[].number"), ElementsAre("1", "2"));
  EXPECT_THAT(Filter(".revisions[0]"), ElementsAre(R"({"number":1})"));
  EXPECT_THAT(Filter(".revisions[0]", true), ElementsAre("{\n  \"number\": 1\n}"));
  EXPECT_THAT(Filter("empty"), ElementsAre());
  EXPECT_THAT(Filter(".missing"), ElementsAre("null"));
  EXPECT_THAT(Filter("[.key, (.revisions | length)] | @tsv"), ElementsAre("MEDIA-1\t2"));
}

TEST(JqTest, OneExpressionRunsOnManyValues) {
  auto jq = Jq::Compile(".n + 1");
  ASSERT_TRUE(jq.ok());
  EXPECT_THAT(*(*jq)->Run(R"({"n":1})", false), ElementsAre("2"));
  EXPECT_FALSE((*jq)->Run(R"({"n":"x"})", false).ok());
  EXPECT_THAT(*(*jq)->Run(R"({"n":41})", false), ElementsAre("42"));
}

TEST(JqTest, ABadExpressionDoesNotCompile) {
  for (const char* expression : {".[", "nosuch", ".a |", "\"", "import \"a\" as $a; ."}) {
    const auto jq = Jq::Compile(expression);
    ASSERT_FALSE(jq.ok()) << expression;
    EXPECT_TRUE(absl::IsInvalidArgument(jq.status()));
    EXPECT_THAT(std::string(jq.status().message()), HasSubstr("--jq: ")) << expression;
  }
}

TEST(JqTest, AnErrorIsOneLine) {
  const std::string message(Jq::Compile(".[").status().message());
  EXPECT_THAT(message, testing::StartsWith("--jq: syntax error"));
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

TEST(JqTest, AnExpressionThatDoesNotFitSaysWhy) {
  EXPECT_THAT(Filter(".key.x"), ElementsAre(HasSubstr("Cannot index string")));
  EXPECT_THAT(Filter("error(\"no\")"), ElementsAre("--jq: no"));
  EXPECT_THAT(Filter("error({a: 1})"), ElementsAre("--jq: {\"a\":1}"));
}

}  // namespace
}  // namespace gavel::cli
