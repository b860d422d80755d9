// Times and days as people type and read them.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gavel/v1/date.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace gavel::cli {

// `2026-12-31`. Errors: INVALID_ARGUMENT for anything else, and for days that do not exist.
absl::StatusOr<v1::Date> ParseDate(std::string_view text);
// `2026-12-20..2027-01-03`, or one day.
absl::StatusOr<std::pair<v1::Date, v1::Date>> ParseDays(std::string_view text);
// RFC 3339 with its offset, `2026-12-10T14:00:00Z`.
absl::StatusOr<absl::Time> ParseTime(std::string_view text);
// `2d3h`, `10s`, `1w`, `90m`; positive.
absl::StatusOr<absl::Duration> ParseSpan(std::string_view text);

absl::Time ToTime(const google::protobuf::Timestamp& timestamp);
google::protobuf::Timestamp ToTimestamp(absl::Time time);
v1::Date Today(absl::Time now);

// `2026-12-31`; empty for an unset date.
std::string DateText(const v1::Date& date);
// `2026-12-10T14:00:00Z`, for machines; empty for an unset time.
std::string Rfc3339(const google::protobuf::Timestamp& timestamp);
// `Thu 10 Dec 2026 15:00 CET` in `zone`; empty for an unset time.
std::string TimeText(const google::protobuf::Timestamp& timestamp, absl::TimeZone zone);
// The zone of that IANA name, else UTC.
absl::TimeZone ZoneNamed(const std::string& name);

}  // namespace gavel::cli
