// which: what a submission would be about, each fact with its reason.
#include "clients/cli/commands/commands.h"
#include "clients/cli/repository/only_spec.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

void Fact(Output& output, const std::string& name, const std::string& value,
          const std::string& reason) {
  if (output.terminal()) {
    output.Line(
        fmt::format("{:<12}{}  {}", name, value, output.Styled(Tone::kDim, "(" + reason + ")")));
  } else {
    output.Line(fmt::format("{}\t{}\t{}", name, value, reason));
  }
}

absl::StatusOr<ExitCode> RunWhich(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string path, OnlySpecPath(session, "PATH"));
  GAVEL_ASSIGN_OR_RETURN(const Source source, LocateSource(path, session.config(),
                                                           {.commit = session.Text("commit"),
                                                            .repository = session.Text("repo"),
                                                            .allow_dirty = true}));
  Output& output = session.output();
  const auto found = FindSpecOf(session, source);
  if (found.ok()) output.Json(found->spec);
  Fact(output, "worktree", source.root, "git rev-parse");
  Fact(output, "repository", source.repository, source.repository_reason);
  Fact(output, "commit", source.unpublished ? "none" : source.commit,
       source.unpublished ? "the file differs from HEAD" : source.commit_reason);
  Fact(output, "pushed", source.pushed ? "yes" : "no",
       source.pushed ? "a remote branch holds it, or there is no remote" : "push it for reviewers");
  Fact(output, "path", source.path, "below the worktree");
  Fact(output, "blob", source.blob, "git's id of the bytes");
  Fact(output, "server", session.config().server.value, session.config().server.from);
  if (found.ok()) {
    Fact(output, "spec", found->spec.key(), found->reason);
    Fact(output, "revision", std::to_string(CurrentRevision(found->spec)),
         Spoken(EnumWord(found->spec.state())));
  } else if (absl::IsNotFound(found.status())) {
    Fact(output, "spec", "none", "a submit would create it");
  } else {
    Fact(output, "spec", "unknown", std::string(found.status().message()));
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> WhichCommands() {
  return {{"which",
           Group::kAuthor,
           "Show repository, commit, path and spec of a file, each with its reason.",
           {{"PATH", "a spec file; without one, the changed one", Arity::kOptional}},
           {{"--commit", "REV", "instead of HEAD"},
            {"--repo", "REPO", "the repository's name, github.com/acme/uploads"}},
           "gavel which specs/2026-queue.md",
           RunWhich}};
}

}  // namespace gavel::cli
