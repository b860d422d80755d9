#include "clients/cli/words/due_words.h"

#include "clients/cli/words/time_text.h"
#include "engine/domain/planning/due_text.h"
#include "gavel/v1/org_service.pb.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {

std::string DueWords::Of(const std::string& area, const google::protobuf::Timestamp& due) {
  if (due.seconds() == 0) return "";
  const BusinessCalendar* const calendar = CalendarOf(area);
  const std::optional<absl::Time> now = Now();
  if (calendar == nullptr || !now.has_value()) return "";
  return DueText(*calendar, ToTime(due), *now);
}

absl::TimeZone DueWords::ZoneOf(const std::string& area) {
  const BusinessCalendar* const calendar = CalendarOf(area);
  return calendar == nullptr ? absl::LocalTimeZone() : calendar->zone();
}

const BusinessCalendar* DueWords::CalendarOf(const std::string& area) {
  auto known = calendars_.find(area);
  if (known == calendars_.end()) {
    known = calendars_.emplace(area, std::nullopt).first;
    v1::GetAreaRequest request;
    request.set_area(area);
    if (const auto response = session_.Call<v1::GetAreaResponse>(request); response.ok()) {
      auto calendar = BusinessCalendar::Create(response->calendar());
      if (calendar.ok()) known->second = *std::move(calendar);
    }
  }
  return known->second.has_value() ? &*known->second : nullptr;
}

std::optional<absl::Time> DueWords::Now() {
  if (!now_.has_value()) {
    const auto info = session_.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest());
    if (info.ok()) now_ = ToTime(info->now());
  }
  return now_;
}

}  // namespace gavel::cli
