// `org.yaml` and its holiday calendars.
#pragma once

#include <vector>

#include "gavel/v1/org.pb.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// The organisation of `source`, defaults filled in, lists sorted by id. Mistakes are added to
// `problems`; the result is then incomplete.
v1::Org ReadOrgFile(const v1::PolicySource& source, std::vector<PolicyProblem>& problems);

}  // namespace gavel::rules
