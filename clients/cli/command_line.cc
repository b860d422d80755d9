// The only file that knows CLI11: it splits words into flags and positionals. What is required, and
// every sentence about it, comes from the command table, so that each wrong use is worded alike.
#include "clients/cli/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>
#include <memory>

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

void AddPositional(CLI::App& app, const Positional& positional) {
  CLI::Option* option = app.add_option(positional.name);
  if (positional.arity == Arity::kOne || positional.arity == Arity::kOptional) return;
  option->expected(1, CLI::detail::expected_max_vector_size)
      ->allow_extra_args()
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
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

// The words of the subcommands that were recognised: `meeting list`.
std::string TopicOf(const CLI::App& root) {
  std::string topic;
  const CLI::App* app = &root;
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    topic += (topic.empty() ? "" : " ") + app->get_name();
  }
  return topic;
}

absl::Status UnknownWords(const std::string& topic, const std::vector<std::string>& words) {
  const std::string where = topic.empty() ? "gavel" : "gavel " + topic;
  const std::string& word = words.front();
  const bool flag = word.size() > 1 && word.front() == '-';
  return UsageError(fmt::format("`{}` has no {} `{}`. See: {} --help", where,
                                flag ? "flag" : (topic.empty() ? "command" : "argument"), word,
                                where));
}

// Owns the CLI11 tree of one parse.
class Parser {
 public:
  explicit Parser(std::span<const Command> commands) : root_("", "gavel") {
    root_.set_help_flag();
    root_.fallthrough();
    root_.allow_extras();
    for (const Flag& flag : Globals()) AddFlag(root_, flag);
    for (const Command& command : commands) {
      CLI::App* app = AppFor(command.name);
      for (const Flag& flag : command.flags) AddFlag(*app, flag);
      for (const Positional& positional : command.positionals) AddPositional(*app, positional);
      apps_[app] = &command;
    }
  }

  absl::Status Parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back.
    try {
      root_.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
      return UsageError(fmt::format("{}. See: gavel {}--help", error.what(),
                                    TopicOf(root_).empty() ? "" : TopicOf(root_) + " "));
    }
    return absl::OkStatus();
  }

  const CLI::App& root() const { return root_; }

  const CLI::App& chosen() const {
    const CLI::App* app = &root_;
    while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    return *app;
  }

  const Command* command() const {
    const auto found = apps_.find(&chosen());
    return found == apps_.end() ? nullptr : found->second;
  }

 private:
  // `concern raise` hangs `raise` below `concern`.
  CLI::App* AppFor(const std::string& name) {
    const size_t space = name.find(' ');
    if (space == std::string::npos) return root_.add_subcommand(name);
    CLI::App*& noun = nouns_[name.substr(0, space)];
    if (noun == nullptr) noun = root_.add_subcommand(name.substr(0, space));
    return noun->add_subcommand(name.substr(space + 1));
  }

  CLI::App root_;
  std::map<std::string, CLI::App*> nouns_;
  std::map<const CLI::App*, const Command*> apps_;
};

}  // namespace

std::span<const Flag> GlobalFlags() { return Globals(); }

absl::StatusOr<CommandLine> ParseCommandLine(std::span<const Command> commands,
                                             std::vector<std::string> words) {
  Parser parser(commands);
  GAVEL_RETURN_IF_ERROR(parser.Parse(std::move(words)));
  CommandLine line;
  line.command = parser.command();
  line.help_topic = TopicOf(parser.root());
  Collect(parser.root(), Globals(), line.arguments);
  line.version = line.arguments.Has("version");
  const std::vector<std::string> unknown = parser.root().remaining(true);
  line.help = line.arguments.Has("help") || (line.command == nullptr && unknown.empty());
  if (line.help || line.version) return line;
  if (!unknown.empty()) return UnknownWords(line.help_topic, unknown);
  Collect(parser.chosen(), line.command->flags, line.arguments);
  CollectPositionals(parser.chosen(), *line.command, line.arguments);
  GAVEL_RETURN_IF_ERROR(CheckRequired(*line.command, line.arguments));
  return line;
}

}  // namespace gavel::cli
