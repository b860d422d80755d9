// Findings about a spec file, the same under `check` and after a submission.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/output.h"
#include "gavel/v1/facts.pb.h"

namespace gavel::cli {

using Findings = std::vector<v1::Finding>;

// The file's name and a line per finding.
void ShowFindings(Output& output, const std::string& path, const Findings& findings);

// `path:line:col: error: message [GV204]`, for editors.
std::string FindingLine(const std::string& path, const v1::Finding& finding);

int CountFindings(const Findings& findings, v1::Finding::Severity severity);

// `1 error, 2 warnings`.
std::string CountText(const Findings& findings);

}  // namespace gavel::cli
