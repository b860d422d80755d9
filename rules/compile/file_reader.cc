#include "rules/compile/file_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/base/unicode.h"
#include "rules/date.h"
#include "rules/text/money.h"
#include "rules/text/words.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {
namespace {

// Policy files may be long lists; their size is what bounds them.
constexpr YamlLimits kPolicyLimits = {64 * 1024, 16, 32 * 1024};

std::optional<int> WholeNumber(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || text.empty() || text.front() == '-')
    return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return number;
}

// The number in front of `unit`, which must end the text.
std::optional<int> NumberWithUnit(std::string_view text, char unit) {
  if (!text.ends_with(unit)) return std::nullopt;
  text.remove_suffix(1);
  return WholeNumber(text);
}

bool IsId(std::string_view text) {
  return !text.empty() && text.size() <= 63 && IsAsciiAlnum(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsAsciiAlnum(c) || c == '-' || c == '_' || c == '.'; });
}

}  // namespace

const YamlNode& NodeAt(const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = mapping.Find(key);
  return node != nullptr ? *node : mapping;
}

std::optional<YamlNode> FileReader::Parse(const std::string& text, std::string_view kind) {
  if (const auto invalid = FirstInvalidUtf8(text)) {
    problems_.push_back(
        {file_, 0, 0, "GV002", true,
         fmt::format("Byte at offset {} is not UTF-8. Save the file as UTF-8.", *invalid)});
    return std::nullopt;
  }
  YamlResult yaml = ParseStrictYaml(text, kPolicyLimits);
  for (const YamlProblem& problem : yaml.problems) {
    problems_.push_back({file_, problem.line, problem.column, problem.code, true, problem.message});
  }
  if (!yaml.ok()) return std::nullopt;
  if (!yaml.root.IsMapping()) {
    Error(yaml.root, "GV504", fmt::format("A mapping with `kind: {}` is wanted.", kind));
    return std::nullopt;
  }
  const YamlNode* const found = yaml.root.Find("kind");
  if (found == nullptr || found->value != kind) {
    Error(found != nullptr ? *found : yaml.root, "GV504",
          fmt::format("`kind: {}` is wanted here.", kind));
    return std::nullopt;
  }
  const YamlNode* const version = yaml.root.Find("version");
  if (version == nullptr || version->value != "1") {
    Error(version != nullptr ? *version : yaml.root, "GV504", "`version: 1` is wanted here.");
  }
  return std::move(yaml.root);
}

void FileReader::Error(const YamlNode& at, std::string_view code, std::string message) {
  problems_.push_back({file_, at.line, at.column, std::string(code), true, std::move(message)});
}

void FileReader::Warn(const YamlNode& at, std::string_view code, std::string message) {
  problems_.push_back({file_, at.line, at.column, std::string(code), false, std::move(message)});
}

void FileReader::Unknown(const YamlNode& at, std::string_view what, const std::string& name,
                         const std::vector<std::string>& candidates, std::string_view code) {
  Error(at, code, fmt::format("`{}` is no {}.{}", name, what, DidYouMean(name, candidates)));
}

bool FileReader::IsMapping(const YamlNode& node, const std::vector<std::string>& keys) {
  if (!node.IsMapping()) {
    Error(node, "GV504", fmt::format("A mapping with {} is wanted here.", JoinComma(keys)));
    return false;
  }
  for (const YamlEntry& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key.value) != keys.end()) continue;
    Unknown(entry.key, "key here", entry.key.value, keys, "GV502");
  }
  return true;
}

const std::vector<YamlEntry>& FileReader::Entries(const YamlNode& node) {
  static const auto* const kNone = new std::vector<YamlEntry>();
  if (node.IsEmpty()) return *kNone;
  if (!node.IsMapping()) {
    Error(node, "GV504", "A mapping is wanted here.");
    return *kNone;
  }
  for (const YamlEntry& entry : node.entries) {
    if (entry.key.value != "*") Id(entry.key);
  }
  return node.entries;
}

const std::vector<YamlNode>& FileReader::Items(const YamlNode& node) {
  static const auto* const kNone = new std::vector<YamlNode>();
  if (node.IsSequence()) return node.items;
  Error(node, "GV504", "A list is wanted here.");
  return *kNone;
}

const YamlNode* FileReader::Need(const YamlNode& mapping, std::string_view key,
                                 std::string_view code) {
  const YamlNode* const node = mapping.Find(key);
  if (node != nullptr && !node->IsEmpty()) return node;
  Error(node != nullptr ? *node : mapping, code, fmt::format("`{}` is missing. Add it.", key));
  return nullptr;
}

std::string FileReader::Text(const YamlNode& node) {
  if (node.IsScalar() && !node.IsEmpty()) return node.value;
  Error(node, "GV504", "Text is wanted here.");
  return {};
}

std::string FileReader::Id(const YamlNode& node) {
  if (node.IsScalar() && IsId(node.value)) return node.value;
  Error(node, "GV504",
        fmt::format("`{}` is no id: letters, digits, `-`, `_` and `.`, at most 63.", node.value));
  return {};
}

int FileReader::Int(const YamlNode& node, int min, int max) {
  const auto number = node.IsScalar() ? WholeNumber(node.value) : std::nullopt;
  if (number && *number >= min && *number <= max) return *number;
  Error(
      node, "GV504",
      fmt::format("A whole number from {} to {} is wanted here, not `{}`.", min, max, node.value));
  return min;
}

bool FileReader::Bool(const YamlNode& node) {
  if (node.IsScalar() && node.plain && (node.value == "true" || node.value == "false")) {
    return node.value == "true";
  }
  Error(node, "GV504", fmt::format("true or false is wanted here, not `{}`.", node.value));
  return false;
}

int64_t FileReader::Cents(const YamlNode& node) {
  const auto cents = node.IsScalar() && node.plain ? ParseCents(node.value) : std::nullopt;
  if (!cents)
    Error(node, "GV504",
          fmt::format("An amount such as 400 or 400.50 is wanted here, not `{}`.", node.value));
  return cents.value_or(0);
}

int FileReader::Percent(const YamlNode& node) {
  const auto percent = NumberWithUnit(node.value, '%');
  if (percent && *percent <= 100) return *percent;
  Error(node, "GV504", fmt::format("A share such as `10%` is wanted here, not `{}`.", node.value));
  return 100;
}

int FileReader::Days(const YamlNode& node) {
  const auto days = NumberWithUnit(node.value, 'd');
  if (days && *days >= 1 && *days <= 3660) return *days;
  Error(node, "GV504", fmt::format("Days such as `28d` are wanted here, not `{}`.", node.value));
  return 1;
}

int FileReader::Minute(const YamlNode& node) {
  const std::string_view text = node.value;
  if (text.size() == 5 && text[2] == ':') {
    const auto digit = [&](size_t at) {
      return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 99;
    };
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour < 24 && minute < 60) return hour * 60 + minute;
  }
  Error(node, "GV504",
        fmt::format("A time such as \"15:00\" is wanted here, not `{}`.", node.value));
  return 0;
}

std::optional<v1::Date> FileReader::Day(const YamlNode& node) {
  const auto date = ParseDate(node.value);
  if (!date)
    Error(node, "GV504", fmt::format("A day YYYY-MM-DD is wanted here, not `{}`.", node.value));
  return date;
}

std::optional<v1::Date> FileReader::DayOrMonths(const YamlNode& node, const v1::Date& published) {
  const auto months = NumberWithUnit(node.value, 'm');
  if (months && *months >= 1 && *months <= 120) return AddMonths(published, *months);
  if (const auto date = ParseDate(node.value)) return date;
  Error(node, "GV504",
        fmt::format("A day YYYY-MM-DD, or months such as `12m`, is wanted here, not `{}`.",
                    node.value));
  return std::nullopt;
}

std::optional<size_t> FileReader::OneOf(const YamlNode& node,
                                        const std::vector<std::string>& words) {
  const auto found = std::find(words.begin(), words.end(), node.value);
  if (node.IsScalar() && found != words.end()) return static_cast<size_t>(found - words.begin());
  Error(node, "GV504",
        fmt::format("`{}` is not one of {}.{}", node.value, JoinComma(words),
                    DidYouMean(node.value, words)));
  return std::nullopt;
}

std::vector<std::string> FileReader::Texts(const YamlNode& node) {
  std::vector<std::string> texts;
  for (const YamlNode& item : Items(node)) {
    const std::string text = Text(item);
    if (text.empty()) continue;
    if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
      Error(item, "GV506", fmt::format("`{}` is listed twice. Keep one.", text));
      continue;
    }
    texts.push_back(text);
  }
  return texts;
}

std::string FileReader::TextAt(const YamlNode& mapping, std::string_view key,
                               std::string fallback) {
  const YamlNode* const node = mapping.Find(key);
  return node != nullptr ? Text(*node) : fallback;
}

std::string FileReader::NeedText(const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = Need(mapping, key);
  return node != nullptr ? Text(*node) : std::string();
}

int FileReader::IntAt(const YamlNode& mapping, std::string_view key, int min, int max,
                      int fallback) {
  const YamlNode* const node = mapping.Find(key);
  return node != nullptr ? Int(*node, min, max) : fallback;
}

std::vector<std::string> FileReader::TextsAt(const YamlNode& mapping, std::string_view key) {
  const YamlNode* const node = mapping.Find(key);
  return node != nullptr ? Texts(*node) : std::vector<std::string>();
}

}  // namespace gavel::rules
