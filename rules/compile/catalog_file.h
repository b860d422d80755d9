// `catalog.yaml`.
#pragma once

#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// The catalog of `source`, lists sorted by id, `Nm` dates resolved from `published`. Mistakes are
// added to `problems`; the result is then incomplete.
v1::Catalog ReadCatalogFile(const v1::PolicySource& source, const v1::Org& org,
                            const v1::Date& published, std::vector<PolicyProblem>& problems);

}  // namespace gavel::rules
