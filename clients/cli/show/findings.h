// Findings about a spec file, the same under `check` and after a submission.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/output/output.h"
#include "gavel/v1/facts.pb.h"

namespace gavel::cli {

using Findings = std::vector<v1::Finding>;

// The file's name and a line per finding; long ones go on below their message on a terminal.
void ShowFindings(Output& output, const std::string& path, const Findings& findings);

// The line of a finding as `rules::FindingText` writes it. Its message may quote a value of several
// lines; none of them begins a line of ours, where a CI system would obey it.
std::string FindingLine(const v1::Finding& finding);

// A sentence of the verdict, or a line of its explanation, `margin` columns in; likewise.
void ShowVerdictLine(Output& output, const std::string& line, size_t margin = 2);

// A line for people, broken at spaces where the terminal ends; what is broken off stands `indent`
// columns in. Where a program reads, one line stays one line.
void ShowWrapped(Output& output, const std::string& text, size_t indent);

// `1 error, 2 warnings`.
std::string CountText(const Findings& findings);

}  // namespace gavel::cli
