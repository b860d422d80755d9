#include "engine/domain/health/window.h"

#include <algorithm>

#include "engine/domain/names.h"
#include "engine/domain/review_clock.h"

namespace gavel::health {
namespace {

// The spec's clock as it stood still before `to`; the same one that deadlines use.
std::vector<DayRange> PausesOf(const SpecLife& spec, const BusinessCalendar& calendar,
                               absl::Time to) {
  SpecPauses pauses(calendar);
  v1::Event move;
  for (const Visit& visit : spec.visits) {
    if (visit.enter >= to) break;
    move.set_to_state(visit.state);
    *move.mutable_time() = ToProto(visit.enter);
    pauses.Add(move);
  }
  return pauses.Until(to);
}

bool WasQueuedIn(const SpecLife& spec, const Span& span) {
  return std::any_of(spec.visits.begin(), spec.visits.end(), [&](const Visit& visit) {
    return visit.state == v1::Spec::STATE_QUEUED && span.Contains(visit.enter);
  });
}

}  // namespace

Window::Window(const Lives& lives, const Organisation& organisation, std::string area, Span span,
               const QueueReading& queue)
    : lives_(lives),
      organisation_(organisation),
      area_(std::move(area)),
      span_(span),
      queue_(queue) {
  for (const auto& [id, meeting] : lives_.meetings) {
    if (!meeting.ad_hoc && !meeting.taken_off) due_[meeting.area].push_back(meeting.start);
  }
  for (auto& [key, starts] : due_) std::sort(starts.begin(), starts.end());
}

void Window::EachSpec(OnSpec visit) const {
  for (const auto& [key, spec] : lives_.specs) {
    if (Sees(spec.area) && Past(spec.created)) visit(spec);
  }
}

void Window::EachDecision(OnDecision visit) const {
  EachSpec([&](const SpecLife& spec) {
    for (const DecisionLife& decision : spec.decisions) {
      if (Contains(decision.time) && !Past(decision.undone)) visit(spec, decision);
    }
  });
}

void Window::EachDecisionOfPeople(OnDecision visit) const {
  EachDecision([&](const SpecLife& spec, const DecisionLife& decision) {
    if (decision.authority != v1::Decision::AUTHORITY_RULE) visit(spec, decision);
  });
}

void Window::EachMeeting(OnMeeting visit) const {
  for (const auto& [id, meeting] : lives_.meetings) {
    if (Sees(meeting.area)) visit(meeting);
  }
}

void Window::EachHeld(OnMeeting visit) const {
  EachMeeting([&](const MeetingLife& meeting) {
    if (Contains(meeting.closed)) visit(meeting);
  });
}

PulseSum Window::Pulse(PulseRole role) const {
  PulseSum sum;
  for (const auto& [area, box] : lives_.pulses) {
    if (Sees(area)) sum.Add(box.Sum(role, span_.from, span_.to));
  }
  return sum;
}

bool Window::PulseAnswered() const {
  return std::any_of(lives_.pulses.begin(), lives_.pulses.end(), [&](const auto& entry) {
    return Sees(entry.first) && entry.second.Answered(span_.from, span_.to);
  });
}

const BusinessCalendar* Window::CalendarOf(std::string_view area) const {
  if (organisation_.FindArea(area) != nullptr) return &organisation_.CalendarOf(area);
  if (organisation_.org().areas().empty()) return nullptr;
  return &organisation_.CalendarOf(organisation_.org().areas(0).id());
}

double Window::BusinessDays(std::string_view area, absl::Time from, absl::Time to) const {
  const BusinessCalendar* calendar = CalendarOf(area);
  if (calendar == nullptr) return absl::ToDoubleHours(to - from) / 24;
  return calendar->BusinessDaysBetween(from, to);
}

double Window::ReviewDays(const SpecLife& spec, absl::Time from, absl::Time to) const {
  const BusinessCalendar* calendar = CalendarOf(spec.area);
  if (calendar == nullptr) return absl::ToDoubleHours(to - from) / 24;
  return calendar->BusinessDaysBetween(from, to, PausesOf(spec, *calendar, to));
}

bool Window::Sponsors(std::string_view area, PersonNumber person) const {
  const v1::Area* found = organisation_.FindArea(area);
  return found != nullptr && (lives_.people.Find(found->sponsor()) == person ||
                              lives_.people.Find(found->deputy()) == person);
}

absl::Time Window::EndOfDay(std::string_view area, absl::CivilDay day) const {
  const BusinessCalendar* calendar = CalendarOf(area);
  return calendar == nullptr ? absl::FromCivil(day + 1, absl::UTCTimeZone())
                             : calendar->EndOfDay(day);
}

int Window::Occurrences(std::string_view area, absl::Time from, absl::Time to) const {
  const auto found = due_.find(area);
  if (found == due_.end()) return 0;
  const auto& starts = found->second;
  const auto first = std::lower_bound(starts.begin(), starts.end(), from);
  return std::max(0, static_cast<int>(std::upper_bound(first, starts.end(), to) - first));
}

std::vector<std::string> QueuedIn(const Lives& lives, std::string_view area, const Span& span) {
  std::vector<std::string> keys;
  for (const auto& [key, spec] : lives.specs) {
    const bool seen = area.empty() || spec.area == area;
    if (seen && WasQueuedIn(spec, span)) keys.push_back(key);
  }
  return keys;
}

}  // namespace gavel::health
