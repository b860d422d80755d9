#include "engine/simulation/ledger.h"

#include <algorithm>
#include <utility>

#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::simulation {
namespace {

double Share(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string DayOf(const v1::Meeting& meeting) {
  absl::TimeZone zone;
  absl::LoadTimeZone(meeting.zone(), &zone);
  return absl::FormatTime("%Y-%m-%d", FromProto(meeting.start_time()), zone);
}

}  // namespace

void Ledger::Ready() {
  ++report_.demands;
  report_.longest_queue = std::max(report_.longest_queue, ++report_.waiting);
}

void Ledger::Decided(absl::Time ready, absl::Time now) {
  --report_.waiting;
  ++report_.decided;
  waits_.push_back(absl::FDivDuration(now - ready, absl::Hours(24)));
}

void Ledger::DemandRefused() {
  --report_.waiting;
  ++report_.refused_demands;
}

void Ledger::Read(const v1::Event& event) {
  switch (event.payload_case()) {
    case v1::Event::kMeetingPlanned: {
      const v1::Meeting& planned = event.meeting_planned().meeting();
      Occurrence& meeting = meetings_[event.meeting()];
      meeting.start = FromProto(planned.start_time());
      meeting.line.day = DayOf(planned);
      meeting.line.usable_minutes = planned.usable_minutes();
      return;
    }
    case v1::Event::kAgendaPlanned:
      meetings_[event.meeting()].line.requested_minutes =
          event.agenda_planned().requested_minutes();
      return;
    case v1::Event::kMeetingCancelled:
      meetings_[event.meeting()].over = true;
      meetings_[event.meeting()].line.reason = CancelReasonText(event.meeting_cancelled().reason());
      return;
    default:
      return;
  }
}

void Ledger::Held(const std::string& meeting, std::vector<ReportItem> items) {
  Occurrence& held = meetings_[meeting];
  held.over = true;
  held.line.held = true;
  held.line.items = std::move(items);
}

void Ledger::Refused(std::string_view what, const std::string& place, const absl::Status& why) {
  ++report_.refused;
  ReportRefusal& refusal = refusals_[{std::string(what), ErrorReasonOf(why)}];
  if (refusal.count++ > 0) return;
  refusal.what = what;
  refusal.code = ErrorReasonOf(why);
  refusal.example = fmt::format("{}: {}", place, std::string(why.message()));
}

Report Ledger::Close(int specs) const {
  Report report = report_;
  report.specs = specs;
  report.median_wait_days = Percentile(waits_, 0.5);
  report.p90_wait_days = Percentile(waits_, 0.9);

  std::vector<const Occurrence*> over;
  for (const auto& [id, meeting] : meetings_) {
    if (meeting.over) over.push_back(&meeting);
  }
  std::stable_sort(over.begin(), over.end(),
                   [](const auto* a, const auto* b) { return a->start < b->start; });
  int64_t used = 0, usable_held = 0, requested = 0, usable = 0;
  for (const Occurrence* meeting : over) {
    const ReportMeeting& line = meeting->line;
    ++(line.held ? report.meetings : report.cancelled);
    report.most_items = std::max(report.most_items, static_cast<int>(line.items.size()));
    for (const ReportItem& item : line.items) used += item.timebox_minutes;
    usable_held += line.held ? line.usable_minutes : 0;
    requested += line.requested_minutes;
    usable += line.usable_minutes;
    report.agendas.push_back(line);
  }
  report.utilisation = Share(used, usable_held);
  report.requested = Share(requested, usable);

  for (const auto& [key, refusal] : refusals_) report.refusals.push_back(refusal);
  std::stable_sort(report.refusals.begin(), report.refusals.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  return report;
}

}  // namespace gavel::simulation
