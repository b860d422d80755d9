// The organisation as the core reads it: look-ups over `v1::Org`, and one calendar per area.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/org.pb.h"

namespace gavel {

// Immutable after Create; thread-safe.
class Organisation {
 public:
  // Errors: INVALID_ARGUMENT when a calendar or zone of an area does not exist.
  static absl::StatusOr<std::shared_ptr<const Organisation>> Create(const v1::Org& org);

  const v1::Org& org() const { return org_; }

  // Null when unknown.
  const v1::Area* FindArea(std::string_view id) const;
  const v1::Person* FindPerson(std::string_view id) const;
  const v1::Calendar* FindCalendar(std::string_view id) const;
  bool IsService(std::string_view id) const;
  bool IsAdmin(std::string_view person) const;
  bool IsAuditor(std::string_view person) const;
  // A person of the organisation who has not left by `now`.
  bool IsPresent(std::string_view person, absl::Time now) const;

  // The calendar of an area. `area` must exist.
  const BusinessCalendar& CalendarOf(std::string_view area) const;
  // The team of a person; empty when unknown.
  std::string TeamOf(std::string_view person) const;

  // Person ids behind `group:ID`, `team:ID`, a bare group id, or a person id; empty when unknown.
  // Sorted, unique, without those who have left.
  std::vector<std::string> Members(std::string_view reference, absl::Time now) const;

  // Person ids of an area's reviewers: its gate's group.
  std::vector<std::string> ReviewersOf(std::string_view area, absl::Time now) const;

  // `Chen Wu`, or the id when unknown.
  std::string NameOf(std::string_view person) const;

 private:
  explicit Organisation(const v1::Org& org) : org_(org) {}

  v1::Org org_;
  std::map<std::string, const v1::Person*, std::less<>> people_;
  std::map<std::string, const v1::Area*, std::less<>> areas_;
  std::map<std::string, BusinessCalendar, std::less<>> calendars_;  // By area id.
};

// Absence records by person id.
using Absences = std::map<std::string, v1::PersonRecord, std::less<>>;

// True where the person is away on `day`.
bool IsAway(const Absences& absences, std::string_view person, absl::CivilDay day);

// Who stands in for `person` on `day`: the person when there; else the delegate, followed once;
// empty when that one is away too or there is none.
std::string StandIn(const Absences& absences, std::string_view person, absl::CivilDay day);

}  // namespace gavel
