#include "clients/cli/help/help.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "clients/cli/command_line.h"
#include "clients/cli/output/wrap.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

std::string FirstWord(const std::string& name) { return name.substr(0, name.find(' ')); }

size_t WidthOf(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// `left`, then `right` in a column of its own that starts at `column`, in lines of `width`; below
// `left` where that has no room beside it.
std::string Columns(const std::string& left, const std::string& right, size_t column, int width) {
  const size_t used = WidthOf(left);
  const bool beside = used + 2 <= column;
  std::string text = beside ? left + std::string(column - used, ' ') : left + "\n";
  bool first = beside;
  for (const std::string& line : Wrap(right, width - static_cast<int>(column))) {
    text += (first ? "" : std::string(column, ' ')) + line + "\n";
    first = false;
  }
  return text;
}

// As it is where it fits; else in lines of `width`, with single blanks.
std::string Wrapped(std::string_view text, int width) {
  if (WidthOf(text) <= static_cast<size_t>(width)) return std::string(text) + "\n";
  std::string lines;
  for (const std::string& line : Wrap(text, width)) lines += line + "\n";
  return lines;
}

// Each noun once, in table order.
std::vector<std::string> WordsOf(std::span<const Command> commands, Group group) {
  std::vector<std::string> words;
  for (const Command& command : commands) {
    if (command.group != group) continue;
    const std::string word = FirstWord(command.name);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

// The words in lines of `width`, two blanks between them.
std::string WordLines(const std::vector<std::string>& words, size_t column, int width) {
  std::string text;
  size_t used = column;
  for (const std::string& word : words) {
    if (used > column && used + 2 + word.size() > static_cast<size_t>(width)) {
      text += "\n" + std::string(column, ' ');
      used = column;
    }
    text += (used > column ? "  " : "") + word;
    used += word.size() + 2;
  }
  return text;
}

std::string Overview(std::span<const Command> commands, int width) {
  constexpr size_t kColumn = 10;
  constexpr std::string_view kWhat = "Move a tech spec from your repo to a recorded decision.";
  std::string text = Wrapped(kWhat, width) + "\n";
  for (const auto& [group, title] : kHelpGroups) {
    text += fmt::format("{:<{}}{}\n", title, kColumn,
                        WordLines(WordsOf(commands, group), kColumn, width));
  }
  constexpr std::string_view kStart =
      "Start here:   gavel new \"Shared work queue\"   then   gavel check   then   gavel submit";
  constexpr std::string_view kMore =
      "Docs: https://gavel.dev/docs   Help on one: gavel submit --help";
  return text + "\n" + Wrapped(kStart, width) + Wrapped(kMore, width);
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

std::string Row(const std::string& left, const std::string& right, int width) {
  constexpr size_t kColumn = 30;
  constexpr size_t kNarrowColumn = 8;
  const bool narrow = static_cast<size_t>(width) < 2 * kColumn;
  return Columns("  " + left, right, narrow ? kNarrowColumn : kColumn, width);
}

std::string FlagRows(std::span<const Flag> flags, int width) {
  std::string text;
  for (const Flag& flag : flags) {
    std::string help = flag.help;
    if (flag.required) help += " (required)";
    if (flag.kind == FlagKind::kList) help += "; may be repeated";
    text += Row(FlagText(flag), help, width);
  }
  return text;
}

std::string HelpOn(const Command& command, int width) {
  std::string text =
      Wrapped(command.summary, width) + "\n" + Wrapped("Usage: " + UsageOf(command), width);
  if (!command.positionals.empty()) {
    text += "\nArguments:\n";
    for (const Positional& positional : command.positionals) {
      text += Row(positional.name, positional.help, width);
    }
  }
  if (!command.flags.empty()) text += "\nFlags:\n" + FlagRows(command.flags, width);
  text += "\nFlags of every command:\n" + FlagRows(GlobalFlags(), width);
  if (!command.example.empty()) text += "\nExample:\n  " + command.example + "\n";
  return text;
}

std::string HelpOnNoun(std::span<const Command> commands, const std::string& noun, int width) {
  std::string text = fmt::format("Usage: gavel {} COMMAND …\n\n", noun);
  for (const Command& command : commands) {
    if (command.name.starts_with(noun + " ")) text += Row(command.name, command.summary, width);
  }
  return text + fmt::format("\nHelp on one:  gavel {} COMMAND --help\n", noun);
}

}  // namespace

std::string FlagText(const Flag& flag) {
  std::string names = flag.names;
  if (const size_t comma = names.find(','); comma != std::string::npos)
    names.insert(comma + 1, " ");
  if (flag.kind == FlagKind::kSwitch) return names;
  if (flag.kind == FlagKind::kOptionalValue) return names + "[=" + flag.value + "]";
  return names + " " + flag.value;
}

std::string UsageOf(const Command& command) {
  std::string line = "gavel " + command.name;
  for (const Positional& positional : command.positionals) line += " " + Shown(positional);
  for (const Flag& flag : command.flags) {
    if (flag.required) line += " " + FlagText(flag);
  }
  const bool optional = std::any_of(command.flags.begin(), command.flags.end(),
                                    [](const Flag& flag) { return !flag.required; });
  return line + (optional ? " [FLAGS]" : "");
}

std::string HelpText(std::span<const Command> commands, const std::string& topic, int width) {
  if (topic.empty()) return Overview(commands, width);
  for (const Command& command : commands) {
    if (command.name == topic) return HelpOn(command, width);
  }
  return HelpOnNoun(commands, topic, width);
}

}  // namespace gavel::cli
