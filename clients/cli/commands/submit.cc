// submit: a file from git to the server, new or not.
#include <set>

#include "absl/time/clock.h"
#include "clients/check/report.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/document/evidence.h"
#include "clients/cli/document/front_matter.h"
#include "clients/cli/files.h"
#include "clients/cli/follow.h"
#include "clients/cli/output/print_error.h"
#include "clients/cli/repository/only_spec.h"
#include "clients/cli/repository/rename.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/submission.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/shell_word.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "rules/explain.h"

namespace gavel::cli {
namespace {

absl::StatusOr<SubmitOptions> OptionsOf(Session& session, const Source& source) {
  SubmitOptions options;
  GAVEL_ASSIGN_OR_RETURN(options.message, session.Message());
  if (session.Has("wants")) {
    GAVEL_ASSIGN_OR_RETURN(options.wants,
                           ParseEnum<v1::ReviewMode>("--wants", session.Text("wants")));
  }
  // The repository's area is for documents that name none; --area must agree with those that do.
  const bool names_area = FindField(source.content, "area").line > 0;
  options.area = session.Text("area", names_area ? "" : session.config().area);
  options.reviewers = session.arguments().List("reviewer");
  options.facts_unknown = session.Has("facts-unknown");
  GAVEL_ASSIGN_OR_RETURN(options.evidence, ReadEvidence(session));
  options.draft = session.Has("draft");
  options.validate_only = session.Has("dry-run");
  return options;
}

absl::Status AskWhichSpec(const Source& source, const RenamedSpec& renamed) {
  const std::string path = ShellPath(source.argument);
  return absl::FailedPreconditionError(
      fmt::format("{} looks like {} renamed, which is {}. Choose:\n"
                  "  gavel submit {} --spec {}   it is the same spec\n"
                  "  gavel submit {} --new{:{}}   it is a new one",
                  check::PathText(source.path), check::PathText(renamed.old_path), renamed.key,
                  path, renamed.key, path, "", renamed.key.size() + 2));
}

// The spec that the file is a revision of; nothing for a new one.
absl::StatusOr<std::optional<v1::Spec>> ExistingSpec(Session& session, const Source& source) {
  if (session.Has("spec")) {
    if (session.Has("new")) return UsageError("give --spec or --new, not both");
    GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, GetSpec(session, session.Text("spec")));
    GAVEL_RETURN_IF_ERROR(CheckRenamed(source, spec));
    return std::optional<v1::Spec>(std::move(spec));
  }
  auto found = FindSpecOf(session, source);
  if (found.ok()) return std::optional<v1::Spec>(std::move(found->spec));
  const bool unknown_key = !FindField(source.content, "key").value.empty();
  if (!absl::IsNotFound(found.status()) || unknown_key) return found.status();
  if (session.Has("new")) return std::optional<v1::Spec>();
  GAVEL_ASSIGN_OR_RETURN(const std::optional<RenamedSpec> renamed, FindRenamed(session, source));
  if (!renamed.has_value()) return std::optional<v1::Spec>();
  const bool same =
      session.IsInteractive() &&
      session.Ask(fmt::format("Is this {} (was {})?", renamed->key, renamed->old_path), true);
  if (!same) return AskWhichSpec(source, *renamed);
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, GetSpec(session, renamed->key));
  return std::optional<v1::Spec>(std::move(spec));
}

void ShowSource(Output& output, const Source& source) {
  const std::string at = source.unpublished ? "working copy" : source.commit.substr(0, 7);
  output.Note(fmt::format("{}  →  {} @ {}  ({}, {})", source.path, source.repository, at,
                          source.repository_reason, source.commit_reason));
  if (source.unpublished) {
    output.Warn("gavel: the working copy is sent; the revision is marked unpublished");
  } else if (!source.pushed) {
    output.Warn("gavel: reviewers cannot open this commit yet; push it");
  }
}

ExitCode ShowPreview(Output& output, const Submission& submission) {
  if (!submission.preview.has_value()) {
    output.Json(submission.spec);
    output.Note(fmt::format("nothing changed since revision {}", CurrentRevision(submission.spec)));
    return ExitCode::kDone;
  }
  const v1::Verdict& verdict = *submission.preview;
  output.Json(verdict);
  output.Note(submission.created ? "Would be a new spec in area " + submission.spec.area()
                                 : "Would be revised: " + submission.spec.key());
  for (const std::string& line : rules::ExplainText(verdict, /*verbose=*/false)) {
    output.Line("  " + line);
  }
  output.Note("Nothing was changed.");
  return verdict.author_gate() ? ExitCode::kNo : ExitCode::kDone;
}

// 1 where the rules returned it to its author, with the findings that say why.
absl::StatusOr<ExitCode> ShowResult(Session& session, const Source& source,
                                    const Submission& submission) {
  Output& output = session.output();
  const v1::Spec& spec = submission.spec;
  if (!submission.created && !submission.revised && !submission.routed) {
    output.Note(fmt::format("nothing changed since revision {}", CurrentRevision(spec)));
  }
  GAVEL_RETURN_IF_ERROR(ShowSpec(session, spec).status());
  if (spec.state() == v1::Spec::STATE_DEFERRED) {
    output.Note("  It stays parked. Wake it: gavel resume " + spec.key());
  }
  if (spec.state() != v1::Spec::STATE_CHANGES_REQUESTED || !spec.verdict().author_gate()) {
    return ExitCode::kDone;
  }
  const Findings findings(spec.verdict().findings().begin(), spec.verdict().findings().end());
  ShowFindings(output, source.argument, findings);
  output.Line(CountText(findings) + ". Returned to its author.");
  return ExitCode::kNo;
}

// The key in the file finds the spec again when the file moves.
absl::Status OfferKey(Session& session, const Source& source, const v1::Spec& spec) {
  if (!session.IsInteractive() || session.Has("yes") || source.unpublished ||
      !IsSpecDocument(source.content) || FindField(source.content, "key").line > 0) {
    return absl::OkStatus();
  }
  if (!session.Ask(fmt::format("Add `key: {}` to the front matter now?", spec.key()), true)) {
    return absl::OkStatus();
  }
  GAVEL_RETURN_IF_ERROR(WriteFileAtomically(source.argument, WithKey(source.content, spec.key())));
  session.output().Note("Written, not committed.");
  return absl::OkStatus();
}

absl::StatusOr<std::set<v1::Spec::State>> WantedStates(const std::string& words) {
  std::set<v1::Spec::State> wanted;
  for (size_t at = 0; at < words.size();) {
    const size_t comma = std::min(words.find(',', at), words.size());
    GAVEL_ASSIGN_OR_RETURN(const auto state,
                           ParseEnum<v1::Spec::State>("--wait", words.substr(at, comma - at)));
    wanted.insert(state);
    at = comma + 1;
  }
  return wanted;
}

absl::StatusOr<ExitCode> Wait(Session& session, const v1::Spec& spec,
                              const std::set<v1::Spec::State>& wanted) {
  std::optional<ExitCode> answer = WaitAnswer(spec.state(), wanted);
  if (answer.has_value()) return *answer;
  const absl::Time deadline = session.config().timeout_given
                                  ? absl::Now() + session.config().timeout
                                  : absl::InfiniteFuture();
  v1::Spec::State last = spec.state();
  const absl::Status status = FollowSpec(
      session, spec,
      [&](const v1::Spec& changed) {
        if (changed.state() != last) {
          session.output().Note(fmt::format("{} — {}", changed.key(), EnumWord(changed.state())));
        }
        last = changed.state();
        answer = WaitAnswer(last, wanted);
        return !answer.has_value();
      },
      deadline);
  if (absl::IsDeadlineExceeded(status)) return ExitCode::kPending;
  GAVEL_RETURN_IF_ERROR(status);
  return answer.value_or(ExitCode::kPending);
}

absl::StatusOr<ExitCode> SubmitOne(Session& session, const std::string& path) {
  GAVEL_ASSIGN_OR_RETURN(const auto wanted, WantedStates(session.Text("wait")));
  GAVEL_ASSIGN_OR_RETURN(const Source source,
                         LocateSource(path, session.config(),
                                      {.commit = session.Text("commit"),
                                       .repository = session.Text("repo"),
                                       .allow_dirty = session.Has("allow-dirty")}));
  GAVEL_ASSIGN_OR_RETURN(const SubmitOptions options, OptionsOf(session, source));
  ShowSource(session.output(), source);
  GAVEL_ASSIGN_OR_RETURN(const std::optional<v1::Spec> existing, ExistingSpec(session, source));
  const bool asks = !existing.has_value() && !options.draft && !options.validate_only &&
                    !session.Has("yes") && session.IsInteractive();
  if (asks && !session.Ask("New spec; its reviewers are told. Submit?", true)) {
    return absl::CancelledError("nothing was sent");
  }
  GAVEL_ASSIGN_OR_RETURN(const Submission submission,
                         SubmitSource(session, source, existing, options));
  if (options.validate_only) return ShowPreview(session.output(), submission);
  GAVEL_ASSIGN_OR_RETURN(const ExitCode code, ShowResult(session, source, submission));
  if (submission.created) GAVEL_RETURN_IF_ERROR(OfferKey(session, source, submission.spec));
  return session.Has("wait") ? Wait(session, submission.spec, wanted)
                             : absl::StatusOr<ExitCode>(code);
}

absl::StatusOr<ExitCode> RunSubmit(Session& session) {
  std::vector<std::string> paths = session.arguments().List("PATH");
  if (paths.empty()) {
    GAVEL_ASSIGN_OR_RETURN(const std::string path, OnlySpecPath(session, "PATH"));
    paths = {path};
  }
  if (paths.size() > 1 && (session.Has("spec") || session.Has("wait"))) {
    return UsageError("--spec and --wait go with one PATH");
  }
  ExitCode worst = ExitCode::kDone;
  for (const std::string& path : paths) {
    const auto code = SubmitOne(session, path);
    if (!code.ok()) PrintError(session.output(), code.status(), path);
    worst = Worst(worst, code.ok() ? *code : ExitCodeOf(code.status()));
  }
  return worst;
}

}  // namespace

std::vector<Command> SubmitCommands() {
  Command submit = {
      "submit",
      Group::kAuthor,
      "Submit a spec, or its new revision; the rules say where it goes.",
      {{"PATH", "committed spec files; without one, the changed one", Arity::kAny}},
      {MessageFlag("what changed"),
       FileFlag(),
       {"--draft", "", "register and revise only", FlagKind::kSwitch},
       {"--reviewer", "NAME", "ask for this person, too", FlagKind::kList},
       {"--wants", "async|sync", "the review you ask for; never less than the rules do"},
       {"--area", "AREA", "for documents that name none"},
       {"--facts-unknown", "", "state every missing fact as unknown: people will look",
        FlagKind::kSwitch},
       {"--commit", "REV", "instead of HEAD"},
       {"--repo", "REPO", "the repository's name, github.com/acme/uploads"},
       {"--spec", "KEY", "it is a revision of this spec"},
       {"--new", "", "it is a new spec, whatever git says of renames", FlagKind::kSwitch},
       {"--allow-dirty", "", "send the working copy where it differs", FlagKind::kSwitch},
       {"-n,--dry-run", "", "ask the server, change nothing", FlagKind::kSwitch},
       {"--yes", "", "do not ask", FlagKind::kSwitch},
       {"--wait", "STATE,…", "wait for a decision, or for one of these states",
        FlagKind::kOptionalValue}},
      "gavel submit specs/2026-queue.md -m \"the costs are in\"",
      RunSubmit};
  for (Flag& flag : EvidenceFlags()) submit.flags.push_back(std::move(flag));
  return {std::move(submit)};
}

}  // namespace gavel::cli
