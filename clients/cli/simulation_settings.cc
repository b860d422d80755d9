#include "clients/cli/simulation_settings.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

using simulation::Settings;

constexpr std::pair<const char*, const char*> kDays[] = {
    {"mon", "Mondays"},   {"tue", "Tuesdays"}, {"wed", "Wednesdays"},
    {"thu", "Thursdays"}, {"fri", "Fridays"},
};

// A longer item would fit no meeting: an hour, less ten minutes for opening and closing.
constexpr int kTimeboxMost = 50;
constexpr int kTimeboxLeast = 5;

absl::Status Wrong(std::string_view name, std::string_view value, std::string_view what) {
  return UsageError(fmt::format("--{} is `{}`; {}", name, value, what));
}

absl::StatusOr<int> Number(std::string_view name, const std::string& value, int least, int most) {
  int number = 0;
  const char* const end = value.data() + value.size();
  const auto [read, error] = std::from_chars(value.data(), end, number);
  if (error == std::errc() && read == end && least <= number && number <= most) return number;
  return Wrong(name, value, fmt::format("write a number from {} to {}", least, most));
}

absl::StatusOr<std::string> Weekday(const std::string& value) {
  for (const auto& [day, name] : kDays) {
    if (value == day) return value;
  }
  return Wrong("weekday", value, "write mon, tue, wed, thu or fri");
}

absl::StatusOr<std::string> Zone(const std::string& value) {
  absl::TimeZone zone;
  if (absl::LoadTimeZone(value, &zone)) return value;
  return Wrong("zone", value, "write a name of the IANA list, such as Europe/Berlin");
}

// Changes one setting; `name` is a flag without its dashes.
absl::Status Set(std::string_view name, const std::string& value, Settings& settings) {
  if (name == "capacity") {
    GAVEL_ASSIGN_OR_RETURN(settings.capacity, Number(name, value, 1, 3));
  } else if (name == "timebox-min") {
    GAVEL_ASSIGN_OR_RETURN(settings.timebox_min, Number(name, value, kTimeboxLeast, kTimeboxMost));
  } else if (name == "weekday") {
    GAVEL_ASSIGN_OR_RETURN(settings.weekday, Weekday(value));
  } else if (name == "zone") {
    GAVEL_ASSIGN_OR_RETURN(settings.zone, Zone(value));
  } else {
    return UsageError(fmt::format(
        "--what-if names `{}`; it knows capacity, timebox-min, weekday and zone", name));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<absl::CivilDay>> Day(const Arguments& arguments,
                                                  const std::string& name) {
  if (!arguments.Has(name)) return std::nullopt;
  const auto date = ParseDate(arguments.Text(name));
  if (!date.ok()) return Wrong(name, arguments.Text(name), "write a day such as 2016-03-31");
  // Every empty week is played.
  if (date->year() < 1970 || date->year() > 2199) {
    return Wrong(name, arguments.Text(name), "the simulation plays 1970 to 2199");
  }
  return absl::CivilDay(date->year(), date->month(), date->day());
}

}  // namespace

absl::StatusOr<Settings> SimulationSettings(const Arguments& arguments) {
  Settings settings;
  for (const char* const name : {"capacity", "timebox-min", "weekday", "zone"}) {
    if (!arguments.Has(name)) continue;
    GAVEL_RETURN_IF_ERROR(Set(name, arguments.Text(name), settings));
  }
  settings.area = arguments.Text("area", settings.area);
  GAVEL_ASSIGN_OR_RETURN(settings.period.from, Day(arguments, "from"));
  GAVEL_ASSIGN_OR_RETURN(settings.period.to, Day(arguments, "to"));
  const auto& [from, to] = settings.period;
  if (from.has_value() && to.has_value() && *to < *from) {
    return UsageError("--to lies before --from; swap them");
  }
  return settings;
}

absl::StatusOr<Settings> WhatIf(Settings settings, std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    const std::string_view one = text.substr(0, end);
    const size_t equals = one.find('=');
    if (equals == std::string_view::npos) {
      return Wrong("what-if", one, "write SETTING=VALUE, such as capacity=2,timebox-min=25");
    }
    GAVEL_RETURN_IF_ERROR(
        Set(one.substr(0, equals), std::string(one.substr(equals + 1)), settings));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return settings;
}

std::string SettingsText(const Settings& settings) {
  std::string day = settings.weekday;
  for (const auto& [word, name] : kDays) {
    if (settings.weekday == word) day = name;
  }
  const std::string most =
      settings.capacity == 1 ? "one spec" : fmt::format("{} specs", settings.capacity);
  const std::string timebox = settings.timebox_min.has_value()
                                  ? fmt::format("{} minutes each", *settings.timebox_min)
                                  : "each for as long as its facts say";
  return fmt::format("{} at 15:00 {}, at most {}, {}", day, settings.zone, most, timebox);
}

}  // namespace gavel::cli
