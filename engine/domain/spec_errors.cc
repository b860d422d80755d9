#include "engine/domain/spec_errors.h"

#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel {

absl::Status StateNotAllowed(const v1::Spec& spec, CommandKind command,
                             const std::vector<std::string>& allowed) {
  const std::string list =
      allowed.empty() ? "nothing" : fmt::format("{}", fmt::join(allowed, ", "));
  const std::string state = StateName(spec.state());
  return MakeError(absl::StatusCode::kFailedPrecondition, "STATE_NOT_ALLOWED",
                   fmt::format("{} is not possible: {} is in {}. Allowed now: {}.",
                               CommandName(command), spec.key(), state, list),
                   {{"spec", spec.key()},
                    {"command", CommandName(command)},
                    {"state", state},
                    {"allowed", list}});
}

absl::Status GuardFailed(const v1::Spec& spec, CommandKind command, std::string_view why) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "GUARD_FAILED",
      fmt::format("{} is not possible for {}: {}.", CommandName(command), spec.key(), why),
      {{"spec", spec.key()},
       {"command", CommandName(command)},
       {"state", StateName(spec.state())},
       {"why", std::string(why)}});
}

absl::Status RoleMissing(CommandKind command, std::string_view person, RoleSet needs) {
  return MakeError(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                   fmt::format("{} may be used by: {}. `{}` is none of these here.",
                               CommandName(command), RoleNames(needs), person),
                   {{"command", CommandName(command)},
                    {"principal", std::string(person)},
                    {"needs", RoleNames(needs)}});
}

absl::Status NotAmongAuthors(const v1::Spec& spec, CommandKind command, std::string_view person) {
  return MakeError(
      absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
      fmt::format("`{}` is not among the authors of this document (`{}`). Only an author registers "
                  "it: add yourself to `authors`, or ask one of them.",
                  person, fmt::join(spec.authors(), "`, `")),
      {{"command", CommandName(command)},
       {"principal", std::string(person)},
       {"needs", RoleNames(role::kAuthor)}});
}

absl::Status OwnSpec(const v1::Spec& spec, CommandKind command, std::string_view person) {
  return MakeError(
      absl::StatusCode::kPermissionDenied, "OWN_SPEC",
      fmt::format("{} is an author of {}; nobody decides on their own spec.", person, spec.key()),
      {{"spec", spec.key()},
       {"command", CommandName(command)},
       {"principal", std::string(person)}});
}

absl::Status NoEligibleReviewer(std::string_view gate) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "NO_ELIGIBLE_REVIEWER",
      fmt::format("Nobody can satisfy the gate {}: its people, sponsor and deputy are "
                  "all authors or gone. Name a reviewer of another area in `consulted`, "
                  "or take an author off the spec.",
                  gate),
      {{"gate", std::string(gate)}});
}

absl::Status PartNotFound(const v1::Spec& spec, std::string_view kind, std::string_view name,
                          const std::vector<std::string>& known) {
  const std::string list = known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "));
  return MakeError(absl::StatusCode::kNotFound, "PART_NOT_FOUND",
                   fmt::format("{} has no {} `{}`. There: {}.", spec.key(), kind, name, list),
                   {{"spec", spec.key()},
                    {"kind", std::string(kind)},
                    {"name", std::string(name)},
                    {"known", list}});
}

absl::Status RequireText(std::string_view field, const std::string& text, std::string_view what) {
  const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
  return blank ? FieldError(field, what) : absl::OkStatus();
}

}  // namespace gavel
