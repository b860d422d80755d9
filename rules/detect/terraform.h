// Terraform and OpenTofu: what `terraform show -json` prints for a plan or a state.
#pragma once

#include <string_view>

#include "rules/detect/resource.h"

namespace gavel::rules {

// Reads `resource_changes` and `planned_values` of a plan, `values` of a state, modules included.
// Data sources are left out, and what the plan deletes. An attribute in `after_unknown` is unknown.
//
// An error is: what is no JSON or over its limits, no `show -json` output, a `format_version` with
// a major version other than 0 and 1, a plan that ended in an error.
Reading ReadTerraform(std::string_view text);

}  // namespace gavel::rules
