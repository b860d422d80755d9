#include "clients/cli/show/simulation.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

using Json = nlohmann::ordered_json;
using simulation::Report;
using simulation::ReportItem;
using simulation::ReportMeeting;
using simulation::ReportRefusal;

enum class Unit { kCount, kDays, kShare };

// One line of the report. `key` is its name for scripts.
struct Figure {
  const char* key;
  const char* text;
  Unit unit;
  double (*value)(const Report& report);
};

double ShareCancelled(const Report& report) {
  const int all = report.meetings + report.cancelled;
  return all == 0 ? 0 : static_cast<double>(report.cancelled) / all;
}

constexpr Figure kFigures[] = {
    {"specs", "specs played", Unit::kCount, [](const Report& r) -> double { return r.specs; }},
    {"demands", "reviews that asked for the room", Unit::kCount,
     [](const Report& r) -> double { return r.demands; }},
    {"decided", "heard by the room", Unit::kCount,
     [](const Report& r) -> double { return r.decided; }},
    {"waiting", "still waiting at the end", Unit::kCount,
     [](const Report& r) -> double { return r.waiting; }},
    {"without_room", "decided without a meeting", Unit::kCount,
     [](const Report& r) -> double { return r.without_room; }},
    {"median_wait_days", "wait for the meeting, median", Unit::kDays,
     [](const Report& r) { return r.median_wait_days; }},
    {"p90_wait_days", "wait for the meeting, nine of ten within", Unit::kDays,
     [](const Report& r) { return r.p90_wait_days; }},
    {"longest_queue", "longest queue", Unit::kCount,
     [](const Report& r) -> double { return r.longest_queue; }},
    {"meetings", "meetings held", Unit::kCount,
     [](const Report& r) -> double { return r.meetings; }},
    {"cancelled", "meetings cancelled", Unit::kCount,
     [](const Report& r) -> double { return r.cancelled; }},
    {"cancelled_share", "share cancelled", Unit::kShare, ShareCancelled},
    {"utilisation", "used of the minutes of meetings held", Unit::kShare,
     [](const Report& r) { return r.utilisation; }},
    {"requested", "asked for of the minutes of all meetings", Unit::kShare,
     [](const Report& r) { return r.requested; }},
    {"most_items", "most specs in one meeting", Unit::kCount,
     [](const Report& r) -> double { return r.most_items; }},
    {"refused", "events that the lifecycle refused", Unit::kCount,
     [](const Report& r) -> double { return r.refused; }},
    {"refused_demands", "of these, asked for the room", Unit::kCount,
     [](const Report& r) -> double { return r.refused_demands; }},
};

std::string Text(double value, Unit unit, bool with_sign = false) {
  const char* const sign = with_sign && value > 0 ? "+" : "";
  switch (unit) {
    case Unit::kCount:
      return fmt::format("{}{:.0f}", sign, value);
    case Unit::kDays:
      return fmt::format("{}{:.1f} days", sign, value);
    case Unit::kShare:
      return fmt::format("{}{:.0f} %", sign, 100 * value);
  }
  return "";
}

std::vector<std::string> Row(const Figure& figure, const std::vector<SimulationRun>& runs) {
  std::vector<std::string> row = {figure.text};
  for (const SimulationRun& run : runs) row.push_back(Text(figure.value(run.report), figure.unit));
  if (runs.size() == 2) {
    const double difference = figure.value(runs[1].report) - figure.value(runs[0].report);
    row.push_back(Text(difference, figure.unit, /*with_sign=*/true));
  }
  return row;
}

void ShowFigures(Output& output, const std::vector<SimulationRun>& runs) {
  std::vector<std::string> header = {""};
  for (const SimulationRun& run : runs) header.push_back(run.name);
  if (runs.size() == 2) header.push_back("difference");
  std::vector<std::vector<std::string>> rows;
  for (const Figure& figure : kFigures) rows.push_back(Row(figure, runs));
  output.Table(header, rows);
}

std::string ItemText(const ReportItem& item) {
  return fmt::format("{} {} ({} min, waited {:.1f} days)", item.spec, item.outcome,
                     item.timebox_minutes, item.wait_days);
}

void ShowMeetings(Output& output, const Report& report) {
  std::vector<std::vector<std::string>> rows;
  for (const ReportMeeting& meeting : report.agendas) {
    std::vector<std::string> items;
    for (const ReportItem& item : meeting.items) items.push_back(ItemText(item));
    rows.push_back({meeting.day, meeting.held ? "held" : "cancelled",
                    meeting.held ? fmt::format("{}", fmt::join(items, "; ")) : meeting.reason});
  }
  output.Table({"day", "meeting", "specs"}, rows);
}

void ShowRefusals(Output& output, const Report& report) {
  std::vector<std::vector<std::string>> rows;
  for (const ReportRefusal& refusal : report.refusals) {
    rows.push_back({std::to_string(refusal.count), refusal.what, refusal.example});
  }
  if (!rows.empty()) output.Table({"refused", "what", "the first one"}, rows);
}

Json MeetingJson(const ReportMeeting& meeting) {
  Json json = {{"day", meeting.day},
               {"held", meeting.held},
               {"reason", meeting.reason},
               {"usable_minutes", meeting.usable_minutes},
               {"requested_minutes", meeting.requested_minutes},
               {"items", Json::array()}};
  for (const ReportItem& item : meeting.items) {
    json["items"].push_back({{"spec", item.spec},
                             {"outcome", item.outcome},
                             {"timebox_minutes", item.timebox_minutes},
                             {"wait_days", item.wait_days}});
  }
  return json;
}

Json ReportJson(const Report& report, const SimulationView& view) {
  Json json = Json::object();
  for (const Figure& figure : kFigures) {
    const double value = figure.value(report);
    if (figure.unit == Unit::kCount) {
      json[figure.key] = static_cast<int64_t>(std::lround(value));
    } else {
      json[figure.key] = value;
    }
  }
  json["refusals"] = Json::array();
  for (const ReportRefusal& refusal : report.refusals) {
    json["refusals"].push_back({{"what", refusal.what},
                                {"code", refusal.code},
                                {"count", refusal.count},
                                {"example", refusal.example}});
  }
  if (!view.meetings) return json;
  json["agendas"] = Json::array();
  for (const ReportMeeting& meeting : report.agendas) {
    json["agendas"].push_back(MeetingJson(meeting));
  }
  return json;
}

std::string JsonText(const Output& output, const std::vector<SimulationRun>& runs,
                     const SimulationView& view) {
  Json json = ReportJson(runs[0].report, view);
  if (runs.size() == 2) json["what_if"] = ReportJson(runs[1].report, view);
  const std::vector<std::string>& fields = output.options().fields;
  if (!fields.empty()) {
    Json selected = Json::object();
    for (const std::string& field : fields) {
      selected[field] = json.contains(field) ? json[field] : Json();
    }
    json = std::move(selected);
  }
  return json.dump(output.terminal() ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void ShowSimulation(Output& output, const std::vector<SimulationRun>& runs,
                    const SimulationView& view) {
  if (output.json()) {
    output.JsonText(JsonText(output, runs, view));
    return;
  }
  ShowFigures(output, runs);
  for (const SimulationRun& run : runs) {
    if (view.refusals) ShowRefusals(output, run.report);
    if (view.meetings) ShowMeetings(output, run.report);
  }
}

}  // namespace gavel::cli
