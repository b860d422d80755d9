// What machines read of a check: editors, CI systems, test reports. Each is a pure function of the
// report with a file of its own; the order is the report's, and no locale takes part.
#pragma once

#include <string>

#include "clients/check/report.h"

namespace gavel::check {

// `path:line:col: error: message [GV204]`, a line each; 1:1 for a finding without a place. Columns
// count code points. clients/ci/github/problem-matcher.json reads it.
std::string LineFormat(const Report& report);

// GitHub's workflow commands, a line each: `::error file=…,line=…,col=…,title=GV204::message`.
std::string GithubFormat(const Report& report);

// SARIF 2.1.0, one run: a rule per code, regions in code points, fingerprints that stay the same
// when lines move, and what would mend a finding as `fixes`.
std::string SarifFormat(const Report& report);

// JUnit's XML as Jenkins and GitLab read it: a test suite per file, a test case per code, or one
// case `ok`. A case fails where `fail_on` makes the run fail.
std::string JunitFormat(const Report& report);

}  // namespace gavel::check
