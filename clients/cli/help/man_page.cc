// scdoc(5): `# HEADING`, `*bold*`, `_underlined_`, a tab in front for what stands below a term.
#include "clients/cli/help/man_page.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "clients/cli/command_line.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/help/help.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

struct Term {
  std::string_view name;
  std::string_view text;
};

constexpr std::string_view kPrefix = "gavel-";

constexpr std::array<Term, 11> kExitCodes = {
    {{"0", "Done; or the answer asked for is \"good\"."},
     {"1", "The answer is \"no\": findings, returned to its author, rejected, different."},
     {"2", "Usage or configuration; nothing was sent."},
     {"3", "Server unreachable, overloaded or too slow; safe to run again."},
     {"4", "Sign in, or not allowed."},
     {"5",
      "Refused by the state of things: dirty file, somebody was faster, not allowed in this "
      "state."},
     {"6", "No such thing."},
     {"7", "The server refused the spec as unreadable; nothing was stored."},
     {"8", "Still pending, under --exit-status or --wait."},
     {"70", "A bug of gavel."},
     {"130", "Ctrl-C."}}};

constexpr std::array<Term, 10> kVariables = {
    {{"GAVEL_SERVER", "The server, as --server."},
     {"GAVEL_TOKEN_FILE", "File with the token that says who you are."},
     {"GAVEL_TOKEN", "The token itself. Second best: other processes can read the environment."},
     {"GAVEL_AS", "Who you are, to a development server."},
     {"GAVEL_CONFIG_DIR", "Folder of client.yaml."},
     {"NO_COLOR", "No colours, whatever its value."},
     {"CLICOLOR_FORCE", "Colours even where stdout is no terminal."},
     {"PAGER", "Shows long text on a terminal; less -FIRX by default."},
     {"CI", "Set: nothing is ever asked."},
     {"XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
      "Where settings, pending requests and fetched policies lie."}}};

constexpr std::array<Term, 3> kFiles = {
    {{".gavel.yaml",
      "In the top folder of a repository: area, template, specs, base, repository, server. Never a "
      "token or a person."},
     {"~/.config/gavel/client.yaml", "Your settings: server, token_file, as, timeout."},
     {"/etc/gavel/client.yaml", "The machine's settings, where yours say nothing."}}};

// `text` with what scdoc would take for markup within a line made plain.
std::string Inline(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == '*' || c == '_' || c == '\\') plain += '\\';
    plain += c;
  }
  return plain;
}

// The same at the start of a line, where more characters mean something.
std::string Plain(std::string_view text) {
  constexpr std::string_view kMarks = "#-.;|[]";
  const bool marks = !text.empty() && kMarks.find(text.front()) != std::string_view::npos;
  return (marks ? "\\" : "") + Inline(text);
}

std::string Bold(std::string_view text) { return "*" + Inline(text) + "*"; }
std::string Underlined(std::string_view text) { return "_" + Inline(text) + "_"; }

std::string Item(const std::string& term, std::string_view text) {
  return fmt::format("{}\n\t{}\n\n", term, Plain(text));
}

template <typename Terms>
std::string Section(std::string_view title, const Terms& terms) {
  std::string text = fmt::format("# {}\n\n", title);
  for (const Term& term : terms) text += Item(Bold(term.name), term.text);
  return text;
}

// `*-m*, *--message* _TEXT_`
std::string FlagTerm(const Flag& flag) {
  std::string term;
  if (const size_t comma = flag.names.find(','); comma != std::string::npos) {
    term = Bold(flag.names.substr(0, comma)) + ", ";
  }
  term += Bold("--" + KeyOf(flag));
  if (flag.kind == FlagKind::kSwitch) return term;
  if (flag.kind == FlagKind::kOptionalValue) return term + "[=" + Underlined(flag.value) + "]";
  return term + " " + Underlined(flag.value);
}

std::string FlagItems(std::span<const Flag> flags) {
  std::string text;
  for (const Flag& flag : flags) {
    std::string help = flag.help;
    if (flag.required) help += " (required)";
    if (flag.kind == FlagKind::kList) help += "; may be repeated";
    text += Item(FlagTerm(flag), help);
  }
  return text;
}

std::string Arguments(const Command& command) {
  std::string text;
  for (const Positional& positional : command.positionals) {
    text += Item(Underlined(positional.name), positional.help);
  }
  return text + FlagItems(command.flags);
}

std::string Heading(const std::string& name, std::string_view summary, std::string_view synopsis) {
  return fmt::format("{}(1)\n\n# NAME\n\n{} - {}\n\n# SYNOPSIS\n\n{}\n", name, Plain(name),
                     Plain(summary), synopsis);
}

std::string SynopsisOf(const std::vector<const Command*>& commands) {
  std::string text;
  for (const Command* command : commands) {
    const size_t words = std::string_view("gavel ").size() + command->name.size();
    const std::string usage = UsageOf(*command);
    text += Bold(usage.substr(0, words)) + Inline(usage.substr(words)) + "\n\n";
  }
  return text;
}

// Without its full stop: a name section is a phrase.
std::string Phrase(std::string summary) {
  if (summary.ends_with('.')) summary.pop_back();
  return summary;
}

std::string PageOfCommand(const std::string& name, const Command& command) {
  std::string text = Heading(name, Phrase(command.summary), SynopsisOf({&command}));
  text += "# DESCRIPTION\n\n" + Plain(command.summary) + "\n\n";
  const std::string arguments = Arguments(command);
  if (!arguments.empty()) text += "# OPTIONS\n\n" + arguments;
  return text + "# EXAMPLE\n\n\t" + Plain(command.example) + "\n\n";
}

std::string PageOfNoun(const std::string& name, const std::vector<const Command*>& commands) {
  const std::string noun = name.substr(kPrefix.size());
  std::string text = Heading(name, "the commands of gavel " + noun, SynopsisOf(commands));
  text += "# COMMANDS\n\n";
  for (const Command* command : commands) {
    text += fmt::format("## gavel {}\n\n{}\n\n{}", command->name, Plain(command->summary),
                        Arguments(*command));
    text += "Example:\n\n\t" + Plain(command->example) + "\n\n";
  }
  return text;
}

std::string FirstWord(const Command& command) {
  return command.name.substr(0, command.name.find(' '));
}

std::string Overview(std::span<const Command> commands) {
  std::string text = Heading("gavel", "move a tech spec from your repo to a recorded decision",
                             "*gavel* _COMMAND_ [FLAGS]\n\n*gavel* _COMMAND_ *--help*\n");
  text += "\n# COMMANDS\n\nEach has a page of its own, as gavel-submit(1).\n\n";
  for (const auto& [group, title] : kHelpGroups) {
    text += fmt::format("## {}\n\n", title);
    for (const Command& command : commands) {
      if (command.group == group) text += Item(Bold("gavel " + command.name), command.summary);
    }
  }
  text += "# OPTIONS\n\nFor every command:\n\n" + FlagItems(GlobalFlags());
  text += Section("EXIT STATUS", kExitCodes);
  text += "They are the same in every output format, and warnings never change them.\n\n";
  text += Section("ENVIRONMENT", kVariables);
  text += Section("FILES", kFiles);
  text += "# EXAMPLE\n\n\tgavel new \"Shared work queue\"\n\n\tgavel check\n\n\tgavel submit\n\n";
  return text + "# SEE ALSO\n\n_https://gavel.dev/docs_\n";
}

}  // namespace

std::vector<std::string> ManPageNames(std::span<const Command> commands) {
  std::vector<std::string> names = {"gavel"};
  for (const Command& command : commands) {
    const std::string name = std::string(kPrefix) + FirstWord(command);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string ManPage(std::span<const Command> commands, const std::string& name) {
  if (name == "gavel") return Overview(commands);
  std::vector<const Command*> own;
  for (const Command& command : commands) {
    if (name == std::string(kPrefix) + FirstWord(command)) own.push_back(&command);
  }
  if (own.empty()) return "";
  const bool is_noun = own.size() > 1 || own.front()->name.find(' ') != std::string::npos;
  std::string text = is_noun ? PageOfNoun(name, own) : PageOfCommand(name, *own.front());
  text += "Flags of every command, environment and files are in *gavel*(1).\n\n";
  text += Section("EXIT STATUS", kExitCodes);
  return text + "# SEE ALSO\n\n*gavel*(1)\n";
}

}  // namespace gavel::cli
