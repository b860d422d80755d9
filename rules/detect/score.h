// Score: the workload file `score.yaml`.
#pragma once

#include <string_view>

#include "rules/detect/resource.h"

namespace gavel::rules {

// Reads `resources.NAME` with its type, class and params.
//
// An error is: what the strict YAML reader refuses, more than one document, another `apiVersion`
// than `score.dev/v1…`, a resource without a type.
Reading ReadScore(std::string_view text);

}  // namespace gavel::rules
