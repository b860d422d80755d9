#include "clients/check/check_spec.h"

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "engine/base/error.h"
#include "rules/document.h"
#include "rules/document/links.h"
#include "rules/evaluate.h"
#include "rules/explain.h"

namespace gavel::check {
namespace {

// A violation's description begins with `line 3: ` where the problem has a line.
void SetPlace(const std::string& description, v1::Finding& finding) {
  int line = 0;
  int length = 0;
  if (std::sscanf(description.c_str(), "line %d: %n", &line, &length) != 1 || length == 0) {
    finding.set_message(description);
    return;
  }
  finding.set_line(line);
  finding.set_column(1);
  finding.set_message(description.substr(static_cast<size_t>(length)));
}

Checked Unreadable(const absl::Status& status) {
  Checked checked;
  checked.readable = false;
  checked.findings = FindingsOf(status);
  checked.result.mutable_verdict()->mutable_findings()->Add(checked.findings.begin(),
                                                            checked.findings.end());
  return checked;
}

// Links say nothing about the verdict, so the server does not look at them.
void AddLinkFindings(std::string_view bytes, const CheckOptions& options,
                     std::vector<v1::Finding>& findings) {
  for (v1::Finding& finding : rules::CheckLinks(bytes, options.exists)) {
    findings.push_back(std::move(finding));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.line() == 0, a.line(), a.column()) <
           std::tuple(b.line() == 0, b.line(), b.column());
  });
}

}  // namespace

absl::StatusOr<Checked> CheckSpec(std::string_view bytes, const CheckOptions& options) {
  const auto document = rules::ReadDocument(bytes, {.policy = options.policy,
                                                    .default_area = options.default_area,
                                                    .default_author = options.default_author,
                                                    .path = options.path,
                                                    .evidence = options.evidence});
  if (!document.ok()) {
    if (ErrorReasonOf(document.status()) != "SPEC_INVALID") return document.status();
    return Unreadable(document.status());
  }
  rules::EvaluateInputs inputs;
  inputs.as_of = options.as_of;
  inputs.facts_unknown = options.facts_unknown;
  inputs.findings = document->findings;
  Checked checked;
  *checked.result.mutable_facts() = document->facts;
  *checked.result.mutable_verdict() = rules::Evaluate(document->facts, *options.policy, inputs);
  const v1::Verdict& verdict = checked.result.verdict();
  for (std::string& line : rules::ExplainText(verdict, options.verbose)) {
    checked.result.add_lines(std::move(line));
  }
  checked.findings.assign(verdict.findings().begin(), verdict.findings().end());
  AddLinkFindings(bytes, options, checked.findings);
  checked.result.mutable_verdict()->mutable_findings()->Assign(checked.findings.begin(),
                                                               checked.findings.end());
  return checked;
}

std::vector<v1::Finding> FindingsOf(const absl::Status& status) {
  std::vector<v1::Finding> findings;
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    v1::Finding finding;
    finding.set_code(violation.reason);
    finding.set_severity(v1::Finding::SEVERITY_ERROR);
    finding.set_field(violation.field);
    SetPlace(violation.description, finding);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace gavel::check
