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

namespace gavel::cli {
namespace {

const std::vector<Flag>& Globals() {
  static const std::vector<Flag> flags = {
      {"--json", "FIELD,…", "the API message as JSON; with fields, only those",
       FlagKind::kOptionalValue},
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

absl::Status Unknown(const std::string& topic, std::string_view what, const std::string& word) {
  const bool flag = word.size() > 1 && word.front() == '-';
  return UsageError(fmt::format("`{}` has no {} `{}`. See: {} --help", WhereIs(topic),
                                flag ? "flag" : what, word, WhereIs(topic)));
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
    return Unknown(name, "command", words[count]);
  }
  return Unknown("", "command", words.front());
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
  if (!app.remaining().empty()) return Unknown(command.name, "argument", app.remaining().front());
  return CheckRequired(command, arguments);
}

}  // namespace

std::span<const Flag> GlobalFlags() { return Globals(); }

absl::StatusOr<CommandLine> ParseCommandLine(std::span<const Command> commands,
                                             std::vector<std::string> words) {
  CommandLine line;
  GAVEL_ASSIGN_OR_RETURN(words, ParseFront(std::move(words), line.arguments));
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
