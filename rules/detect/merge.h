// What detectors found joins what the author declared.
#pragma once

#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/detect/detectors.h"
#include "rules/policy.h"

namespace gavel::rules {

// Sets `detectors`, `coverage` and `undeclared`, adds what was found to known dependencies, raises
// a known data class to that of the systems the files belong to, and says each in a finding.
//
// A dependency is declared when product and tier are: `postgres/standard-m` found beside a declared
// `postgres/standard-s` is undeclared. A tier that cannot be told joins the dependencies without
// one, which no rule approves, and is undeclared only where its product is.
//
// Coverage: none where a file could not be read (what is undeclared is then unknown), full where
// every detector of the organisation ran and read all there is, partial where some ran, else
// declared_only. `unread_parts` (images, raw HTML) caps it at partial.
//
// Found things can only make a fact worse for approval: nothing declared is removed or lowered.
void MergeDetection(const Detection& detection, const Policy& policy, bool unread_parts,
                    v1::Facts& facts, std::vector<v1::Finding>& findings);

}  // namespace gavel::rules
