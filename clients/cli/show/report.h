// The report of `gavel check` in the format that was asked for.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "clients/check/report.h"
#include "clients/cli/session.h"

namespace gavel::cli {

enum class ReportFormat { kText, kLine, kJson, kGithub, kSarif, kJunit };

// Of --output and --json. Errors: INVALID_ARGUMENT for an unknown word, and for both at odds.
absl::StatusOr<ReportFormat> ReportFormatOf(Session& session);

// `text|line|json|github|sarif|junit`
std::string ReportFormatWords();

// Writes `report` to stdout. `policy` names what was checked with, in words, for people.
//
// JSON is one object a file and line: `path` and the API's EvaluateResponse. Where --json=… asks
// for something of a finding (`code`, `severity`, `line`, `column`, `field`, `message`) it is one
// object a finding instead, in which the file's fields can be asked for as well.
void ShowReport(Output& output, ReportFormat format, const check::Report& report,
                const std::string& policy);

}  // namespace gavel::cli
