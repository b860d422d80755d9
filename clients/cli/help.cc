#include "clients/cli/help.h"

#include <algorithm>
#include <array>
#include <utility>

#include "clients/cli/command_line.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

constexpr std::array<std::pair<Group, const char*>, 4> kGroups = {{{Group::kAuthor, "AUTHOR"},
                                                                   {Group::kReview, "REVIEW"},
                                                                   {Group::kMeeting, "MEETING"},
                                                                   {Group::kTools, "TOOLS"}}};

std::string FirstWord(const std::string& name) { return name.substr(0, name.find(' ')); }

// Each noun once, in table order.
std::string WordsOf(std::span<const Command> commands, Group group) {
  std::vector<std::string> words;
  for (const Command& command : commands) {
    if (command.group != group) continue;
    const std::string word = FirstWord(command.name);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : "  ") + word;
  return line;
}

std::string Overview(std::span<const Command> commands) {
  std::string text = "Move a tech spec from your repo to a recorded decision.\n\n";
  for (const auto& [group, title] : kGroups) {
    text += fmt::format("{:<8}{}\n", title, WordsOf(commands, group));
  }
  text +=
      "\nStart here:   gavel new \"Shared work queue\"   then   gavel check   then   gavel submit\n"
      "Help on one:  gavel submit --help\n";
  return text;
}

std::string Shown(const Positional& positional) {
  switch (positional.arity) {
    case Arity::kOne:
      return positional.name;
    case Arity::kOptional:
      return "[" + positional.name + "]";
    case Arity::kAny:
      return "[" + positional.name + "…]";
    case Arity::kSome:
      return positional.name + "…";
  }
  return positional.name;
}

std::string Shown(const Flag& flag) {
  std::string names = flag.names;
  if (const size_t comma = names.find(','); comma != std::string::npos)
    names.insert(comma + 1, " ");
  if (flag.kind == FlagKind::kSwitch) return names;
  if (flag.kind == FlagKind::kOptionalValue) return names + "[=" + flag.value + "]";
  return names + " " + flag.value;
}

std::string Usage(const Command& command) {
  std::string line = "gavel " + command.name;
  for (const Positional& positional : command.positionals) line += " " + Shown(positional);
  for (const Flag& flag : command.flags) {
    if (flag.required) line += " " + Shown(flag);
  }
  const bool optional = std::any_of(command.flags.begin(), command.flags.end(),
                                    [](const Flag& flag) { return !flag.required; });
  return line + (optional ? " [FLAGS]" : "");
}

size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Row(const std::string& left, const std::string& right) {
  constexpr size_t kColumn = 28;
  const size_t width = Width(left);
  if (width + 2 > kColumn) return fmt::format("  {}\n{:{}}{}\n", left, "", kColumn + 2, right);
  return fmt::format("  {}{:{}}{}\n", left, "", kColumn - width, right);
}

std::string FlagRows(std::span<const Flag> flags) {
  std::string text;
  for (const Flag& flag : flags) {
    std::string help = flag.help;
    if (flag.required) help += " (required)";
    if (flag.kind == FlagKind::kList) help += "; may be repeated";
    text += Row(Shown(flag), help);
  }
  return text;
}

std::string HelpOn(const Command& command) {
  std::string text = fmt::format("{}\n\nUsage: {}\n", command.summary, Usage(command));
  if (!command.positionals.empty()) {
    text += "\nArguments:\n";
    for (const Positional& positional : command.positionals) {
      text += Row(positional.name, positional.help);
    }
  }
  if (!command.flags.empty()) text += "\nFlags:\n" + FlagRows(command.flags);
  text += "\nFlags of every command:\n" + FlagRows(GlobalFlags());
  if (!command.example.empty()) text += "\nExample:\n  " + command.example + "\n";
  return text;
}

std::string HelpOnNoun(std::span<const Command> commands, const std::string& noun) {
  std::string text = fmt::format("Usage: gavel {} COMMAND …\n\n", noun);
  for (const Command& command : commands) {
    if (command.name.starts_with(noun + " ")) text += Row(command.name, command.summary);
  }
  return text + fmt::format("\nHelp on one:  gavel {} COMMAND --help\n", noun);
}

}  // namespace

std::string HelpText(std::span<const Command> commands, const std::string& topic) {
  if (topic.empty()) return Overview(commands);
  for (const Command& command : commands) {
    if (command.name == topic) return HelpOn(command);
  }
  return HelpOnNoun(commands, topic);
}

}  // namespace gavel::cli
