// check: findings and the verdict, without the server.
#include <algorithm>

#include "absl/time/clock.h"
#include "clients/check/check_spec.h"
#include "clients/cli/changed_specs.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/evidence.h"
#include "clients/cli/files.h"
#include "clients/cli/policy_bundle.h"
#include "clients/cli/show_findings.h"
#include "clients/cli/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

using check::Checked;

enum class Format { kText, kLine, kJson };

struct Settings {
  Format format = Format::kText;
  v1::Finding::Severity fail_on = v1::Finding::SEVERITY_ERROR;
  v1::Date as_of;
  std::vector<v1::Evidence> evidence;
};

absl::StatusOr<Format> FormatOf(Session& session) {
  const std::string word = session.Text("output", session.output().json() ? "json" : "text");
  if (word == "text") return Format::kText;
  if (word == "line") return Format::kLine;
  if (word == "json") return Format::kJson;
  return UsageError("--output `" + word + "` is not one of text, line, json");
}

absl::StatusOr<v1::Finding::Severity> FailOn(const std::string& word) {
  if (word == "error") return v1::Finding::SEVERITY_ERROR;
  if (word == "warn") return v1::Finding::SEVERITY_WARNING;
  if (word == "info") return v1::Finding::SEVERITY_INFO;
  return UsageError("--fail-on `" + word + "` is not one of error, warn, info");
}

absl::StatusOr<Settings> SettingsOf(Session& session) {
  Settings settings;
  GAVEL_ASSIGN_OR_RETURN(settings.format, FormatOf(session));
  GAVEL_ASSIGN_OR_RETURN(settings.fail_on, FailOn(session.Text("fail-on", "error")));
  settings.as_of = Today(absl::Now());
  if (session.Has("as-of")) {
    GAVEL_ASSIGN_OR_RETURN(settings.as_of, ParseDate(session.Text("as-of")));
  }
  GAVEL_ASSIGN_OR_RETURN(settings.evidence, ReadEvidence(session));
  return settings;
}

absl::StatusOr<std::vector<SpecFile>> FilesOf(Session& session) {
  if (!session.Has("PATH")) return ChangedSpecs(session.config(), session.Has("staged"));
  std::vector<SpecFile> files;
  for (const std::string& path : session.arguments().List("PATH")) {
    auto content = ReadFile(path);
    if (!content.ok()) return UsageError(std::string(content.status().message()));
    files.push_back({path, *std::move(content)});
  }
  return files;
}

absl::StatusOr<Checked> Check(Session& session, const SpecFile& file, const rules::Policy& policy,
                              const Settings& settings) {
  return check::CheckSpec(file.content,
                          {.policy = &policy,
                           .default_area = session.Text("area", session.config().area),
                           .default_author = session.config().principal.value,
                           .path = file.path,
                           .evidence = settings.evidence,
                           .as_of = settings.as_of,
                           .facts_unknown = session.Has("facts-unknown"),
                           .verbose = session.Has("verbose")});
}

void ShowText(Output& output, const std::string& path, const Checked& checked) {
  if (checked.findings.empty()) {
    output.Line(output.Styled(Tone::kStrong, path) + "   " + output.Styled(Tone::kGood, "ok"));
  } else {
    ShowFindings(output, path, checked.findings);
  }
  for (const std::string& line : checked.result.lines()) output.Line("  " + line);
}

void Show(Output& output, const Settings& settings, const std::string& path,
          const Checked& checked) {
  switch (settings.format) {
    case Format::kText:
      ShowText(output, path, checked);
      break;
    case Format::kLine:
      for (const v1::Finding& finding : checked.findings) {
        output.Line(FindingLine(path, finding));
      }
      break;
    case Format::kJson:
      output.Raw(ToJson(checked.result, {.fields = output.options().fields}, {{"path", path}}) +
                 "\n");
      break;
  }
}

bool Fails(const Findings& findings, v1::Finding::Severity fail_on) {
  return std::any_of(findings.begin(), findings.end(), [fail_on](const v1::Finding& finding) {
    return finding.severity() >= fail_on;
  });
}

void ShowSummary(Output& output, const Findings& all, size_t files, const std::string& policy) {
  output.Line(fmt::format("{} in {} spec{}. Policy {}.{}", CountText(all), files,
                          files == 1 ? "" : "s", policy,
                          all.empty() ? "" : " Explain one: gavel explain " + all.front().code()));
  output.Note(
      "Preview only: the server decides, with today's catalog and its history, when you submit.");
}

absl::StatusOr<ExitCode> RunCheck(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const Settings settings, SettingsOf(session));
  GAVEL_ASSIGN_OR_RETURN(const std::vector<SpecFile> files, FilesOf(session));
  if (files.empty()) {
    session.output().Note("No changed spec.");
    return ExitCode::kDone;
  }
  GAVEL_ASSIGN_OR_RETURN(const PolicyBundle bundle, LoadPolicy(session, settings.as_of));
  Findings all;
  for (const SpecFile& file : files) {
    GAVEL_ASSIGN_OR_RETURN(const Checked checked, Check(session, file, *bundle.policy, settings));
    Show(session.output(), settings, file.path, checked);
    all.insert(all.end(), checked.findings.begin(), checked.findings.end());
  }
  if (settings.format == Format::kText) {
    ShowSummary(session.output(), all, files.size(), bundle.label);
  }
  return Fails(all, settings.fail_on) ? ExitCode::kNo : ExitCode::kDone;
}

}  // namespace

std::vector<Command> CheckCommands() {
  Command check = {
      "check",
      Group::kAuthor,
      "Check specs and preview the verdict, offline.",
      {{"PATH", "spec files; without one, every spec changed against the base", Arity::kAny}},
      {{"--output", "FORMAT", "text (default), line or json"},
       {"--rules", "DIR", "the policy of this folder"},
       {"--online", "", "fetch the server's policy first", FlagKind::kSwitch},
       {"--as-of", "DATE", "evaluate for this day; today by default"},
       {"--staged", "", "what the git index holds", FlagKind::kSwitch},
       {"--area", "AREA", "for documents that name none"},
       {"--facts-unknown", "", "as with submit --facts-unknown", FlagKind::kSwitch},
       {"--fail-on", "SEVERITY", "error (default), warn or info: exit 1 from this on"},
       {"--verbose", "", "also the rules that did not fire", FlagKind::kSwitch}},
      "gavel check specs/2026-queue.md",
      RunCheck};
  for (Flag& flag : EvidenceFlags()) check.flags.push_back(std::move(flag));
  return {std::move(check)};
}

}  // namespace gavel::cli
