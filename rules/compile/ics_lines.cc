#include "rules/compile/ics_lines.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace gavel::rules {
namespace {

constexpr char kEvent[] = "VEVENT";

std::string Capitals(std::string_view text) {
  std::string capitals(text);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  while (!capitals.empty() && std::isspace(static_cast<unsigned char>(capitals.back()))) {
    capitals.pop_back();
  }
  return capitals;
}

}  // namespace

IcsLines::IcsLines(std::string_view text) {
  for (int line = 1; !text.empty(); ++line) {
    const size_t end = text.find('\n');
    const std::string_view content = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    // A line that begins with a blank goes on with the one before it.
    if (content.empty() || content.front() == ' ' || content.front() == '\t') continue;
    const size_t name_end = content.find_first_of(":;");
    if (name_end == std::string_view::npos) continue;
    const std::string name = Capitals(content.substr(0, name_end));
    if (name == "BEGIN") {
      Begin(Capitals(content.substr(name_end + 1)), line);
    } else if (name == "END") {
      End(Capitals(content.substr(name_end + 1)));
    } else if (!open_.empty() && open_.back().first == kEvent) {
      events_.back().properties.emplace_back(name, line);
    }
  }
  if (!open_.empty()) unclosed_ = open_.back().second;
}

void IcsLines::Begin(const std::string& component, int line) {
  open_.emplace_back(component, line);
  if (component == "VCALENDAR") ++calendars_;
  if (component == kEvent) events_.push_back({line, {}});
}

void IcsLines::End(const std::string& component) {
  if (!open_.empty() && open_.back().first == component) open_.pop_back();
}

int IcsLines::LineOf(int event, std::string_view property) const {
  if (event < 0 || event >= static_cast<int>(events_.size())) return 0;
  const Event& found = events_[static_cast<size_t>(event)];
  for (const auto& [name, line] : found.properties) {
    if (name == property) return line;
  }
  return found.begin;
}

}  // namespace gavel::rules
