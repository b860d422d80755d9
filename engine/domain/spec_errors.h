// The errors of the lifecycle, one function each, so that message, reason and metadata agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/domain/command.h"
#include "engine/domain/roles.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

absl::Status StateNotAllowed(const v1::Spec& spec, CommandKind command,
                             const std::vector<std::string>& allowed);
absl::Status GuardFailed(const v1::Spec& spec, CommandKind command, std::string_view why);
absl::Status RoleMissing(CommandKind command, std::string_view person, RoleSet needs);
// For what only the authors of a document may do.
absl::Status NotAmongAuthors(const v1::Spec& spec, CommandKind command, std::string_view person);
absl::Status OwnSpec(const v1::Spec& spec, CommandKind command, std::string_view person);
absl::Status NoEligibleReviewer(std::string_view gate);
absl::Status PartNotFound(const v1::Spec& spec, std::string_view kind, std::string_view name,
                          const std::vector<std::string>& known);

// INVALID_ARGUMENT `FIELD_INVALID` for an empty `text`; `what` says what it must hold.
absl::Status RequireText(std::string_view field, const std::string& text,
                         std::string_view what = "must say why, in a sentence");

}  // namespace gavel
