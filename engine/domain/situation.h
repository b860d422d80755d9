// Everything a guard or an effect may look at besides the command. All of it comes in as values.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "engine/domain/organisation.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// References must outlive the call they are passed to.
struct Situation {
  const v1::Spec& spec;  // The state before the command; while it runs, after the events so far.
  const Organisation& organisation;
  const Absences& absences;
  absl::Time now;

  // The meeting that the command names, or the one that made the decision in force; null elsewhere.
  const v1::Meeting* meeting = nullptr;
  // The specs that `spec.supersedes` (or the new revision's) names, as far as they exist.
  const std::vector<v1::Spec>* superseded = nullptr;

  const v1::Area& area() const { return *organisation.FindArea(spec.area()); }
  const v1::AreaSettings& settings() const { return area().settings(); }
  const BusinessCalendar& calendar() const { return organisation.CalendarOf(spec.area()); }
};

}  // namespace gavel
