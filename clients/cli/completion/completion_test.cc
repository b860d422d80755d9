#include "clients/cli/completion/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/command_line.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/completion/reply.h"
#include "clients/cli/words/value_kind.h"

namespace gavel::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

using Words = std::vector<std::string>;

const std::vector<Command>& Table() {
  static const std::vector<Command> commands = AllCommands();
  return commands;
}

// What a server with two specs, two people and one concern would list.
std::vector<Candidate> List(ValueKind kind, const TypedValues& typed) {
  switch (kind) {
    case ValueKind::kSpec:
      return {{"MEDIA-42", "Upload retries"}, {"PLAT-7", "Cache tiers"}};
    case ValueKind::kPerson:
      return {{"ana", "Ana"}, {"bo", "Bo"}};
    case ValueKind::kState:
      return {{"queued", ""}, {"approved", ""}};
    case ValueKind::kConcern:
      return {{"key rotation of " + typed.at("SPEC"), "blocking"}};
    default:
      return {};
  }
}

Words Values(const Words& words) {
  Words values;
  for (const Candidate& candidate : Complete(Table(), words, List).candidates) {
    values.push_back(candidate.value);
  }
  return values;
}

struct Row {
  const char* name;
  Words words;
  Words expected;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class CompleteTest : public testing::TestWithParam<Row> {};

TEST_P(CompleteTest, OffersExactly) { EXPECT_EQ(Values(GetParam().words), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Lines, CompleteTest,
    testing::Values(
        Row{"a command", {"pull"}, {"pull-back"}},
        Row{"a command of a noun", {"concern", "re"}, {"resolve"}},
        Row{"a noun of a noun", {"rules", "env"}, {"envelope"}},
        Row{"the third word", {"rules", "envelope", ""}, {"check"}},
        Row{"flags before the command", {"--as", "bo", "--json", "which"}, {"which"}},
        Row{"a person as a flag's value", {"--as", "a"}, {"ana"}},
        Row{"a person with an at sign", {"away", "--delegate", "@b"}, {"@bo"}},
        Row{"a spec's key in lower case", {"view", "media"}, {"MEDIA-42"}},
        Row{"the value behind an equals sign", {"submit", "--wait=ap"}, {"--wait=approved"}},
        Row{"the last of a list", {"submit", "--wait=queued,ap"}, {"--wait=queued,approved"}},
        Row{"words of a flag",
            {"meeting", "packet", "next", "--format", ""},
            {"md", "html", "eml"}},
        Row{"words of a positional",
            {"reviewers", "MEDIA-42", ""},
            {"add", "release", "presenter"}},
        Row{"a value that knows the spec",
            {"concern", "answer", "PLAT-7", "key"},
            {"key rotation of PLAT-7"}},
        Row{"a positional after a flag's value",
            {"position", "-m", "approve", "MEDIA-42", "no"},
            {"no-objection"}},
        Row{"a text", {"comment", "MEDIA-42", "-m", ""}, {}},
        Row{"no flag behind the separator", {"view", "--", "--con"}, {}},
        Row{"nothing behind the last positional", {"view", "MEDIA-42", ""}, {}},
        Row{"an unknown command", {"sbmit", ""}, {}},
        Row{"help", {"help", "meeting", "ag"}, {"agenda"}}));

TEST(CompletionTest, AFlagThatIsGivenIsNotOfferedAgain) {
  EXPECT_THAT(Values({"submit", "--"}), IsSupersetOf({"--draft", "--reviewer", "--json"}));
  const Words after = Values({"submit", "--draft", "--reviewer", "bo", "--json=key", "--"});
  EXPECT_THAT(after, Not(Contains("--draft")));
  EXPECT_THAT(after, Not(Contains("--json")));
  EXPECT_THAT(after, Contains("--reviewer"));  // May be repeated.
  EXPECT_THAT(Values({"comment", "-m", "x", "--mes"}), IsEmpty());
}

TEST(CompletionTest, TheCommandsOwnFlagsComeFirst) {
  EXPECT_EQ(Values({"inbox", "--"}).front(), "--all");
}

TEST(CompletionTest, EveryCommandIsOfferedWithADescription) {
  for (const Command& command : Table()) {
    Words words = {""};
    std::string name = command.name;
    for (size_t blank; (blank = name.find(' ')) != std::string::npos;) {
      words.insert(words.end() - 1, name.substr(0, blank));
      name = name.substr(blank + 1);
    }
    if (command.group == Group::kHidden) continue;
    bool found = false;
    for (const Candidate& candidate : Complete(Table(), words, List).candidates) {
      if (candidate.value == name) found = !candidate.description.empty();
    }
    EXPECT_TRUE(found) << command.name;
  }
}

TEST(CompletionTest, FilesAreTheShellsToOffer) {
  EXPECT_EQ(Complete(Table(), {"submit", ""}, List).files, ShellFiles::kSpecs);
  EXPECT_EQ(Complete(Table(), {"rules", "publish", ""}, List).files, ShellFiles::kFolders);
  EXPECT_EQ(Complete(Table(), {"comment", "X-1", "-F", ""}, List).files, ShellFiles::kFiles);
  EXPECT_EQ(Complete(Table(), {"inbox", "--area", ""}, List).files, ShellFiles::kNone);
}

// Else completion would be silent where it could know something.
TEST(ValueKindTest, EveryValueOfTheTableIsInTheVocabulary) {
  for (const Flag& flag : GlobalFlags()) {
    EXPECT_TRUE(flag.value.empty() || IsKnownValue(flag.value)) << flag.names << " " << flag.value;
  }
  for (const Command& command : Table()) {
    for (const Flag& flag : command.flags) {
      EXPECT_TRUE(flag.value.empty() || IsKnownValue(flag.value))
          << command.name << " " << flag.names << " " << flag.value;
    }
    for (const Positional& positional : command.positionals) {
      const bool words = !positional.value.empty() || IsKnownValue(positional.name);
      EXPECT_TRUE(words && IsKnownValue(ValueOf(positional)))
          << command.name << " " << positional.name;
    }
  }
}

TEST(ValueKindTest, WordsOfAPositionalAreThoseOfItsHelp) {
  for (const Command& command : Table()) {
    for (const Positional& positional : command.positionals) {
      for (const std::string& word : MeaningOf(ValueOf(positional)).words) {
        EXPECT_THAT(positional.help, testing::HasSubstr(word)) << command.name;
      }
    }
  }
}

TEST(WithoutQuotesTest, UndoesWhatShellsQuote) {
  EXPECT_EQ(WithoutQuotes("plain"), "plain");
  EXPECT_EQ(WithoutQuotes("\"key rot"), "key rot");
  EXPECT_EQ(WithoutQuotes("key\\ rot"), "key rot");
  EXPECT_EQ(WithoutQuotes("'a\\b'\"c\\\"d\""), "a\\bc\"d");
  EXPECT_EQ(WithoutQuotes("it\\'s"), "it's");
  EXPECT_EQ(WithoutQuotes("\\"), "\\");
}

}  // namespace
}  // namespace gavel::cli
