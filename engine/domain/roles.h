// Who somebody is to a spec. One set of roles drives the check, the documentation and the matrix.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/organisation.h"
#include "engine/domain/situation.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// A set of roles, combined with `|`.
using RoleSet = uint32_t;

namespace role {
inline constexpr RoleSet kMember = 1u << 0;            // Anybody in the organisation.
inline constexpr RoleSet kAuthor = 1u << 1;            // Of the current revision.
inline constexpr RoleSet kReviewer = 1u << 2;          // Of an area involved, not an author.
inline constexpr RoleSet kRequiredReviewer = 1u << 3;  // Assigned, not an author.
inline constexpr RoleSet kInvited = 1u << 4;           // Invited to read a draft, not an author.
inline constexpr RoleSet kFacilitator = 1u << 5;       // Of the spec's area.
inline constexpr RoleSet kSponsor = 1u << 6;           // Of the spec's area, not an author.
inline constexpr RoleSet kAuditor = 1u << 7;
inline constexpr RoleSet kAdmin = 1u << 8;
inline constexpr RoleSet kPresenter = 1u << 9;   // Presents the spec.
inline constexpr RoleSet kSystem = 1u << 10;     // Timers, planner and rules.
inline constexpr RoleSet kViewer = 1u << 11;     // A service identity.
inline constexpr RoleSet kNotetaker = 1u << 12;  // Of the area, or of this meeting.
}  // namespace role

// The actor of everything that timers and the planner do.
inline constexpr std::string_view kSystemActor = "system";
// The actor of everything that the rules do.
inline constexpr std::string_view kRulesActor = "rules";

// Every role of `person` towards the spec. Empty for somebody unknown or gone. The deputy counts as
// sponsor only while the sponsor is away, gone or an author.
RoleSet RolesOf(const Situation& situation, std::string_view person);

// Who answers for `area` towards the spec today: its sponsor; the deputy while the sponsor is away;
// neither as an author. Empty where nobody is left. `area` must exist.
std::string ActingSponsor(const Situation& situation, std::string_view area);

// Reviewers of the areas involved: gate groups of the spec's area and of those consulted, rule
// clauses, and everybody assigned. Sorted, without authors.
std::vector<std::string> InvolvedReviewers(const Organisation& organisation, const v1::Spec& spec,
                                           absl::Time now);

bool IsAuthor(const v1::Spec& spec, std::string_view person);

// `author, facilitator` for messages and documentation.
std::string RoleNames(RoleSet roles);

}  // namespace gavel
