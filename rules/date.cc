#include "rules/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <tuple>

namespace gavel::rules {
namespace {

std::chrono::year_month_day ToYmd(const v1::Date& date) {
  return {std::chrono::year(date.year()), std::chrono::month(static_cast<unsigned>(date.month())),
          std::chrono::day(static_cast<unsigned>(date.day()))};
}

v1::Date FromYmd(const std::chrono::year_month_day& ymd) {
  v1::Date date;
  date.set_year(static_cast<int>(ymd.year()));
  date.set_month(static_cast<int>(static_cast<unsigned>(ymd.month())));
  date.set_day(static_cast<int>(static_cast<unsigned>(ymd.day())));
  return date;
}

}  // namespace

std::strong_ordering CompareDates(const v1::Date& a, const v1::Date& b) {
  return std::tuple(a.year(), a.month(), a.day()) <=> std::tuple(b.year(), b.month(), b.day());
}

std::string DateText(const v1::Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

std::optional<v1::Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t length) -> int {
    int value = -1;
    const char* const end = text.data() + at + length;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    return error == std::errc() && stop == end ? value : -1;
  };
  v1::Date date;
  date.set_year(number(0, 4));
  date.set_month(number(5, 2));
  date.set_day(number(8, 2));
  if (date.year() < 1970 || date.month() < 1 || date.day() < 1 || !ToYmd(date).ok()) {
    return std::nullopt;
  }
  return date;
}

v1::Date AddMonths(const v1::Date& date, int months) {
  std::chrono::year_month_day ymd = ToYmd(date) + std::chrono::months(months);
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return FromYmd(ymd);
}

v1::Date AddDays(const v1::Date& date, int days) {
  return FromYmd(std::chrono::sys_days(ToYmd(date)) + std::chrono::days(days));
}

}  // namespace gavel::rules
