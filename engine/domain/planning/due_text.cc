#include "engine/domain/planning/due_text.h"

#include <fmt/format.h>

#include "engine/domain/planning/time_text.h"

namespace gavel {
namespace {

std::string WorkingDays(int count, std::string_view word) {
  return fmt::format("{} working day{} {}", count, count == 1 ? "" : "s", word);
}

}  // namespace

std::string DueText(const BusinessCalendar& calendar, absl::Time due, absl::Time now) {
  if (due == absl::InfiniteFuture()) return "";
  const absl::CivilDay last = calendar.DayOf(due);
  const absl::CivilDay today = calendar.DayOf(now);
  if (last == today) return now <= due ? "due today" : "overdue today";
  if (last > today) {
    const int left = calendar.CountBusinessDays(today + 1, last + 1);
    return left == 0 ? "due " + DayText(last, today) : WorkingDays(left, "left");
  }
  const int over = calendar.CountBusinessDays(last + 1, today + 1);
  return over == 0 ? "overdue" : WorkingDays(over, "overdue");
}

}  // namespace gavel
