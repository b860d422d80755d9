#include "clients/cli/help/man_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/command_line.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/exit_code.h"

namespace gavel::cli {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

TEST(ManPageTest, EveryFlagAndArgumentOfEveryCommandIsInItsPage) {
  const std::vector<Command> commands = AllCommands();
  for (const Command& command : commands) {
    const std::string name = "gavel-" + command.name.substr(0, command.name.find(' '));
    EXPECT_THAT(ManPageNames(commands), Contains(name));
    const std::string page = ManPage(commands, name);
    EXPECT_THAT(page, HasSubstr("*gavel " + command.name + "*"));
    for (const Flag& flag : command.flags) {
      EXPECT_THAT(page, HasSubstr("*--" + KeyOf(flag) + "*")) << command.name;
    }
    for (const Positional& positional : command.positionals) {
      EXPECT_THAT(page, HasSubstr("_" + positional.name + "_\n")) << command.name;
    }
  }
}

TEST(ManPageTest, TheOverviewHasEveryCommandAndGlobalFlag) {
  const std::vector<Command> commands = AllCommands();
  const std::string page = ManPage(commands, "gavel");
  EXPECT_THAT(page, StartsWith("gavel(1)\n"));
  for (const Command& command : commands) {
    if (command.group == Group::kHidden) continue;
    EXPECT_THAT(page, HasSubstr("*gavel " + command.name + "*\n"));
  }
  for (const Flag& flag : GlobalFlags()) {
    EXPECT_THAT(page, HasSubstr("*--" + KeyOf(flag) + "*"));
  }
}

TEST(ManPageTest, EveryPageHasEveryExitCode) {
  const std::vector<Command> commands = AllCommands();
  for (const std::string& name : ManPageNames(commands)) {
    const std::string page = ManPage(commands, name);
    for (const ExitCode code :
         {ExitCode::kDone, ExitCode::kNo, ExitCode::kUsage, ExitCode::kUnreachable,
          ExitCode::kNotAllowed, ExitCode::kRefused, ExitCode::kNotFound, ExitCode::kUnreadable,
          ExitCode::kPending, ExitCode::kBug, ExitCode::kInterrupted}) {
      EXPECT_THAT(page, HasSubstr("*" + std::to_string(static_cast<int>(code)) + "*\n\t")) << name;
    }
  }
}

TEST(ManPageTest, AnUnknownNameHasNoPage) {
  EXPECT_EQ(ManPage(AllCommands(), "gavel-nothing"), "");
  EXPECT_EQ(ManPage(AllCommands(), "submit"), "");
}

}  // namespace
}  // namespace gavel::cli
