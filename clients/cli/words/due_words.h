// "2 working days left": how far a deadline of a spec is off, by its area's calendar and the
// server's clock.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "clients/cli/session.h"
#include "engine/domain/planning/calendar.h"
#include "google/protobuf/timestamp.pb.h"

namespace gavel::cli {

// Asks the server once for its time and once for each area.
class DueWords {
 public:
  explicit DueWords(Session& session) : session_(session) {}

  // Empty where there is no deadline, and where the server does not say: nothing depends on it.
  std::string Of(const std::string& area, const google::protobuf::Timestamp& due);

  // The zone of the area's deadlines; the local one where the server does not say.
  absl::TimeZone ZoneOf(const std::string& area);

 private:
  const BusinessCalendar* CalendarOf(const std::string& area);
  std::optional<absl::Time> Now();

  Session& session_;
  std::optional<absl::Time> now_;
  std::map<std::string, std::optional<BusinessCalendar>> calendars_;
};

}  // namespace gavel::cli
