#include "engine/domain/roles.h"

#include <algorithm>
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

template <typename Range>
bool Contains(const Range& range, std::string_view value) {
  return std::find(range.begin(), range.end(), value) != range.end();
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
  for (const v1::Gate& gate : spec.gates()) people.insert(gate.people().begin(), gate.people().end());
  for (const v1::Assignment& assignment : spec.assignments()) people.insert(assignment.person());
  for (const std::string& author : spec.authors()) people.erase(author);
  return {people.begin(), people.end()};
}

RoleSet RolesOf(const Organisation& organisation, const v1::Spec& spec, std::string_view person,
                absl::Time now) {
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
  if (Contains(spec.readers(), person)) roles |= role::kInvited;
  if (spec.presenter() == person) roles |= role::kPresenter;
  if (organisation.IsAuditor(person)) roles |= role::kAuditor;
  if (organisation.IsAdmin(person)) roles |= role::kAdmin;

  const v1::Area* area = organisation.FindArea(spec.area());
  if (area == nullptr) return roles;
  if (Contains(area->facilitators(), person)) roles |= role::kFacilitator;
  const std::vector<std::string> authors(spec.authors().begin(), spec.authors().end());
  if (!author && organisation.SponsorOf(spec.area(), authors) == person) roles |= role::kSponsor;
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
