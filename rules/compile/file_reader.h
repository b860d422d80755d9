// Typed reading of one policy file: every mistake becomes a problem with file, line and fix, and
// reading goes on, so that an author sees all of them at once.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "rules/policy.h"
#include "rules/yaml/node.h"

namespace gavel::rules {

class FileReader {
 public:
  // `problems` must outlive the reader.
  FileReader(std::string file, std::vector<PolicyProblem>& problems)
      : file_(std::move(file)), problems_(problems) {}

  // Parses the file and checks `kind` and `version: 1`. Nothing, reported, where it is not YAML or
  // of another kind.
  std::optional<YamlNode> Parse(const std::string& text, std::string_view kind);

  void Error(const YamlNode& at, std::string_view code, std::string message);
  void Warn(const YamlNode& at, std::string_view code, std::string message);
  // `NAME` is no WHAT; did you mean … (GV505 unless given).
  void Unknown(const YamlNode& at, std::string_view what, const std::string& name,
               const std::vector<std::string>& candidates, std::string_view code = "GV505");

  // True for a mapping; keys not in `keys` are reported. Reported where it is none.
  bool IsMapping(const YamlNode& node, const std::vector<std::string>& keys);
  // The entries of a mapping with free keys; reported and empty where it is none. Keys must be ids.
  const std::vector<YamlEntry>& Entries(const YamlNode& node);
  // The items of a list; reported and empty where it is none.
  const std::vector<YamlNode>& Items(const YamlNode& node);
  // The value of `key`; reported where it is missing or empty.
  const YamlNode* Need(const YamlNode& mapping, std::string_view key,
                       std::string_view code = "GV503");

  // Values of a node; reported where the form is wrong, with an empty or smallest value then.
  std::string Text(const YamlNode& node);
  std::string Id(const YamlNode& node);
  int Int(const YamlNode& node, int min, int max);
  bool Bool(const YamlNode& node);
  int64_t Cents(const YamlNode& node);
  int Percent(const YamlNode& node);  // `10%`
  int Days(const YamlNode& node);     // `28d`
  int Minute(const YamlNode& node);   // `15:00`, minutes after midnight
  std::optional<v1::Date> Day(const YamlNode& node);
  // A day, or `Nm`: months after `published`.
  std::optional<v1::Date> DayOrMonths(const YamlNode& node, const v1::Date& published);
  // Index of the word in `words`.
  std::optional<size_t> OneOf(const YamlNode& node, const std::vector<std::string>& words);
  std::vector<std::string> Texts(const YamlNode& node);

  // The same for `mapping[key]`, with a fallback where the key is absent.
  std::string TextAt(const YamlNode& mapping, std::string_view key, std::string fallback = "");
  std::string NeedText(const YamlNode& mapping, std::string_view key);
  int IntAt(const YamlNode& mapping, std::string_view key, int min, int max, int fallback);
  std::vector<std::string> TextsAt(const YamlNode& mapping, std::string_view key);

  const std::string& file() const { return file_; }

 private:
  const std::string file_;
  std::vector<PolicyProblem>& problems_;
};

// Position of `node` behind its siblings' names: the node itself, or `fallback` where it is absent.
const YamlNode& NodeAt(const YamlNode& mapping, std::string_view key);

}  // namespace gavel::rules
