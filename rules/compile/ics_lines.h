// Where things stand in the text of an iCalendar file: libical reads it, but forgets the lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

class IcsLines {
 public:
  explicit IcsLines(std::string_view text);

  // Number of VCALENDARs that begin.
  int calendars() const { return calendars_; }

  // Line of the innermost BEGIN without its END, from 1; 0 where each has one.
  int unclosed() const { return unclosed_; }

  // Line of the first `property` of the event with that number, from 0 in the order of the text;
  // where it has none, the line on which the event begins.
  int LineOf(int event, std::string_view property) const;

 private:
  struct Event {
    int begin = 0;
    std::vector<std::pair<std::string, int>> properties;  // Name in capitals, line.
  };

  void Begin(const std::string& component, int line);
  void End(const std::string& component);

  int calendars_ = 0;
  int unclosed_ = 0;
  std::vector<std::pair<std::string, int>> open_;  // Component, line of its BEGIN.
  std::vector<Event> events_;
};

}  // namespace gavel::rules
