// The only file that knows CLI11: it splits words into flags and positionals. What is required, and
// every sentence about it, comes from the command table, so that each wrong use is worded alike.
//
// Two steps: the flags before the command, then the command with an app of its own. With CLI11's
// subcommands instead, a positional that is also a command's name (`meeting outcome … defer`) would
// start that command.
#include "clients/cli/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/text/words.h"

namespace gavel::cli {
namespace {

const std::vector<Flag>& Globals() {
  static const std::vector<Flag> flags = {
      {"--json", "FIELD,…", "the API message as JSON; with fields, only those",
       FlagKind::kOptionalValue},
      {"--jq", "EXPRESSION", "that JSON through jq; texts as they are"},
      {"-q,--quiet", "", "no confirmations and hints", FlagKind::kSwitch},
      {"--no-color", "", "no colours (also NO_COLOR)", FlagKind::kSwitch},
      {"--no-input", "", "never ask", FlagKind::kSwitch},
      {"--server", "HOST:PORT", "the server (also GAVEL_SERVER)"},
      {"--timeout", "DURATION", "for one call with its retries; 10s"},
      {"--as", "NAME", "who you are, to a development server (also GAVEL_AS)"},
      {"--debug", "", "say what is sent where", FlagKind::kSwitch},
      {"-h,--help", "", "this text", FlagKind::kSwitch},
      {"--version", "", "the version", FlagKind::kSwitch},
  };
  return flags;
}

void AddFlag(CLI::App& app, const Flag& flag) {
  if (flag.kind == FlagKind::kSwitch || flag.kind == FlagKind::kOptionalValue) {
    app.add_flag(flag.names)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    return;
  }
  app.add_option(flag.names)
      ->expected(1)
      ->multi_option_policy(flag.kind == FlagKind::kList ? CLI::MultiOptionPolicy::TakeAll
                                                         : CLI::MultiOptionPolicy::TakeLast);
}

void AddGlobals(CLI::App& app) {
  app.set_help_flag();  // Ours is a flag like any other.
  for (const Flag& flag : Globals()) AddFlag(app, flag);
}

void AddPositional(CLI::App& app, const Positional& positional) {
  CLI::Option* option = app.add_option(positional.name);
  if (positional.arity == Arity::kOne || positional.arity == Arity::kOptional) return;
  option->expected(1, CLI::detail::expected_max_vector_size)
      ->allow_extra_args()
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

std::string WhereIs(const std::string& topic) { return topic.empty() ? "gavel" : "gavel " + topic; }

absl::Status Parse(CLI::App& app, const std::string& topic, std::vector<std::string> words) {
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back.
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return UsageError(fmt::format("{}. See: {} --help", error.what(), WhereIs(topic)));
  }
  return absl::OkStatus();
}

void Collect(const CLI::App& app, std::span<const Flag> flags, Arguments& arguments) {
  for (const Flag& flag : flags) {
    const CLI::Option* option = app.get_option_no_throw("--" + KeyOf(flag));
    if (option == nullptr || option->count() == 0) continue;
    std::vector<std::string> values = option->results();
    // CLI11 stores `true` for a flag without a value.
    if (flag.kind == FlagKind::kOptionalValue && values.back() == "true") values = {""};
    arguments.Set(KeyOf(flag), std::move(values));
  }
}

void CollectPositionals(const CLI::App& app, const Command& command, Arguments& arguments) {
  for (const Positional& positional : command.positionals) {
    const CLI::Option* option = app.get_option_no_throw(positional.name);
    if (option != nullptr && option->count() > 0) {
      arguments.Set(positional.name, option->results());
    }
  }
}

absl::Status CheckRequired(const Command& command, const Arguments& arguments) {
  for (const Positional& positional : command.positionals) {
    const bool needed = positional.arity == Arity::kOne || positional.arity == Arity::kSome;
    if (needed && !arguments.Has(positional.name)) {
      return UsageError(
          fmt::format("`gavel {}` needs {}: {}", command.name, positional.name, positional.help));
    }
  }
  for (const Flag& flag : command.flags) {
    if (flag.required && !arguments.Has(KeyOf(flag))) {
      return UsageError(fmt::format("`gavel {}` needs --{} {}: {}", command.name, KeyOf(flag),
                                    flag.value, flag.help));
    }
  }
  return absl::OkStatus();
}

absl::Status Unknown(const std::string& topic, std::string_view what, const std::string& word,
                     const std::vector<std::string>& known) {
  return UsageError(fmt::format("`{}` has no {} `{}`.{} See: {} --help", WhereIs(topic), what, word,
                                rules::DidYouMean(word, known), WhereIs(topic)));
}

bool IsFlag(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

// `--draft`, for every flag that may stand there.
std::vector<std::string> FlagNames(std::span<const Flag> own) {
  std::vector<std::string> names;
  for (const Flag& flag : own) names.push_back("--" + KeyOf(flag));
  for (const Flag& flag : Globals()) names.push_back("--" + KeyOf(flag));
  return names;
}

absl::Status UnknownFlag(const std::string& topic, const std::string& word,
                         std::span<const Flag> own) {
  return Unknown(topic, "flag", word.substr(0, word.find('=')), FlagNames(own));
}

// The words that may follow `noun`; of `gavel` alone where it is empty.
std::vector<std::string> NextWords(std::span<const Command> commands, const std::string& noun) {
  const std::string prefix = noun.empty() ? "" : noun + " ";
  std::vector<std::string> words;
  for (const Command& command : commands) {
    if (!command.name.starts_with(prefix)) continue;
    const std::string rest = command.name.substr(prefix.size());
    words.push_back(rest.substr(0, rest.find(' ')));
  }
  return words;
}

absl::Status UnknownCommand(std::span<const Command> commands, const std::string& noun,
                            const std::string& word) {
  if (IsFlag(word)) return UnknownFlag(noun, word, {});
  return Unknown(noun, "command", word, NextWords(commands, noun));
}

// The flags in front of the command; returns the words from the command on.
absl::StatusOr<std::vector<std::string>> ParseFront(std::vector<std::string> words,
                                                    Arguments& arguments) {
  CLI::App app("", "gavel");
  app.prefix_command();
  AddGlobals(app);
  GAVEL_RETURN_IF_ERROR(Parse(app, "", std::move(words)));
  Collect(app, Globals(), arguments);
  return app.remaining();
}

// The command that `words` begin with; a noun alone has no command.
struct Match {
  const Command* command = nullptr;
  std::string topic;
};

constexpr size_t kMostWords = 3;  // `rules envelope check`
constexpr char kHelpWord[] = "help";

std::string FirstWords(const std::vector<std::string>& words, size_t count) {
  return fmt::format("{}", fmt::join(words.begin(), words.begin() + static_cast<long>(count), " "));
}

bool IsNoun(std::span<const Command> commands, const std::string& name) {
  return std::any_of(commands.begin(), commands.end(),
                     [&](const Command& command) { return command.name.starts_with(name + " "); });
}

// The longest name wins: `rules audit list` is a command of the noun `rules audit`.
absl::StatusOr<Match> FindCommand(std::span<const Command> commands,
                                  const std::vector<std::string>& words) {
  for (size_t count = std::min(words.size(), kMostWords); count > 0; --count) {
    const std::string name = FirstWords(words, count);
    for (const Command& command : commands) {
      if (command.name == name) return Match{&command, name};
    }
    if (!IsNoun(commands, name)) continue;
    if (words.size() == count || words[count] == "-h" || words[count] == "--help") {
      return Match{nullptr, name};
    }
    return UnknownCommand(commands, name, words[count]);
  }
  return UnknownCommand(commands, "", words.front());
}

absl::Status ParseCommand(const Command& command, std::vector<std::string> words,
                          Arguments& arguments) {
  CLI::App app("", "gavel");
  app.allow_extras();
  AddGlobals(app);
  for (const Flag& flag : command.flags) AddFlag(app, flag);
  for (const Positional& positional : command.positionals) AddPositional(app, positional);
  GAVEL_RETURN_IF_ERROR(Parse(app, command.name, std::move(words)));
  Collect(app, Globals(), arguments);
  Collect(app, command.flags, arguments);
  CollectPositionals(app, command, arguments);
  if (arguments.Has("help") || arguments.Has("version")) return absl::OkStatus();
  std::vector<std::string> extra = app.remaining();
  std::erase(extra, "--");  // The end of the flags: CLI11 obeys it, and keeps it.
  if (!extra.empty()) {
    const std::string& word = extra.front();
    if (IsFlag(word)) return UnknownFlag(command.name, word, command.flags);
    return Unknown(command.name, "argument", word, {});
  }
  return CheckRequired(command, arguments);
}

// `help`, `help submit`, `help meeting show`: as `submit --help`.
absl::StatusOr<CommandLine> ParseHelp(std::span<const Command> commands,
                                      std::vector<std::string> words) {
  words.erase(words.begin());
  std::erase_if(words, IsFlag);
  CommandLine line;
  line.help = true;
  if (words.empty()) return line;
  GAVEL_ASSIGN_OR_RETURN(const Match match, FindCommand(commands, words));
  line.help_topic = match.topic;
  return line;
}

}  // namespace

std::span<const Flag> GlobalFlags() { return Globals(); }

absl::StatusOr<CommandLine> ParseCommandLine(std::span<const Command> commands,
                                             std::vector<std::string> words) {
  CommandLine line;
  GAVEL_ASSIGN_OR_RETURN(words, ParseFront(std::move(words), line.arguments));
  if (!words.empty() && words.front() == kHelpWord) return ParseHelp(commands, std::move(words));
  if (!words.empty()) {
    GAVEL_ASSIGN_OR_RETURN(const Match match, FindCommand(commands, words));
    line.command = match.command;
    line.help_topic = match.topic;
  }
  if (line.command != nullptr) {
    const auto own = std::count(line.help_topic.begin(), line.help_topic.end(), ' ') + 1;
    words.erase(words.begin(), words.begin() + own);
    GAVEL_RETURN_IF_ERROR(ParseCommand(*line.command, std::move(words), line.arguments));
  }
  line.version = line.arguments.Has("version");
  line.help = line.arguments.Has("help") || line.command == nullptr;
  return line;
}

}  // namespace gavel::cli
