// check: findings and the verdict, without the server.
#include <algorithm>

#include "absl/time/clock.h"
#include "clients/check/link_targets.h"
#include "clients/check/repository_path.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/document/evidence.h"
#include "clients/cli/document/mend_files.h"
#include "clients/cli/document/spec_files.h"
#include "clients/cli/policy/bundle.h"
#include "clients/cli/show/report.h"
#include "clients/cli/version.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// From here on it is worth saying how far we are.
constexpr size_t kManyFiles = 10;

struct Settings {
  ReportFormat format = ReportFormat::kText;
  v1::Finding::Severity fail_on = v1::Finding::SEVERITY_ERROR;
  v1::Date as_of;
  std::vector<v1::Evidence> evidence;
};

absl::StatusOr<v1::Finding::Severity> FailOn(const std::string& word) {
  if (word == "error") return v1::Finding::SEVERITY_ERROR;
  if (word == "warn") return v1::Finding::SEVERITY_WARNING;
  if (word == "info") return v1::Finding::SEVERITY_INFO;
  return UsageError("--fail-on `" + word + "` is not one of error, warn, info");
}

// What goes together.
absl::Status CheckFlags(const Session& session, ReportFormat format) {
  const auto paths = session.arguments().List("PATH");
  const bool from_stdin = std::find(paths.begin(), paths.end(), kStdin) != paths.end();
  if (session.Has("dry-run") && !session.Has("fix")) return UsageError("-n goes with --fix");
  if (session.Has("dry-run") && format != ReportFormat::kText) {
    return UsageError("--fix -n prints a patch; leave out --output and --json");
  }
  if (session.Has("stdin-path") && !from_stdin) {
    return UsageError("--stdin-path goes with `-` for PATH");
  }
  if (from_stdin && (session.Has("fix") || session.Has("staged"))) {
    return UsageError("`-` is text without a file; leave out --fix and --staged");
  }
  return absl::OkStatus();
}

absl::StatusOr<Settings> SettingsOf(Session& session) {
  Settings settings;
  GAVEL_ASSIGN_OR_RETURN(settings.format, ReportFormatOf(session));
  GAVEL_RETURN_IF_ERROR(CheckFlags(session, settings.format));
  GAVEL_ASSIGN_OR_RETURN(settings.fail_on, FailOn(session.Text("fail-on", "error")));
  settings.as_of = Today(absl::Now());
  if (session.Has("as-of")) {
    GAVEL_ASSIGN_OR_RETURN(settings.as_of, ParseDate(session.Text("as-of")));
  }
  GAVEL_ASSIGN_OR_RETURN(settings.evidence, ReadEvidence(session));
  return settings;
}

check::CheckOptions OptionsFor(Session& session, const SpecFile& file, const rules::Policy& policy,
                               const Settings& settings) {
  return {.policy = &policy,
          .default_area = session.Text("area", session.config().area),
          .default_author = session.config().principal.value,
          .path = file.path,
          .evidence = settings.evidence,
          .as_of = settings.as_of,
          .facts_unknown = session.Has("facts-unknown"),
          .verbose = session.Has("verbose"),
          .exists = check::LinkTargets(session.config().repository_root, file.path)};
}

absl::StatusOr<std::vector<check::CheckedFile>> CheckAll(Session& session, const OptionsOf& options,
                                                         std::vector<SpecFile> files) {
  std::vector<check::CheckedFile> checked;
  for (SpecFile& file : files) {
    if (files.size() >= kManyFiles) {
      session.output().Progress(fmt::format("checking {} of {}: {}", checked.size() + 1,
                                            files.size(),
                                            Output::Printable(check::PathText(file.path))));
    }
    GAVEL_ASSIGN_OR_RETURN(check::Checked result, check::CheckSpec(file.content, options(file)));
    const std::string& root = session.config().repository_root;
    checked.push_back({file.path, check::RepositoryPath(root, file.path), std::move(file.content),
                       std::move(result)});
  }
  return checked;
}

// Nothing found is no failure, and an empty report is one all the same.
ExitCode ShowNothing(Session& session, ReportFormat format, const check::Report& report) {
  if (format == ReportFormat::kText) {
    session.output().Note(session.Has("PATH") ? "No spec there." : "No changed spec.");
  } else {
    ShowReport(session.output(), format, report, "");
  }
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunCheck(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const Settings settings, SettingsOf(session));
  GAVEL_ASSIGN_OR_RETURN(std::vector<SpecFile> files, FindSpecFiles(session));
  check::Report report;
  report.fail_on = settings.fail_on;
  report.version = kVersion;
  if (files.empty()) return ShowNothing(session, settings.format, report);
  GAVEL_ASSIGN_OR_RETURN(const PolicyBundle bundle, LoadPolicy(session, settings.as_of));
  const OptionsOf options = [&](const SpecFile& file) {
    return OptionsFor(session, file, *bundle.policy, settings);
  };
  if (session.Has("fix")) GAVEL_RETURN_IF_ERROR(MendFiles(session, options, files));
  report.policy = bundle.policy.get();
  GAVEL_ASSIGN_OR_RETURN(report.files, CheckAll(session, options, std::move(files)));
  if (!session.Has("dry-run")) {
    ShowReport(session.output(), settings.format, report, bundle.label);
  }
  return check::Fails(report) ? ExitCode::kNo : ExitCode::kDone;
}

}  // namespace

std::vector<Command> CheckCommands() {
  Command check = {
      "check",
      Group::kAuthor,
      "Check specs and preview the verdict, offline.",
      {{"PATH",
        "spec files, folders of them, or - for stdin; without one, every spec changed "
        "against the base",
        Arity::kAny}},
      {{"--output", ReportFormatWords(), "the format of the report; text by default"},
       {"--rules", "DIR|FILE", "the policy of this folder, or a bundle fetched earlier"},
       {"--online", "", "fetch the server's policy first", FlagKind::kSwitch},
       {"--as-of", "DATE", "evaluate for this day; today by default"},
       {"--staged", "", "what the git index holds", FlagKind::kSwitch},
       {"--fix", "", "mend what can be mended without a decision", FlagKind::kSwitch},
       {"-n,--dry-run", "", "with --fix: print the patch, change nothing", FlagKind::kSwitch},
       {"--stdin-path", "PATH", "what stdin is called, for messages and links"},
       {"--area", "AREA", "for documents that name none"},
       {"--facts-unknown", "", "as with submit --facts-unknown", FlagKind::kSwitch},
       {"--fail-on", "error|warn|info", "exit 1 from this severity on; error by default"},
       {"--verbose", "", "also the rules that did not fire", FlagKind::kSwitch}},
      "gavel check specs/2026-queue.md",
      RunCheck};
  for (Flag& flag : EvidenceFlags()) check.flags.push_back(std::move(flag));
  return {std::move(check)};
}

}  // namespace gavel::cli
