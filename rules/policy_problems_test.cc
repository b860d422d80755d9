#include "rules/policy_problems.h"

#include <gtest/gtest.h>

#include "engine/base/error.h"

namespace gavel::rules {
namespace {

TEST(PolicyProblems, APlaceHasAFileAndPerhapsLineAndColumn) {
  PolicyProblems problems = ProblemsOf(MakeInvalid("POLICY_INVALID", "wrong",
                                                   {{"rules.yaml:12:7", "a", "R001"},
                                                    {"rules.test.yaml:42", "b", ""},
                                                    {"org.yaml", "c", "GV501"}}));
  ASSERT_EQ(problems.size(), 3u);
  SortByPlace(problems);
  EXPECT_EQ(problems[0].file(), "org.yaml");
  EXPECT_EQ(problems[0].line(), 0);
  EXPECT_EQ(problems[1].file(), "rules.test.yaml");
  EXPECT_EQ(problems[1].line(), 42);
  EXPECT_EQ(problems[1].column(), 0);
  EXPECT_EQ(problems[2].file(), "rules.yaml");
  EXPECT_EQ(problems[2].line(), 12);
  EXPECT_EQ(problems[2].column(), 7);
  EXPECT_EQ(problems[2].code(), "R001");
  EXPECT_EQ(problems[2].level(), v1::PolicyProblem::LEVEL_ERROR);
}

}  // namespace
}  // namespace gavel::rules
