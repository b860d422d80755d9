// rules approve, publish, rollback: what brings a policy into force.
#include "clients/cli/commands/rules.h"
#include "clients/cli/policy/choice.h"
#include "clients/cli/policy/folder.h"
#include "clients/cli/show/diff.h"
#include "clients/cli/show/problems.h"
#include "clients/cli/words/enum_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

// A publish compiles, analyses and mutates.
constexpr absl::Duration kPatience = absl::Minutes(1);

// The policy that the change was compared with: --parent, else the one in force now.
absl::StatusOr<std::string> Parent(Session& session) {
  if (session.Has("parent")) return VersionHash(session, session.Text("parent"));
  GAVEL_ASSIGN_OR_RETURN(const auto live, GetPolicy(session));
  return live.version().source_hash();
}

absl::Status CompareWith(Session& session, const std::string& parent,
                         const v1::PolicyChoice& candidate) {
  v1::DiffRuleSetsRequest request;
  request.mutable_base()->set_source_hash(parent);
  *request.mutable_candidate() = candidate;
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::DiffRuleSetsResponse>(request));
  ShowDiff(session.output(), response.diff());
  return absl::OkStatus();
}

absl::Status Confirm(Session& session, const std::string& question) {
  if (session.Has("yes") || !session.IsInteractive() || session.Ask(question, false)) {
    return absl::OkStatus();
  }
  return absl::CancelledError("nothing was changed");
}

absl::StatusOr<ExitCode> RunApprove(Session& session) {
  session.AllowTime(kPatience);
  v1::ApproveRuleSetRequest request;
  v1::PolicyChoice candidate;
  GAVEL_ASSIGN_OR_RETURN(*candidate.mutable_draft(),
                         PolicySourceOf(session, session.Text("POLICY")));
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_expected_parent(), Parent(session));
  GAVEL_RETURN_IF_ERROR(CompareWith(session, request.expected_parent(), candidate));
  GAVEL_RETURN_IF_ERROR(Confirm(session, "Approve this change?"));
  *request.mutable_source() = candidate.draft();
  request.set_text(session.Text("message"));
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::ApproveRuleSetResponse>(request));
  session.output().Json(response);
  session.output().Note(
      fmt::format("{} {} is approved by {}", session.output().Styled(Tone::kGood, "✓"),
                  ShortHash(response.source_hash()), fmt::join(response.approvers(), ", ")));
  return ExitCode::kDone;
}

std::string ModeText(v1::ReviewMode mode) { return Spoken(EnumWord(mode)); }

void ShowOpenSpecs(Output& output, const v1::PublishRuleSetResponse& response) {
  if (response.open_specs().empty()) return;
  output.Line("Open specs that would now be looked at more strictly; none was touched:");
  for (const v1::OpenSpecEffect& effect : response.open_specs()) {
    output.Line(fmt::format("    {}  {} → {}{}", effect.spec(), ModeText(effect.before()),
                            ModeText(effect.after()),
                            effect.author_gate() ? ", back to its author first" : ""));
  }
}

void ShowPublished(Output& output, const v1::PublishRuleSetResponse& response, bool rehearsal) {
  output.Json(response);
  const v1::PolicyVersion& version = response.version();
  const std::string pin = PinsText(version.pins());
  if (rehearsal) {
    output.Note(fmt::format("{} would come into force. Nothing was changed.", pin));
    return;
  }
  output.Note(fmt::format("{} {} is in force, source {}{}", output.Styled(Tone::kGood, "✓"), pin,
                          ShortHash(version.source_hash()),
                          version.rollback() ? ", brought back" : ""));
  output.Note(fmt::format("  Undo: gavel rules rollback {} -m \"…\"", ShortHash(version.parent())));
}

// Shows what would happen, asks, and does it. The server does every check twice, so what is
// published is what was shown: `expected_parent` is the same in both calls.
absl::StatusOr<ExitCode> Publish(Session& session, v1::PublishRuleSetRequest request) {
  v1::PolicyChoice candidate;
  if (request.has_source()) {
    *candidate.mutable_draft() = request.source();
  } else {
    candidate.set_source_hash(request.source_hash());
  }
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_expected_parent(), Parent(session));
  request.set_backtest(session.Text("backtest"));
  request.set_message(session.Text("message"));
  GAVEL_RETURN_IF_ERROR(CompareWith(session, request.expected_parent(), candidate));
  request.set_validate_only(true);
  GAVEL_ASSIGN_OR_RETURN(auto response, session.Call<v1::PublishRuleSetResponse>(request));
  ShowProblems(session.output(), "", {response.problems().begin(), response.problems().end()});
  ShowOpenSpecs(session.output(), response);
  const bool rehearsal = session.Has("dry-run");
  if (!rehearsal) {
    GAVEL_RETURN_IF_ERROR(Confirm(session, "Bring it into force?"));
    request.set_validate_only(false);
    GAVEL_ASSIGN_OR_RETURN(response, session.Call<v1::PublishRuleSetResponse>(request));
  }
  ShowPublished(session.output(), response, rehearsal);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunPublish(Session& session) {
  session.AllowTime(kPatience);
  v1::PublishRuleSetRequest request;
  GAVEL_ASSIGN_OR_RETURN(PolicyFolder opened, OpenPolicyFolder(session.Text("FOLDER")));
  *request.mutable_source() = std::move(opened.source);
  return Publish(session, std::move(request));
}

absl::StatusOr<ExitCode> RunRollback(Session& session) {
  session.AllowTime(kPatience);
  v1::PublishRuleSetRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_source_hash(),
                         VersionHash(session, session.Text("HASH")));
  return Publish(session, std::move(request));
}

std::vector<Flag> PublishFlags(const std::string& why) {
  return {{"-m,--message", "TEXT", why, FlagKind::kText, /*required=*/true},
          {"--backtest", "ID", "of exactly these files; needed where it approves something new"},
          {"--parent", "HASH", "the version compared with; refuse if another is in force"},
          {"-n,--dry-run", "", "every check, changes nothing", FlagKind::kSwitch},
          {"--yes", "", "do not ask", FlagKind::kSwitch}};
}

}  // namespace

std::vector<Command> RulesPublishCommands() {
  return {{"rules approve",
           Group::kTools,
           "Approve a change that approves specs which were not approved before.",
           {{"POLICY", "the folder of the change, or the hash of a version to bring back"}},
           {MessageFlag("why"),
            {"--parent", "HASH", "the version compared with; refuse if another is in force"},
            {"--yes", "", "do not ask", FlagKind::kSwitch}},
           "gavel rules approve policy",
           RunApprove},
          {"rules publish",
           Group::kTools,
           "Bring a policy into force, without a restart.",
           {{"FOLDER", "the folder of the policy"}},
           PublishFlags("why it changes"),
           "gavel rules publish policy --backtest bt_01HF -m \"lambda is settled\"",
           RunPublish},
          {"rules rollback",
           Group::kTools,
           "Bring an earlier version back into force.",
           {{"HASH", "the version, four digits or more; see gavel rules show --history"}},
           PublishFlags("why it goes back"),
           "gavel rules rollback 4f2c90aa -m \"too many were approved\"",
           RunRollback}};
}

}  // namespace gavel::cli
