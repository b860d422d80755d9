#include "tests/lifecycle/lifecycle_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "engine/domain/command.h"
#include "gavel/v1/spec.pb.h"
#include "tests/testing/golden.h"

namespace gavel::lifecycle_test {
namespace {

TEST(LifecyclePageTest, TheDocumentationIsWhatTheTablePrints) {
  ExpectGolden("../../docs/lifecycle.md", LifecyclePage());
}

TEST(LifecyclePageTest, TheMatrixHasACellForEveryStateAndCommand) {
  const std::string page = LifecyclePage();
  std::istringstream matrix(page.substr(page.find("## Every state and every command")));
  int commands = 0;
  for (std::string line; std::getline(matrix, line) && line != "## Meetings";) {
    EXPECT_EQ(line.find("|  |"), std::string::npos) << "an empty cell: " << line;
    if (line.rfind("| `", 0) != 0) continue;
    ++commands;
    EXPECT_EQ(std::count(line.begin(), line.end(), '|'), v1::Spec::State_ARRAYSIZE + 2) << line;
  }
  EXPECT_EQ(commands, kCommandKinds);
}

}  // namespace
}  // namespace gavel::lifecycle_test
