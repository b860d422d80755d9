#include "clients/cli/show/report.h"

#include <algorithm>
#include <array>

#include "clients/check/formats.h"
#include "clients/cli/show/findings.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

using check::CheckedFile;
using check::Report;

constexpr std::array<std::pair<std::string_view, ReportFormat>, 6> kFormats = {{
    {"text", ReportFormat::kText},
    {"line", ReportFormat::kLine},
    {"json", ReportFormat::kJson},
    {"github", ReportFormat::kGithub},
    {"sarif", ReportFormat::kSarif},
    {"junit", ReportFormat::kJunit},
}};

constexpr char kPreview[] =
    "Preview only: the server decides, with today's catalog and its history, when you submit.";

JsonExtras FieldsOf(const CheckedFile& file, const v1::Finding& finding) {
  return {{"path", file.path},
          {"code", finding.code()},
          {"severity", std::string(check::LevelWord(finding.severity()))},
          {"line", finding.line()},
          {"column", finding.column()},
          {"field", finding.field()},
          {"message", finding.message()}};
}

bool WantsFindings(const Output& output) {
  const JsonExtras known = FieldsOf({}, {});
  return std::any_of(known.begin(), known.end(), [&output](const auto& field) {
    return field.first != "path" && output.Wants(field.first);
  });
}

void ShowJson(Output& output, const Report& report) {
  const bool whole = output.options().fields.empty();
  const bool findings = WantsFindings(output);
  for (const CheckedFile& file : report.files) {
    if (whole) {
      output.JsonText(ToJsonLine(file.checked.result, {{"path", file.path}}));
    } else if (!findings) {
      output.Json(file.checked.result, {{"path", file.path}});
    } else {
      for (const v1::Finding& finding : file.checked.findings) {
        output.Json(file.checked.result, FieldsOf(file, finding));
      }
    }
  }
}

void ShowFile(Output& output, const CheckedFile& file) {
  if (file.checked.findings.empty()) {
    output.Line(output.Styled(Tone::kStrong, check::PathText(file.path)) + "   " +
                output.Styled(Tone::kGood, "ok"));
  } else {
    ShowFindings(output, file.path, file.checked.findings);
  }
  for (const std::string& line : file.checked.result.lines()) ShowVerdictLine(output, line);
}

// The code that matters most; empty where there is none.
std::string WorstCode(const Findings& findings) {
  const auto worst =
      std::max_element(findings.begin(), findings.end(),
                       [](const auto& a, const auto& b) { return a.severity() < b.severity(); });
  return worst == findings.end() ? "" : worst->code();
}

void ShowText(Output& output, const Report& report, const std::string& policy) {
  Findings all;
  for (const CheckedFile& file : report.files) {
    ShowFile(output, file);
    all.insert(all.end(), file.checked.findings.begin(), file.checked.findings.end());
  }
  const std::string code = WorstCode(all);
  const std::string summary =
      fmt::format("{} in {} spec{}. Policy {}.{}", CountText(all), report.files.size(),
                  report.files.size() == 1 ? "" : "s", policy,
                  code.empty() ? "" : " Explain one: gavel explain " + code);
  ShowWrapped(output, summary, 0);
  if (!output.options().quiet) ShowWrapped(output, kPreview, 0);
}

}  // namespace

std::string ReportFormatWords() {
  std::vector<std::string_view> words;
  for (const auto& [word, format] : kFormats) words.push_back(word);
  return fmt::format("{}", fmt::join(words, "|"));
}

absl::StatusOr<ReportFormat> ReportFormatOf(Session& session) {
  const bool json = session.output().json();
  const std::string word = session.Text("output", json ? "json" : "text");
  for (const auto& [name, format] : kFormats) {
    if (word != name) continue;
    if (!json || format == ReportFormat::kJson) return format;
    return UsageError(fmt::format("--json and --output {} contradict each other", word));
  }
  return UsageError(fmt::format("--output `{}` is not one of {}", word, ReportFormatWords()));
}

void ShowReport(Output& output, ReportFormat format, const Report& report,
                const std::string& policy) {
  switch (format) {
    case ReportFormat::kText:
      return ShowText(output, report, policy);
    case ReportFormat::kJson:
      return ShowJson(output, report);
    case ReportFormat::kLine:
      return output.Raw(check::LineFormat(report));
    case ReportFormat::kGithub:
      return output.Raw(check::GithubFormat(report));
    case ReportFormat::kSarif:
      return output.Raw(check::SarifFormat(report));
    case ReportFormat::kJunit:
      return output.Raw(check::JunitFormat(report));
  }
}

}  // namespace gavel::cli
