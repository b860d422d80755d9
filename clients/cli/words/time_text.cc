#include "clients/cli/words/time_text.h"

#include <charconv>
#include <optional>

#include "absl/time/civil_time.h"
#include "clients/cli/command.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

std::optional<absl::Duration> UnitOf(char letter) {
  switch (letter) {
    case 'w':
      return absl::Hours(7 * 24);
    case 'd':
      return absl::Hours(24);
    case 'h':
      return absl::Hours(1);
    case 'm':
      return absl::Minutes(1);
    case 's':
      return absl::Seconds(1);
    default:
      return std::nullopt;
  }
}

}  // namespace

absl::StatusOr<v1::Date> ParseDate(std::string_view text) {
  absl::CivilDay day;
  if (text.size() != 10 ||
      !absl::ParseCivilTime(absl::string_view(text.data(), text.size()), &day) ||
      fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()) != text) {
    return UsageError(fmt::format("`{}` is not a day; write 2026-12-31", text));
  }
  v1::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

absl::StatusOr<std::pair<v1::Date, v1::Date>> ParseDays(std::string_view text) {
  const size_t dots = text.find("..");
  GAVEL_ASSIGN_OR_RETURN(const v1::Date from, ParseDate(text.substr(0, dots)));
  if (dots == std::string_view::npos) return std::make_pair(from, from);
  GAVEL_ASSIGN_OR_RETURN(const v1::Date to, ParseDate(text.substr(dots + 2)));
  return std::make_pair(from, to);
}

absl::StatusOr<absl::Time> ParseTime(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, absl::string_view(text.data(), text.size()), &time,
                       &error)) {
    return UsageError(fmt::format("`{}` is not a time; write 2026-12-10T14:00:00Z", text));
  }
  return time;
}

absl::StatusOr<absl::Duration> ParseSpan(std::string_view text) {
  const absl::Status wrong =
      UsageError(fmt::format("`{}` is not a duration; write 2d3h, 90m or 10s", text));
  absl::Duration sum;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at != end) {
    int64_t count = 0;
    const auto [rest, error] = std::from_chars(at, end, count);
    if (error != std::errc() || rest == end) return wrong;
    const auto unit = UnitOf(*rest);
    if (!unit.has_value()) return wrong;
    sum += count * *unit;
    at = rest + 1;
  }
  if (sum <= absl::ZeroDuration() || sum == absl::InfiniteDuration()) return wrong;
  return sum;
}

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

v1::Date Today(absl::Time now) {
  const absl::CivilDay day = absl::ToCivilDay(now, absl::UTCTimeZone());
  v1::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "";
  return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

std::string Rfc3339(const google::protobuf::Timestamp& timestamp) {
  if (timestamp.seconds() == 0 && timestamp.nanos() == 0) return "";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", ToTime(timestamp), absl::UTCTimeZone());
}

std::string TimeText(const google::protobuf::Timestamp& timestamp, absl::TimeZone zone) {
  if (timestamp.seconds() == 0 && timestamp.nanos() == 0) return "";
  return absl::FormatTime("%a %-d %b %Y %H:%M %Z", ToTime(timestamp), zone);
}

absl::TimeZone ZoneNamed(const std::string& name) {
  absl::TimeZone zone;
  return absl::LoadTimeZone(name, &zone) ? zone : absl::UTCTimeZone();
}

}  // namespace gavel::cli
