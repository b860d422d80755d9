#include "clients/cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "clients/cli/commands/commands.h"
#include "clients/cli/help/help.h"

namespace gavel::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

absl::StatusOr<CommandLine> Parse(std::vector<std::string> words) {
  static const std::vector<Command> commands = AllCommands();
  return ParseCommandLine(commands, std::move(words));
}

std::string ErrorOf(std::vector<std::string> words) {
  const auto line = Parse(std::move(words));
  EXPECT_FALSE(line.ok());
  return std::string(line.status().message());
}

TEST(CommandLineTest, FindsTheCommandOfANoun) {
  const auto line = Parse({"concern", "raise", "MEDIA-1", "key rotation", "--blocking",
                           "--done-when", "a plan is there", "-m", "it leaks"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->command->name, "concern raise");
  EXPECT_EQ(line->arguments.Text("SPEC"), "MEDIA-1");
  EXPECT_EQ(line->arguments.Text("NAME"), "key rotation");
  EXPECT_TRUE(line->arguments.Has("blocking"));
  EXPECT_EQ(line->arguments.Text("message"), "it leaks");
}

TEST(CommandLineTest, FindsACommandOfThreeWords) {
  const auto line = Parse({"rules", "envelope", "check", "MEDIA-1", "--plan", "a", "--plan", "b"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->command->name, "rules envelope check");
  EXPECT_EQ(line->arguments.Text("SPEC"), "MEDIA-1");
  EXPECT_THAT(line->arguments.List("plan"), ElementsAre("a", "b"));
  EXPECT_EQ(Parse({"rules", "envelope"})->help_topic, "rules envelope");
}

TEST(CommandLineTest, GlobalFlagsStandAnywhere) {
  for (const auto& words : std::vector<std::vector<std::string>>{{"--as", "bo", "--json", "inbox"},
                                                                 {"inbox", "--json", "--as=bo"}}) {
    const auto line = Parse(words);
    ASSERT_TRUE(line.ok()) << line.status();
    EXPECT_EQ(line->arguments.Text("as"), "bo");
    EXPECT_TRUE(line->arguments.Has("json"));
  }
}

TEST(CommandLineTest, AnOptionalValueNeverTakesTheNextWord) {
  const auto line = Parse({"status", "--json", "MEDIA-1"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->arguments.Text("SPEC"), "MEDIA-1");
  EXPECT_EQ(line->arguments.Text("json"), "");
  const auto fields = Parse({"status", "MEDIA-1", "--json=key,state"});
  ASSERT_TRUE(fields.ok()) << fields.status();
  EXPECT_EQ(fields->arguments.Text("json"), "key,state");
}

TEST(CommandLineTest, RepeatedFlagsKeepTheirOrder) {
  const auto line = Parse({"submit", "a.md", "b.md", "--reviewer", "bo", "--reviewer", "dee"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(line->arguments.List("reviewer"), ElementsAre("bo", "dee"));
  EXPECT_THAT(line->arguments.List("PATH"), ElementsAre("a.md", "b.md"));
}

TEST(CommandLineTest, TextsMayLookLikeAnything) {
  const auto line = Parse({"comment", "MEDIA-1", "-m", "it's 5 %; `rm -rf` = no"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->arguments.Text("message"), "it's 5 %; `rm -rf` = no");
}

TEST(CommandLineTest, AfterTwoDashesEverythingIsAnArgument) {
  const auto line = Parse({"concern", "raise", "-m", "text", "--", "MEDIA-1", "--key rotation"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->arguments.Text("SPEC"), "MEDIA-1");
  EXPECT_EQ(line->arguments.Text("NAME"), "--key rotation");
  EXPECT_FALSE(Parse({"status", "--", "MEDIA-1", "--json"}).ok());
}

TEST(CommandLineTest, ACommandsNameIsAWordLikeAnyOtherAfterTheCommand) {
  const auto line = Parse({"meeting", "outcome", "2026-12-10-media", "MEDIA-1", "defer", "--why",
                           "waits", "--until", "2027-02-01", "--for", "status"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->command->name, "meeting outcome");
  EXPECT_EQ(line->arguments.Text("OUTCOME"), "defer");
  EXPECT_EQ(line->arguments.Text("for"), "status");
}

TEST(CommandLineTest, AUsageErrorNamesWhatIsMissing) {
  EXPECT_THAT(ErrorOf({"decision", "reject", "MEDIA-1"}), HasSubstr("needs --why"));
  EXPECT_THAT(ErrorOf({"view"}), HasSubstr("needs SPEC"));
  EXPECT_THAT(ErrorOf({"defer", "MEDIA-1", "--for", "x"}), HasSubstr("needs --until DATE"));
}

TEST(CommandLineTest, AUsageErrorNamesWhatIsUnknown) {
  EXPECT_THAT(ErrorOf({"sbmit"}), HasSubstr("no command `sbmit`"));
  EXPECT_THAT(ErrorOf({"submit", "--drafty"}), HasSubstr("no flag `--drafty`"));
  EXPECT_THAT(ErrorOf({"meeting", "lst"}), HasSubstr("`gavel meeting` has no command `lst`"));
  EXPECT_THAT(ErrorOf({"--no-such", "inbox"}), HasSubstr("no flag `--no-such`"));
  EXPECT_THAT(ErrorOf({"inbox", "extra"}), HasSubstr("no argument `extra`"));
  EXPECT_THAT(ErrorOf({"sub"}), HasSubstr("no command `sub`"));  // No prefix abbreviations.
}

TEST(CommandLineTest, HelpWinsOverWhatIsMissing) {
  const auto line = Parse({"decision", "reject", "--help"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_TRUE(line->help);
  EXPECT_EQ(line->help_topic, "decision reject");
  EXPECT_TRUE(Parse({})->help);
  EXPECT_TRUE(Parse({"meeting"})->help);
  EXPECT_EQ(Parse({"meeting", "--help"})->help_topic, "meeting");
}

TEST(HelpTest, EveryCommandHasASummaryAnExampleAndADescribedArgument) {
  const std::vector<Command> commands = AllCommands();
  for (const Command& command : commands) {
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_THAT(command.example, HasSubstr("gavel " + command.name)) << command.name;
    EXPECT_THAT(HelpText(commands, command.name), HasSubstr("Usage: gavel " + command.name));
    for (const Positional& positional : command.positionals) {
      EXPECT_FALSE(positional.help.empty()) << command.name << " " << positional.name;
    }
  }
}

TEST(CommandLineTest, AMisspeltWordGetsTheNearest) {
  EXPECT_THAT(ErrorOf({"sbmit"}), HasSubstr("Did you mean `submit`?"));
  EXPECT_THAT(ErrorOf({"meeting", "agnda"}), HasSubstr("Did you mean `agenda`?"));
  EXPECT_THAT(ErrorOf({"submit", "--alow-dirty"}), HasSubstr("Did you mean `--allow-dirty`?"));
  EXPECT_THAT(ErrorOf({"inbox", "--jsno=key"}), HasSubstr("Did you mean `--json`?"));
  EXPECT_THAT(ErrorOf({"--servr=x", "inbox"}), HasSubstr("Did you mean `--server`?"));
  EXPECT_THAT(ErrorOf({"xyzzy"}), Not(HasSubstr("Did you mean")));
}

TEST(CommandLineTest, HelpIsAlsoACommand) {
  EXPECT_EQ(Parse({"help"})->help_topic, "");
  EXPECT_EQ(Parse({"help", "submit"})->help_topic, "submit");
  EXPECT_EQ(Parse({"help", "rules", "envelope", "check"})->help_topic, "rules envelope check");
  EXPECT_EQ(Parse({"help", "meeting", "--help"})->help_topic, "meeting");
  EXPECT_TRUE(Parse({"help", "submit"})->help);
  EXPECT_THAT(ErrorOf({"help", "sbmit"}), HasSubstr("Did you mean `submit`?"));
}

TEST(CommandLineTest, ShortHelpStandsAnywhere) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"-h", "meeting", "show"}, {"meeting", "show", "-h"}, {"meeting", "show", "x", "-h"}}) {
    const auto line = Parse(words);
    ASSERT_TRUE(line.ok()) << line.status();
    EXPECT_TRUE(line->help);
    EXPECT_EQ(line->help_topic, "meeting show");
  }
}

TEST(HelpTest, TheOverviewIsLaidOutAsDesigned) {
  EXPECT_EQ(HelpText(AllCommands(), ""),
            R"(Move a tech spec from your repo to a recorded decision.

AUTHOR    new  check  submit  status  which  pull-back  defer  resume  withdraw  reopen
REVIEW    inbox  view  diff  comment  concern  position  request  reviewers  away
MEETING   meeting  decision  health
TOOLS     rules  explain  watch  notify  auth  config  completion  lsp  doctor  api

Start here:   gavel new "Shared work queue"   then   gavel check   then   gavel submit
Docs: https://gavel.dev/docs   Help on one: gavel submit --help
)");
}

TEST(HelpTest, NothingIsWiderThanTheTerminal) {
  const std::vector<Command> commands = AllCommands();
  std::vector<std::string> topics = {"meeting", "rules"};
  for (const Command& command : commands) topics.push_back(command.name);
  for (const std::string& topic : topics) {
    std::istringstream lines(HelpText(commands, topic, 100));
    for (std::string line; std::getline(lines, line);) {
      const bool ours = line.starts_with("  ") && !line.starts_with("  gavel ");
      EXPECT_TRUE(!ours || line.size() <= 106) << topic << ": " << line;  // Some bytes are UTF-8.
    }
  }
}

}  // namespace
}  // namespace gavel::cli
