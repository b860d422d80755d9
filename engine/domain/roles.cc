#include "engine/domain/roles.h"

#include "engine/base/contains.h"

#include <array>
#include <set>
#include <utility>

namespace gavel {
namespace {

constexpr std::array<std::pair<RoleSet, std::string_view>, 13> kRoleNames = {{
    {role::kMember, "member"},
    {role::kAuthor, "author"},
    {role::kReviewer, "reviewer"},
    {role::kRequiredReviewer, "required reviewer"},
    {role::kInvited, "the invited"},
    {role::kFacilitator, "facilitator"},
    {role::kSponsor, "sponsor"},
    {role::kAuditor, "auditor"},
    {role::kAdmin, "admin"},
    {role::kPresenter, "presenter"},
    {role::kSystem, "system"},
    {role::kViewer, "viewer"},
    {role::kNotetaker, "notetaker"},
}};

// Whoever runs a meeting runs its items, also where they were only given the role for it.
bool RunsItsMeeting(const Situation& situation, std::string_view person) {
  const v1::Meeting* meeting = situation.meeting;
  if (meeting == nullptr || meeting->facilitator() != person) return false;
  const v1::Spec& spec = situation.spec;
  return spec.meeting() == meeting->id() || spec.last_outcome().meeting() == meeting->id();
}

}  // namespace

bool IsAuthor(const v1::Spec& spec, std::string_view person) {
  return Contains(spec.authors(), person);
}

std::vector<std::string> InvolvedReviewers(const Organisation& organisation, const v1::Spec& spec,
                                           absl::Time now) {
  std::set<std::string> people;
  const auto add = [&](const std::vector<std::string>& more) {
    people.insert(more.begin(), more.end());
  };
  add(organisation.ReviewersOf(spec.area(), now));
  for (const std::string& area : spec.consulted()) add(organisation.ReviewersOf(area, now));
  for (const v1::Gate& gate : spec.gates())
    people.insert(gate.people().begin(), gate.people().end());
  for (const v1::Assignment& assignment : spec.assignments()) people.insert(assignment.person());
  for (const std::string& author : spec.authors()) people.erase(author);
  return {people.begin(), people.end()};
}

std::string ActingSponsor(const Situation& situation, std::string_view area_id) {
  const v1::Area& area = *situation.organisation.FindArea(area_id);
  const absl::CivilDay today = situation.calendar().DayOf(situation.now);
  std::string acting;
  for (const std::string& candidate : {area.sponsor(), area.deputy()}) {
    if (IsAuthor(situation.spec, candidate)) continue;
    if (!situation.organisation.IsPresent(candidate, situation.now)) continue;
    if (!IsAway(situation.absences, candidate, today)) return candidate;
    if (acting.empty()) acting = candidate;
  }
  return acting;
}

RoleSet RolesOf(const Situation& situation, std::string_view person) {
  const Organisation& organisation = situation.organisation;
  const v1::Spec& spec = situation.spec;
  const absl::Time now = situation.now;
  if (person == kSystemActor || person == kRulesActor) return role::kSystem;
  if (organisation.IsService(person)) return role::kViewer;
  if (!organisation.IsPresent(person, now)) return 0;

  RoleSet roles = role::kMember;
  const bool author = IsAuthor(spec, person);
  if (author) roles |= role::kAuthor;
  if (!author && Contains(InvolvedReviewers(organisation, spec, now), person)) {
    roles |= role::kReviewer;
  }
  for (const v1::Assignment& assignment : spec.assignments()) {
    if (assignment.person() == person && !author) roles |= role::kRequiredReviewer;
  }
  if (!author && Contains(spec.readers(), person)) roles |= role::kInvited;
  if (spec.presenter() == person) roles |= role::kPresenter;
  if (organisation.IsAuditor(person)) roles |= role::kAuditor;
  if (organisation.IsAdmin(person)) roles |= role::kAdmin;

  const v1::Area* area = organisation.FindArea(spec.area());
  if (area == nullptr) return roles;
  if (Contains(area->facilitators(), person) || RunsItsMeeting(situation, person)) {
    roles |= role::kFacilitator;
  }
  // A sponsor on leave may still speak up; the deputy speaks for them meanwhile.
  const bool sponsors = area->sponsor() == person || ActingSponsor(situation, area->id()) == person;
  if (!author && sponsors) roles |= role::kSponsor;
  return roles;
}

std::string RoleNames(RoleSet roles) {
  std::string names;
  for (const auto& [bit, name] : kRoleNames) {
    if ((roles & bit) == 0) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

}  // namespace gavel
