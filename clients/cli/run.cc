#include "clients/cli/run.h"

#include "clients/cli/command_line.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/config.h"
#include "clients/cli/help.h"
#include "clients/cli/output.h"
#include "clients/cli/print_error.h"
#include "clients/cli/session.h"
#include "clients/cli/version.h"

namespace gavel::cli {
namespace {

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

OutputOptions OutputOptionsOf(const Arguments& arguments, const Environment& environment) {
  return {.json = arguments.Has("json"),
          .fields = FieldsOf(arguments.Text("json")),
          .quiet = arguments.Has("quiet"),
          .terminal = environment.stdout_terminal,
          .color = WantsColor(arguments, environment),
          .progress = environment.stderr_terminal && environment.Get("TERM") != "dumb"};
}

ExitCode Fail(Output& output, const absl::Status& status) {
  PrintError(output, status);
  return ExitCodeOf(status);
}

ExitCode RunCommand(const CommandLine& line, const Environment& environment, std::istream& in,
                    Output& output) {
  auto config = LoadConfig(line.arguments, environment, ".");
  if (!config.ok()) return Fail(output, config.status());
  Session session(line.arguments, *std::move(config), environment, output, in);
  const auto code = line.command->run(session);
  return code.ok() ? *code : Fail(output, code.status());
}

}  // namespace

ExitCode Run(const std::vector<std::string>& words, const Environment& environment,
             std::istream& in, std::ostream& out, std::ostream& err) {
  const std::vector<Command> commands = AllCommands();
  const auto line = ParseCommandLine(commands, words);
  if (!line.ok()) {
    Output plain({}, out, err);
    return Fail(plain, line.status());
  }
  Output output(OutputOptionsOf(line->arguments, environment), out, err);
  if (line->version) {
    out << "gavel " << kVersion << '\n';
    return ExitCode::kDone;
  }
  if (line->help) {
    out << HelpText(commands, line->help_topic);
    return ExitCode::kDone;
  }
  return RunCommand(*line, environment, in, output);
}

}  // namespace gavel::cli
