#include "engine/domain/organisation.h"

#include <algorithm>

#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"

namespace gavel {
namespace {

std::string_view WithoutPrefix(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : text;
}

const v1::Absence* AbsenceOn(const Absences& absences, std::string_view person,
                             absl::CivilDay day) {
  const auto record = absences.find(person);
  if (record == absences.end()) return nullptr;
  for (const v1::Absence& absence : record->second.absences()) {
    if (ToCivilDay(absence.from()) <= day && day <= ToCivilDay(absence.to())) return &absence;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Organisation>> Organisation::Create(const v1::Org& org) {
  std::shared_ptr<Organisation> made(new Organisation(org));
  for (const v1::Person& person : made->org_.people()) made->people_[person.id()] = &person;
  for (const v1::Area& area : made->org_.areas()) {
    made->areas_[area.id()] = &area;
    const v1::Calendar* calendar = made->FindCalendar(area.settings().calendar());
    if (calendar == nullptr) {
      return FieldError(
          "areas." + area.id() + ".calendar",
          fmt::format("`{}` is not a calendar of the organisation", area.settings().calendar()));
    }
    GAVEL_ASSIGN_OR_RETURN(BusinessCalendar business, BusinessCalendar::Create(*calendar));
    made->calendars_.emplace(area.id(), std::move(business));
  }
  return std::shared_ptr<const Organisation>(std::move(made));
}

const v1::Area* Organisation::FindArea(std::string_view id) const {
  const auto found = areas_.find(id);
  return found == areas_.end() ? nullptr : found->second;
}

const v1::Person* Organisation::FindPerson(std::string_view id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : found->second;
}

const v1::Calendar* Organisation::FindCalendar(std::string_view id) const {
  for (const v1::Calendar& calendar : org_.calendars()) {
    if (calendar.id() == id) return &calendar;
  }
  return nullptr;
}

bool Organisation::IsService(std::string_view id) const {
  return std::any_of(org_.services().begin(), org_.services().end(),
                     [&](const auto& service) { return service.id() == id; });
}

bool Organisation::IsAdmin(std::string_view person) const {
  return Contains(org_.admins(), person);
}

bool Organisation::IsAuditor(std::string_view person) const {
  return Contains(org_.auditors(), person);
}

bool Organisation::IsPresent(std::string_view person, absl::Time now) const {
  const v1::Person* found = FindPerson(person);
  if (found == nullptr) return false;
  if (!found->has_left()) return true;
  return absl::ToCivilDay(now, absl::UTCTimeZone()) < ToCivilDay(found->left());
}

const BusinessCalendar& Organisation::CalendarOf(std::string_view area) const {
  return calendars_.find(area)->second;
}

std::string Organisation::TeamOf(std::string_view person) const {
  const v1::Person* found = FindPerson(person);
  return found == nullptr ? std::string() : found->team();
}

std::vector<std::string> Organisation::Members(std::string_view reference, absl::Time now) const {
  std::vector<std::string> members;
  const std::string_view team = WithoutPrefix(reference, "team:");
  if (team.size() != reference.size()) {
    for (const v1::Person& person : org_.people()) {
      if (person.team() == team) members.push_back(person.id());
    }
  } else {
    const std::string_view id = WithoutPrefix(reference, "group:");
    for (const v1::Group& group : org_.groups()) {
      if (group.id() == id) members.assign(group.members().begin(), group.members().end());
    }
    if (members.empty() && FindPerson(id) != nullptr) members.emplace_back(id);
  }
  std::erase_if(members, [&](const std::string& person) { return !IsPresent(person, now); });
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

std::vector<std::string> Organisation::ReviewersOf(std::string_view area, absl::Time now) const {
  const v1::Area* found = FindArea(area);
  if (found == nullptr) return {};
  return Members("group:" + found->gate().group(), now);
}

std::string Organisation::NameOf(std::string_view person) const {
  const v1::Person* found = FindPerson(person);
  return found == nullptr ? std::string(person) : found->name();
}

bool IsAway(const Absences& absences, std::string_view person, absl::CivilDay day) {
  return AbsenceOn(absences, person, day) != nullptr;
}

std::string StandIn(const Absences& absences, std::string_view person, absl::CivilDay day) {
  const v1::Absence* absence = AbsenceOn(absences, person, day);
  if (absence == nullptr) return std::string(person);
  if (absence->delegate().empty() || IsAway(absences, absence->delegate(), day)) return "";
  return absence->delegate();
}

}  // namespace gavel
