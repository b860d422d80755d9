// rules diff: what a candidate would approve that another policy does not, and the other way round.
#include "clients/cli/commands/rules.h"
#include "clients/cli/policy/choice.h"
#include "clients/cli/policy/folder.h"
#include "clients/cli/show/diff.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/rules_service.pb.h"
#include "rules/analysis/analysis.h"
#include "rules/compile/policy_files.h"

namespace gavel::cli {
namespace {

absl::StatusOr<v1::PolicyDiff> DiffOnline(Session& session, const v1::PolicyChoice* base,
                                          const v1::PolicyChoice& candidate) {
  v1::DiffRuleSetsRequest request;
  if (base != nullptr) *request.mutable_base() = *base;
  *request.mutable_candidate() = candidate;
  if (session.Has("as-of")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_as_of(), AsOf(session));
  }
  GAVEL_ASSIGN_OR_RETURN(auto response, session.Call<v1::DiffRuleSetsResponse>(request));
  return std::move(*response.mutable_diff());
}

absl::StatusOr<v1::PolicyDiff> DiffOffline(Session& session, const v1::PolicySource& base,
                                           const v1::PolicySource& candidate) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Date day, AsOf(session));
  GAVEL_ASSIGN_OR_RETURN(const auto before, rules::CompilePolicy(base, day));
  GAVEL_ASSIGN_OR_RETURN(const auto after, rules::CompilePolicy(candidate, day));
  return rules::DiffPolicies(*before, *after, day);
}

// Two folders need no server; with one, the policy in force is the base.
absl::StatusOr<v1::PolicyDiff> Diff(Session& session) {
  const std::vector<std::string> names = session.arguments().List("POLICY");
  session.AllowTime(absl::Minutes(1));
  if (names.size() > 2) return UsageError("give the candidate, or the base and the candidate");
  GAVEL_ASSIGN_OR_RETURN(const v1::PolicyChoice candidate, PolicyChoiceOf(session, names.back()));
  if (names.size() == 1) return DiffOnline(session, nullptr, candidate);
  GAVEL_ASSIGN_OR_RETURN(const v1::PolicyChoice base, PolicyChoiceOf(session, names.front()));
  if (!base.has_draft() || !candidate.has_draft()) return DiffOnline(session, &base, candidate);
  return DiffOffline(session, base.draft(), candidate.draft());
}

absl::StatusOr<ExitCode> RunDiff(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const v1::PolicyDiff diff, Diff(session));
  session.output().Json(diff);
  ShowDiff(session.output(), diff);
  const bool widens = !diff.newly_auto().empty();
  return widens && session.Has("exit-code") ? ExitCode::kNo : ExitCode::kDone;
}

}  // namespace

std::vector<Command> RulesDiffCommands() {
  return {{"rules diff",
           Group::kTools,
           "Say which specs a policy would newly approve, and which no longer, with examples.",
           {{"POLICY",
             "the candidate's folder, or the base's and then the candidate's; without a base, the "
             "policy in force; a version's hash instead of a folder",
             Arity::kSome}},
           {AsOfFlag(),
            {"--exit-code", "", "exit 1 where a spec is newly approved", FlagKind::kSwitch}},
           "gavel rules diff policy",
           RunDiff}};
}

}  // namespace gavel::cli
