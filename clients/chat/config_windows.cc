#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/chat/config_reader.h"
#include "fmt/format.h"
#include "rules/compile/holidays.h"

namespace gavel::chat {
namespace {

using rules::FileReader;
using rules::YamlNode;

const std::vector<std::string>& Weekdays() {
  static const auto* const words =
      new std::vector<std::string>{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return *words;
}

int WeekdayOf(std::string_view word) {
  const auto found = std::find(Weekdays().begin(), Weekdays().end(), word);
  return found == Weekdays().end() ? 0 : static_cast<int>(found - Weekdays().begin()) + 1;
}

// `mon-fri`, or `[mon, tue, thu]`.
void ReadDays(FileReader& reader, const YamlNode& mapping, v1::Calendar& calendar) {
  for (const YamlNode* node : OneOrMore(reader, mapping, "days")) {
    const size_t dash = node->value.find('-');
    const int first = WeekdayOf(node->value.substr(0, dash));
    const int last = dash == std::string::npos ? first : WeekdayOf(node->value.substr(dash + 1));
    if (first == 0 || last < first) {
      reader.Error(*node, "GV504", "Days are written like `mon-fri` or `[mon, tue]`.");
      return;
    }
    for (int day = first; day <= last; ++day) calendar.add_days(day);
  }
}

// Minutes after midnight of `09:00`.
std::optional<int> MinuteOf(std::string_view text) {
  const auto digit = [&](size_t i) {
    return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 99;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = digit(0) * 10 + digit(1);
  const int minute = digit(3) * 10 + digit(4);
  if (hour > 24 || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

// `09:00-18:00`
void ReadHours(FileReader& reader, const YamlNode& mapping, v1::Calendar& calendar) {
  const YamlNode* const node = reader.Need(mapping, "hours");
  if (node == nullptr) return;
  const std::string text = reader.Text(*node);
  const size_t dash = std::min(text.find('-'), text.size());
  const auto open = MinuteOf(std::string_view(text).substr(0, dash));
  const auto close = MinuteOf(std::string_view(text).substr(std::min(dash + 1, text.size())));
  if (!open || !close) {
    reader.Error(*node, "GV504", "Hours are written like `09:00-18:00`.");
    return;
  }
  calendar.set_open_minute(*open);
  calendar.set_close_minute(*close);
}

void ReadHolidays(FileReader& reader, const YamlNode& mapping, const ReadNamedFile& read_file,
                  v1::Calendar& calendar) {
  const YamlNode* const node = mapping.Find("holidays");
  if (node == nullptr) return;
  const std::string path = reader.Text(*node);
  absl::StatusOr<std::string> text = absl::NotFoundError("no files are read here");
  if (read_file) text = read_file(path);
  if (!text.ok()) {
    reader.Error(*node, "GV504",
                 fmt::format("`{}`: {}", path, std::string(text.status().message())));
    return;
  }
  const auto days = rules::ParseHolidays(*text);
  if (!days.ok()) {
    reader.Error(*node, "GV504",
                 fmt::format("`{}`: {}", path, std::string(days.status().message())));
    return;
  }
  for (const v1::Date& day : *days) *calendar.add_holidays() = day;
}

}  // namespace

OpenHoursMap ReadWindows(FileReader& reader, const YamlNode& node, const ReadNamedFile& read_file) {
  OpenHoursMap windows;
  for (const rules::YamlEntry& entry : reader.Entries(node)) {
    if (!reader.IsMapping(entry.value, {"zone", "days", "hours", "holidays"})) continue;
    v1::Calendar calendar;
    calendar.set_id(entry.key.value);
    calendar.set_zone(reader.NeedText(entry.value, "zone"));
    reader.Need(entry.value, "days");
    ReadDays(reader, entry.value, calendar);
    ReadHours(reader, entry.value, calendar);
    ReadHolidays(reader, entry.value, read_file, calendar);
    auto hours = OpenHours::Create(calendar);
    if (!hours.ok()) {
      reader.Error(entry.value, "GV504", std::string(hours.status().message()));
      continue;
    }
    windows[entry.key.value] = std::make_shared<const OpenHours>(*std::move(hours));
  }
  return windows;
}

std::shared_ptr<const OpenHours> WindowAt(FileReader& reader, const YamlNode& mapping,
                                          std::string_view key, const OpenHoursMap& windows) {
  const YamlNode* const node = mapping.Find(key);
  if (node == nullptr) return nullptr;
  const std::string name = reader.Text(*node);
  const auto found = windows.find(name);
  if (found != windows.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, hours] : windows) names.push_back(known);
  reader.Unknown(*node, "time window", name, names);
  return nullptr;
}

}  // namespace gavel::chat
