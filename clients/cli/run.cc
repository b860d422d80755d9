#include "clients/cli/run.h"

#include <algorithm>
#include <memory>

#include "clients/cli/command_line.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/completion/reply.h"
#include "clients/cli/help/help.h"
#include "clients/cli/help/man_page.h"
#include "clients/cli/output/jq.h"
#include "clients/cli/output/json_fields.h"
#include "clients/cli/output/output.h"
#include "clients/cli/output/print_error.h"
#include "clients/cli/output/terminal_width.h"
#include "clients/cli/session.h"
#include "clients/cli/settings/config.h"
#include "clients/cli/version.h"

namespace gavel::cli {
namespace {

constexpr int kWidestHelp = 100;  // Longer lines are hard to read.

// NO_COLOR and --no-color win over CLICOLOR_FORCE, which wins over the terminal.
bool WantsColor(const Arguments& arguments, const Environment& environment) {
  if (arguments.Has("no-color") || !environment.Get("NO_COLOR").empty()) return false;
  const std::string force = environment.Get("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return environment.stdout_terminal && environment.Get("TERM") != "dumb";
}

std::vector<std::string> FieldsOf(const std::string& list) {
  std::vector<std::string> fields;
  for (size_t at = 0; at < list.size();) {
    const size_t comma = std::min(list.find(',', at), list.size());
    if (comma > at) fields.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return fields;
}

OutputOptions OutputOptionsOf(const Arguments& arguments, const Environment& environment,
                              const std::string& command, Jq* jq) {
  return {.json = arguments.Has("json") || arguments.Has("jq"),
          .fields = FieldsOf(arguments.Text("json")),
          .fields_checked = HasKnownFields(command),
          .jq = jq,
          .quiet = arguments.Has("quiet"),
          .terminal = environment.stdout_terminal,
          .color = WantsColor(arguments, environment),
          .progress = environment.stderr_terminal && environment.Get("TERM") != "dumb"};
}

ExitCode Fail(Output& output, const absl::Status& status) {
  PrintError(output, status);
  return ExitCodeOf(status);
}

// `out` is where `output` goes.
ExitCode RunCommand(const CommandLine& line, const Environment& environment, std::istream& in,
                    const std::ostream& out, Output& output) {
  const absl::Status known = CheckFields(line.command->name, output.options().fields);
  if (!known.ok()) return Fail(output, known);
  auto config = LoadConfig(line.arguments, environment, line.command->in_checkout ? "." : "");
  if (!config.ok() && line.command->needs_config) return Fail(output, config.status());
  Session session(line.arguments, std::move(config), environment, output, in);
  const auto code = line.command->run(session);
  // Else the command is to be run again, and what it has done must not be done twice.
  output.Flush();
  const bool unanswered = !code.ok() && ExitCodeOf(code.status()) == ExitCode::kUnreachable;
  if (out.good() && !unanswered) session.ForgetAnswered();
  if (!code.ok()) return Fail(output, code.status());
  // The command is done; that its answer could not be shown as asked is an error all the same.
  if (!output.filter_status().ok()) return Worst(*code, Fail(output, output.filter_status()));
  return *code;
}

// Nothing without --jq.
absl::StatusOr<std::unique_ptr<Jq>> JqOf(const Arguments& arguments) {
  if (!arguments.Has("jq")) return nullptr;
  return Jq::Compile(arguments.Text("jq"));
}

// Where the words do not parse, too, an error has the form that is asked for.
bool MentionsJson(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "--json" || word.starts_with("--json=") || word == "--jq";
  });
}

// What shells and the build ask. True where `words` are such a question and no command line.
bool AnswerPrograms(const std::vector<Command>& commands, const std::vector<std::string>& words,
                    const Environment& environment, std::ostream& out) {
  if (words.empty()) return false;
  if (words.front() == kCompleteWord) {
    out << CompletionReply(commands, environment, {words.begin() + 1, words.end()});
  } else if (words.front() == kManWord && words.size() > 1) {
    out << ManPage(commands, words[1]);
  } else if (words.front() == kManWord) {
    for (const std::string& name : ManPageNames(commands)) out << name << '\n';
  } else {
    return false;
  }
  return true;
}

}  // namespace

ExitCode Run(const std::vector<std::string>& words, const Environment& environment,
             std::istream& in, std::ostream& out, std::ostream& err) {
  const std::vector<Command> commands = AllCommands();
  if (AnswerPrograms(commands, words, environment, out)) return ExitCode::kDone;
  const auto line = ParseCommandLine(commands, words);
  if (!line.ok()) {
    Output plain({.json = MentionsJson(words)}, out, err);
    return Fail(plain, line.status());
  }
  const auto jq = JqOf(line->arguments);
  const std::string command = line->command == nullptr ? "" : line->command->name;
  Output output(
      OutputOptionsOf(line->arguments, environment, command, jq.ok() ? jq->get() : nullptr), out,
      err);
  if (!jq.ok()) return Fail(output, jq.status());
  if (line->version) {
    out << "gavel " << kVersion << '\n';
    return ExitCode::kDone;
  }
  if (line->help) {
    const int width = environment.stdout_terminal ? TerminalWidth() : kWidestHelp;
    out << HelpText(commands, line->help_topic, std::min(width, kWidestHelp));
    return ExitCode::kDone;
  }
  return RunCommand(*line, environment, in, out, output);
}

}  // namespace gavel::cli
