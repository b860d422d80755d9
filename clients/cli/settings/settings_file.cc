#include "clients/cli/settings/settings_file.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "clients/cli/account/server_name.h"
#include "clients/cli/command.h"
#include "clients/cli/settings/config.h"
#include "clients/cli/settings/flat_yaml.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

// Where line `number` (from 1) of `text` begins.
size_t StartOfLine(std::string_view text, int number) {
  size_t at = 0;
  for (int line = 1; line < number; ++line) at = text.find('\n', at) + 1;
  return at;
}

// Single quotes: nothing in them but a quote itself is special.
std::string YamlText(const std::string& value) {
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? "''" : std::string(1, c);
  return text + "'";
}

// ` # mine` behind the value of a line, blanks included; empty where there is none.
std::string CommentOf(const std::string& line) {
  char quote = 0;
  for (size_t at = 0; at < line.size(); ++at) {
    if (quote != 0) {
      if (line[at] == quote) quote = 0;
    } else if (line[at] == '\'' || line[at] == '"') {
      quote = line[at];
    } else if (line[at] == '#' && at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t')) {
      return line.substr(line.find_last_not_of(" \t", at - 1) + 1);
    }
  }
  return "";
}

bool SameOthers(FlatYaml before, FlatYaml after, const std::string& key) {
  before.erase(key);
  after.erase(key);
  return before.size() == after.size() &&
         std::equal(before.begin(), before.end(), after.begin(), [](const auto& a, const auto& b) {
           return a.first == b.first && a.second.text == b.second.text &&
                  a.second.items == b.second.items;
         });
}

}  // namespace

absl::StatusOr<std::string> WithSetting(std::string_view text, const std::string& file,
                                        const std::string& key, const std::string& value) {
  GAVEL_ASSIGN_OR_RETURN(const FlatYaml before, ParseFlatYaml(text, file));
  const std::string line = fmt::format("{}: {}", key, YamlText(value));
  std::string changed(text);
  if (const auto found = before.find(key); found != before.end()) {
    const size_t start = StartOfLine(text, found->second.line);
    const size_t end = std::min(text.find('\n', start), text.size());
    const std::string old(text.substr(start, end - start));
    changed.replace(start, end - start, line + CommentOf(old));
  } else {
    if (!changed.empty() && changed.back() != '\n') changed += '\n';
    changed += line + "\n";
  }
  // Reading it back settles whether the one line was all there was to the setting.
  const auto after = ParseFlatYaml(changed, file);
  const bool holds = after.ok() && after->contains(key) && after->at(key).text == value &&
                     SameOthers(before, *after, key);
  if (!holds) return UsageError(fmt::format("{}: change `{}` by hand", file, key));
  return changed;
}

absl::Status CheckSetting(const std::string& key, const std::string& value) {
  const std::vector<std::string> keys = UserKeys();
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
    return UsageError(
        fmt::format("client.yaml has no setting `{}`; it has {}", key, fmt::join(keys, ", ")));
  }
  const bool printable = std::none_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (value.empty() || !printable) return UsageError(fmt::format("`{}` needs a value", key));
  if (key == "timeout") return ParseSpan(value).status();
  if (key == "token_file" && !std::filesystem::path(value).is_absolute()) {
    return UsageError("`token_file` is an absolute path: commands run in many folders");
  }
  if (key == "server") return CheckServerName(value);
  return absl::OkStatus();
}

}  // namespace gavel::cli
