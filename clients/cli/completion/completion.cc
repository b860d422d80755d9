#include "clients/cli/completion/completion.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include "clients/cli/command_line.h"
#include "fmt/format.h"
#include "rules/text/words.h"

namespace gavel::cli {
namespace {

constexpr size_t kNounDescription = 60;

bool IsFlag(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

bool TakesNextWord(const Flag& flag) {
  return flag.kind == FlagKind::kText || flag.kind == FlagKind::kList;
}

// The flag that `word` (`-m`, `--wait`, `--wait=x`) names; nullptr for none.
const Flag* FindFlag(const std::vector<const Flag*>& flags, std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  for (const Flag* flag : flags) {
    const std::string_view names = flag->names;
    const size_t comma = names.find(',');
    const bool is_short = comma != std::string_view::npos && names.substr(0, comma) == name;
    if (is_short || name == "--" + KeyOf(*flag)) return flag;
  }
  return nullptr;
}

// The line before the cursor, read as far as it goes.
class Reader {
 public:
  explicit Reader(std::span<const Command> commands) : commands_(commands) {
    for (const Flag& flag : GlobalFlags()) flags_.push_back(&flag);
  }

  void Read(const std::string& word) {
    if (const Flag* waiting = waiting_; waiting != nullptr) {
      waiting_ = nullptr;
    } else if (!only_positionals_ && word == "--") {
      only_positionals_ = true;
    } else if (!only_positionals_ && IsFlag(word)) {
      ReadFlag(word);
    } else if (command_ == nullptr || IsLongerName(word)) {
      ReadName(word);
    } else {
      ReadPositional(word);
    }
  }

  const Command* command() const { return command_; }
  const std::string& name() const { return name_; }   // Of the command or noun so far.
  bool is_lost() const { return lost_; }              // No such command.
  bool may_be_longer() const { return count_ == 0; }  // The name, for what was read of it.
  bool flags_allowed() const { return !only_positionals_; }
  const Flag* waiting() const { return waiting_; }  // The flag whose value comes next.
  const std::vector<const Flag*>& flags() const { return flags_; }
  const TypedValues& typed() const { return typed_; }

  bool IsUsedUp(const Flag& flag) const {
    return used_.contains(&flag) && flag.kind != FlagKind::kList;
  }

  // What the next positional is; nullptr where no more may come.
  const Positional* NextPositional() const {
    const auto& all = command_->positionals;
    if (count_ < all.size()) return &all[count_];
    const bool more =
        !all.empty() && all.back().arity != Arity::kOne && all.back().arity != Arity::kOptional;
    return more ? &all.back() : nullptr;
  }

 private:
  void ReadFlag(const std::string& word) {
    const Flag* flag = FindFlag(flags_, word);
    if (flag == nullptr) return;
    used_.insert(flag);
    if (TakesNextWord(*flag) && word.find('=') == std::string::npos) waiting_ = flag;
  }

  // `config get` is a command although `config` alone is one.
  bool IsLongerName(const std::string& word) const {
    const std::string longer = name_ + " " + word;
    const auto is_it = [&](const Command& command) { return command.name == longer; };
    return count_ == 0 && std::any_of(commands_.begin(), commands_.end(), is_it);
  }

  void ReadName(const std::string& word) {
    if (command_ != nullptr) {
      flags_.erase(flags_.begin(), flags_.begin() + static_cast<long>(command_->flags.size()));
    }
    name_ += (name_.empty() ? "" : " ") + word;
    for (const Command& command : commands_) {
      if (command.name != name_) continue;
      command_ = &command;
      for (size_t i = 0; i < command.flags.size(); ++i) {  // Before those of every command.
        flags_.insert(flags_.begin() + static_cast<long>(i), &command.flags[i]);
      }
      return;
    }
    lost_ = std::none_of(commands_.begin(), commands_.end(), [this](const Command& command) {
      return command.name.starts_with(name_ + " ");
    });
  }

  void ReadPositional(const std::string& word) {
    if (const Positional* positional = NextPositional(); positional != nullptr) {
      typed_[positional->name] = word;
    }
    ++count_;
  }

  const std::span<const Command> commands_;
  std::vector<const Flag*> flags_;
  std::set<const Flag*> used_;
  const Command* command_ = nullptr;
  const Flag* waiting_ = nullptr;
  std::string name_;
  TypedValues typed_;
  size_t count_ = 0;
  bool only_positionals_ = false;
  bool lost_ = false;
};

// `list, show, agenda, …` for a noun.
std::string DescribeNoun(std::span<const Command> commands, const std::string& noun) {
  std::string text;
  for (const Command& command : commands) {
    if (!command.name.starts_with(noun + " ")) continue;
    const std::string word = command.name.substr(noun.size() + 1);
    if (text.size() + word.size() > kNounDescription) return text + ", …";
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

// The words that may follow `name`, each once.
std::vector<Candidate> NextWords(std::span<const Command> commands, const std::string& name) {
  const std::string prefix = name.empty() ? "" : name + " ";
  std::vector<Candidate> words;
  for (const Command& command : commands) {
    if (command.group == Group::kHidden || !command.name.starts_with(prefix)) continue;
    const std::string rest = command.name.substr(prefix.size());
    const std::string word = rest.substr(0, rest.find(' '));
    const bool known = std::any_of(words.begin(), words.end(),
                                   [&](const Candidate& other) { return other.value == word; });
    if (known) continue;
    const bool is_noun = word != rest;
    words.push_back({word, is_noun ? DescribeNoun(commands, prefix + word) : command.summary});
  }
  return words;
}

std::vector<Candidate> FlagNames(const Reader& reader) {
  std::vector<Candidate> names;
  for (const Flag* flag : reader.flags()) {
    if (!reader.IsUsedUp(*flag)) names.push_back({"--" + KeyOf(*flag), flag->help});
  }
  return names;
}

std::optional<ShellFiles> FilesOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kFile:
      return ShellFiles::kFiles;
    case ValueKind::kFolder:
      return ShellFiles::kFolders;
    case ValueKind::kSpecFile:
      return ShellFiles::kSpecs;
    default:
      return std::nullopt;
  }
}

// Everything that may stand where that is called for.
Completions ValuesOf(const ValueMeaning& meaning, const TypedValues& typed,
                     const ListValues& list_values) {
  Completions all;
  for (const std::string& word : meaning.words) all.candidates.push_back({word, ""});
  for (const ValueKind kind : meaning.kinds) {
    if (const auto files = FilesOf(kind); files.has_value()) {
      all.files = *files;
      continue;
    }
    std::vector<Candidate> more = list_values(kind, typed);
    std::move(more.begin(), more.end(), std::back_inserter(all.candidates));
  }
  return all;
}

void KeepMatching(std::vector<Candidate>& candidates, std::string_view word) {
  const std::string wanted = rules::AsciiLower(word);
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return !rules::AsciiLower(candidate.value).starts_with(wanted);
  });
}

// The values for a word of which `fixed` stands already: `--wait=`.
Completions CompleteValue(const Reader& reader, std::string_view value, std::string fixed,
                          std::string_view word, const ListValues& list_values) {
  const ValueMeaning meaning = MeaningOf(value);
  Completions found = ValuesOf(meaning, reader.typed(), list_values);
  const auto keep = [&](size_t bytes) {
    fixed += word.substr(0, bytes);
    word.remove_prefix(bytes);
  };
  if (meaning.list) keep(word.rfind(',') + 1);  // All but the last of a list.
  const bool person = std::find(meaning.kinds.begin(), meaning.kinds.end(), ValueKind::kPerson) !=
                      meaning.kinds.end();
  if (person && word.starts_with('@')) keep(1);
  KeepMatching(found.candidates, word);
  for (Candidate& candidate : found.candidates) candidate.value.insert(0, fixed);
  return found;
}

Completions CompleteFlag(const Reader& reader, const std::string& word,
                         const ListValues& list_values) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos) {
    Completions found{FlagNames(reader), ShellFiles::kNone};
    KeepMatching(found.candidates, word);
    return found;
  }
  const Flag* flag = FindFlag(reader.flags(), word);
  if (flag == nullptr) return {};
  return CompleteValue(reader, flag->value, word.substr(0, equals + 1), word.substr(equals + 1),
                       list_values);
}

Completions CompleteName(std::span<const Command> commands, const std::string& name,
                         const std::string& word) {
  Completions found{NextWords(commands, name), ShellFiles::kNone};
  KeepMatching(found.candidates, word);
  return found;
}

}  // namespace

Completions Complete(std::span<const Command> commands, const std::vector<std::string>& words,
                     const ListValues& list_values) {
  const std::string word = words.empty() ? "" : words.back();
  const bool about_help = words.size() > 1 && words.front() == "help";
  Reader reader(commands);
  for (size_t i = about_help ? 1 : 0; i + 1 < words.size(); ++i) reader.Read(words[i]);
  if (reader.is_lost()) return {};
  if (reader.waiting() != nullptr) {
    return CompleteValue(reader, reader.waiting()->value, "", word, list_values);
  }
  if (reader.flags_allowed() && word.starts_with('-')) {
    return CompleteFlag(reader, word, list_values);
  }
  if (reader.command() == nullptr) return CompleteName(commands, reader.name(), word);
  Completions found;
  const Positional* positional = about_help ? nullptr : reader.NextPositional();
  if (positional != nullptr) {
    found = CompleteValue(reader, ValueOf(*positional), "", word, list_values);
  }
  if (reader.may_be_longer()) {
    const Completions longer = CompleteName(commands, reader.name(), word);
    found.candidates.insert(found.candidates.begin(), longer.candidates.begin(),
                            longer.candidates.end());
  }
  return found;
}

}  // namespace gavel::cli
