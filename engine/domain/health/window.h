// The lives of one area (or all) seen in one span of time: what every figure is counted over.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "engine/domain/health/health_fold.h"
#include "engine/domain/organisation.h"
#include "gavel/v1/backtest.pb.h"

namespace gavel::health {

// From `from` on, up to `to`, without.
struct Span {
  absl::Time from;
  absl::Time to;

  bool Contains(absl::Time time) const { return from <= time && time < to; }
  double weeks() const { return absl::ToDoubleHours(to - from) / (7 * 24); }
};

// The span of the same length before.
inline Span Before(const Span& span) { return {span.from - (span.to - span.from), span.from}; }

// What the rules say of the specs that were queued for the room in a span. Made above the core,
// from QueuedIn and the reviews' facts.
struct QueueReading {
  int queued = 0;  // Of these, specs whose facts are kept.
  // Single conditions that alone kept queued specs from approval, most specs first.
  std::vector<v1::NearMiss> near_misses = {};
  // Queued specs that the best rule mined from them covers; 0 where none was found.
  int mined = 0;
};

class Window {
 public:
  // `area` empty: all. The references must outlive the window.
  Window(const Lives& lives, const Organisation& organisation, std::string area, Span span,
         const QueueReading& queue);

  const Span& span() const { return span_; }
  const QueueReading& queue() const { return queue_; }
  bool Contains(absl::Time time) const { return span_.Contains(time); }
  // Happened before the span's end.
  bool Past(absl::Time time) const { return time < span_.to; }

  using OnSpec = absl::FunctionRef<void(const SpecLife&)>;
  using OnDecision = absl::FunctionRef<void(const SpecLife&, const DecisionLife&)>;
  using OnMeeting = absl::FunctionRef<void(const MeetingLife&)>;

  void EachSpec(OnSpec visit) const;
  // Decisions made in the span and not undone by its end.
  void EachDecision(OnDecision visit) const;
  // Those of people only.
  void EachDecisionOfPeople(OnDecision visit) const;
  void EachMeeting(OnMeeting visit) const;
  // Meetings that closed in the span.
  void EachHeld(OnMeeting visit) const;

  // True for the area's sponsor and deputy of today.
  bool Sponsors(std::string_view area, PersonNumber person) const;

  // Sums of the pulse over the areas.
  PulseSum Pulse(PulseRole role) const;
  bool PulseAnswered() const;

  // By the area's calendar.
  double BusinessDays(std::string_view area, absl::Time from, absl::Time to) const;
  // The same by the spec's clock, which stands still while it waits for its author or is parked.
  double ReviewDays(const SpecLife& spec, absl::Time from, absl::Time to) const;
  // The first instant after a day, by the area's calendar.
  absl::Time EndOfDay(std::string_view area, absl::CivilDay day) const;
  // Meetings of the area that were due from `from` on, up to `to`, both included. Meetings that
  // somebody asked for are none, cancelled ones are.
  int Occurrences(std::string_view area, absl::Time from, absl::Time to) const;

 private:
  bool Sees(std::string_view area) const { return area_.empty() || area == area_; }
  // Of the area, or of any where the organisation no longer has it.
  const BusinessCalendar* CalendarOf(std::string_view area) const;

  const Lives& lives_;
  const Organisation& organisation_;
  const std::string area_;
  const Span span_;
  const QueueReading& queue_;
  std::map<std::string, std::vector<absl::Time>, std::less<>> due_;  // Sorted starts by area.
};

// Keys of specs that were queued for the room in the span, in the area (empty: any), in order.
std::vector<std::string> QueuedIn(const Lives& lives, std::string_view area, const Span& span);

}  // namespace gavel::health
