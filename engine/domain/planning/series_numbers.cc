#include "engine/domain/planning/series_numbers.h"

#include <array>

#include <fmt/format.h>

namespace gavel {
namespace {

using S = v1::Series;

// clang-format off
constexpr std::array kKeys = std::to_array<SeriesNumberKey>({
  {"preview_bd", "Series.preview_bd", 0, 20,
   &S::has_preview_bd, &S::preview_bd, &S::set_preview_bd},
  {"go_no_go_bd", "Series.go_no_go_bd", 1, 20,
   &S::has_go_no_go_bd, &S::go_no_go_bd, &S::set_go_no_go_bd},
  {"opening_closing_min", "Series.opening_closing_min", 0, 60,
   &S::has_opening_closing_min, &S::opening_closing_min, &S::set_opening_closing_min},
  {"timebox_base_min", "Series.timebox_base_min", 0, 240,
   &S::has_timebox_base_min, &S::timebox_base_min, &S::set_timebox_base_min},
  {"timebox_step_min", "Series.timebox_step_min", 0, 60,
   &S::has_timebox_step_min, &S::timebox_step_min, &S::set_timebox_step_min},
  {"timebox_least_min", "Series.timebox_least_min", 5, 240,
   &S::has_timebox_least_min, &S::timebox_least_min, &S::set_timebox_least_min},
  {"timebox_most_min", "Series.timebox_most_min", 5, 240,
   &S::has_timebox_most_min, &S::timebox_most_min, &S::set_timebox_most_min},
  {"aged_after", "Series.aged_after", 1, 20,
   &S::has_aged_after, &S::aged_after, &S::set_aged_after},
  {"overdue_after", "Series.overdue_after", 1, 20,
   &S::has_overdue_after, &S::overdue_after, &S::set_overdue_after},
  {"weight_dependent", "Series.weight_dependent", 0, 100,
   &S::has_weight_dependent, &S::weight_dependent, &S::set_weight_dependent},
  {"weight_release", "Series.weight_release", 0, 100,
   &S::has_weight_release, &S::weight_release, &S::set_weight_release},
  {"weight_team", "Series.weight_team", 0, 100,
   &S::has_weight_team, &S::weight_team, &S::set_weight_team},
});
// clang-format on

}  // namespace

SeriesNumbers NumbersOf(const v1::Series& s) {
  SeriesNumbers n;
  if (s.has_preview_bd()) n.preview_bd = s.preview_bd();
  if (s.has_go_no_go_bd()) n.go_no_go_bd = s.go_no_go_bd();
  if (s.has_opening_closing_min()) n.opening_closing_min = s.opening_closing_min();
  if (s.has_timebox_base_min()) n.timebox.base_min = s.timebox_base_min();
  if (s.has_timebox_step_min()) n.timebox.step_min = s.timebox_step_min();
  if (s.has_timebox_least_min()) n.timebox.least_min = s.timebox_least_min();
  if (s.has_timebox_most_min()) n.timebox.most_min = s.timebox_most_min();
  if (s.has_aged_after()) n.order.aged_after = s.aged_after();
  if (s.has_overdue_after()) n.order.overdue_after = s.overdue_after();
  if (s.has_weight_dependent()) n.order.weight_dependent = s.weight_dependent();
  if (s.has_weight_release()) n.order.weight_release = s.weight_release();
  if (s.has_weight_team()) n.order.weight_team = s.weight_team();
  return n;
}

std::span<const SeriesNumberKey> SeriesNumberKeys() { return kKeys; }

std::optional<SeriesConflict> ConflictIn(const v1::Series& series) {
  const SeriesNumbers numbers = NumbersOf(series);
  const int shortest = numbers.timebox.least_min + numbers.opening_closing_min;
  if (numbers.timebox.most_min < numbers.timebox.least_min) {
    return SeriesConflict{"timebox_most_min",
                          fmt::format("The longest timebox, {} minutes, is below the shortest, {}.",
                                      numbers.timebox.most_min, numbers.timebox.least_min)};
  }
  if (series.length_min() < shortest) {
    return SeriesConflict{"length_min",
                          fmt::format("{} minutes hold no item: opening, closing and the shortest "
                                      "timebox take {}.",
                                      series.length_min(), shortest)};
  }
  if (numbers.go_no_go_bd > series.freeze_bd()) {
    return SeriesConflict{"go_no_go_bd", "Go or no-go is asked after the freeze, not before it."};
  }
  if (numbers.order.aged_after > numbers.order.overdue_after) {
    return SeriesConflict{"aged_after",
                          fmt::format("A spec is aged before it is overdue: at most {}.",
                                      numbers.order.overdue_after)};
  }
  return std::nullopt;
}

}  // namespace gavel
