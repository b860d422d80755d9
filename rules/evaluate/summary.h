// One sentence for people that says what a verdict means and why.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/evaluate/firing.h"

namespace gavel::rules {

// `verdict` is complete but for the summary. `area` is the spec's own.
std::string SummaryOf(const v1::Verdict& verdict, const std::vector<Firing>& firings,
                      const std::string& area, bool author_wants_people);

}  // namespace gavel::rules
