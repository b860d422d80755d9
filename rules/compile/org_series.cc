// Meeting series of `org.yaml`.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "engine/domain/planning/series_numbers.h"
#include "rules/compile/org_reader.h"
#include "rules/schema/keys.h"

namespace gavel::rules {

void OrgReader::ReadSeries(const YamlEntry& entry, v1::Area& area) {
  const YamlNode& node = entry.value;
  if (!file_.IsMapping(node, KeyNames(Shape::kSeries))) return;
  v1::Series& series = *area.add_series();
  series.set_id(entry.key.value);
  ReadSeriesDays(node, area, series);
  ReadSeriesMoments(node, series);
  series.set_length_min(file_.IntAt(node, "length_min", 15, 240, 60));
  series.set_max_specs(file_.IntAt(node, "max_specs", 1, 3, 3));
  series.set_max_words(file_.IntAt(node, "max_words", 500, 100000, 9000));
  series.set_quick_items(file_.IntAt(node, "quick_items", 0, 5, 0));
  ReadSeriesNumbers(node, series);
}

// Which day, how often, and what a holiday does.
void OrgReader::ReadSeriesDays(const YamlNode& node, const v1::Area& area, v1::Series& series) {
  if (const YamlNode* on = file_.Need(node, "on")) {
    const auto day = file_.OneOf(*on, {"mon", "tue", "wed", "thu", "fri", "sat", "sun"});
    series.set_weekday(static_cast<int>(day.value_or(0)) + 1);
    if (day.has_value() && !WorksOn(area.settings().calendar(), series.weekday())) {
      file_.Error(*on, "GV507",
                  fmt::format("No working day of the calendar `{}`. Choose another.",
                              area.settings().calendar()));
    }
  }
  if (const YamlNode* at = file_.Need(node, "at")) series.set_start_minute(file_.Minute(*at));
  if (const YamlNode* starts = file_.Need(node, "starts")) {
    if (const auto day = file_.Day(*starts)) *series.mutable_starts() = *day;
  }
  series.set_cadence(v1::Series::CADENCE_WEEKLY);
  if (const YamlNode* cadence = node.Find("cadence")) {
    if (file_.OneOf(*cadence, {"weekly", "on_demand"}) == 1)
      series.set_cadence(v1::Series::CADENCE_ON_DEMAND);
  }
  series.set_holiday(v1::Series::HOLIDAY_RULE_SKIP);
  if (const YamlNode* holiday = node.Find("holiday")) {
    if (file_.OneOf(*holiday, {"skip", "shift"}) == 1)
      series.set_holiday(v1::Series::HOLIDAY_RULE_SHIFT);
  }
}

// Cut-off and freeze.
void OrgReader::ReadSeriesMoments(const YamlNode& node, v1::Series& series) {
  series.set_cut_off_bd(3);
  series.set_cut_off_minute(12 * 60);
  series.set_freeze_bd(2);
  series.set_freeze_minute(10 * 60);
  if (const YamlNode* cut_off = node.Find("cut_off");
      cut_off != nullptr && file_.IsMapping(*cut_off, KeyNames(Shape::kMoment))) {
    series.set_cut_off_bd(file_.IntAt(*cut_off, "bd", 1, 20, 3));
    if (const YamlNode* at = cut_off->Find("at")) series.set_cut_off_minute(file_.Minute(*at));
  }
  if (const YamlNode* freeze = node.Find("freeze");
      freeze != nullptr && file_.IsMapping(*freeze, KeyNames(Shape::kMoment))) {
    series.set_freeze_bd(file_.IntAt(*freeze, "bd", 1, 20, 2));
    if (const YamlNode* at = freeze->Find("at")) series.set_freeze_minute(file_.Minute(*at));
  }
  // Days before the meeting count down, so the later moment has the smaller number.
  const bool frozen_later = series.freeze_bd() < series.cut_off_bd() ||
                            (series.freeze_bd() == series.cut_off_bd() &&
                             series.freeze_minute() > series.cut_off_minute());
  if (!frozen_later) {
    file_.Error(NodeAt(node, "freeze"), "GV507", "The freeze must come after the cut-off.");
  }
}

// Absent stays absent: the defaults are the planner's.
void OrgReader::ReadSeriesNumbers(const YamlNode& node, v1::Series& series) {
  for (const SeriesNumberKey& number : SeriesNumberKeys()) {
    const YamlNode* const value = node.Find(number.key);
    if (value != nullptr) (series.*number.set)(file_.Int(*value, number.least, number.most));
  }
  if (const std::optional<SeriesConflict> conflict = ConflictIn(series)) {
    file_.Error(NodeAt(node, conflict->key), "GV507", conflict->problem);
  }
}

// True as well for a calendar that is not there: that is another mistake, reported elsewhere.
bool OrgReader::WorksOn(const std::string& calendar, int weekday) const {
  const auto found = std::find_if(org_.calendars().begin(), org_.calendars().end(),
                                  [&](const v1::Calendar& one) { return one.id() == calendar; });
  if (found == org_.calendars().end() || found->days().empty()) return true;
  return std::find(found->days().begin(), found->days().end(), weekday) != found->days().end();
}

}  // namespace gavel::rules
