// rules check: everything that is wrong with a policy, without the server.
#include "clients/cli/commands/rules.h"
#include "clients/cli/policy/folder.h"
#include "clients/cli/show/problems.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"
#include "rules/analysis/analysis.h"
#include "rules/compile/policy_files.h"

namespace gavel::cli {
namespace {

using Response = v1::ValidateRuleSetResponse;

absl::StatusOr<Response> CheckOffline(const PolicyFolder& opened, const v1::Date& day) {
  Response response;
  const auto policy = rules::CompilePolicy(opened.source, day);
  if (!policy.ok()) {
    if (ErrorReasonOf(policy.status()) != "POLICY_INVALID") return policy.status();
    rules::PolicyProblems problems = rules::ProblemsOf(policy.status());
    rules::SortByPlace(problems);
    response.mutable_problems()->Add(problems.begin(), problems.end());
    return response;
  }
  rules::PolicyProblems problems = rules::ProblemsOf(**policy);
  const rules::PolicyProblems found = rules::AnalysePolicy(**policy, day);
  problems.insert(problems.end(), found.begin(), found.end());
  rules::SortByPlace(problems);
  response.mutable_problems()->Add(problems.begin(), problems.end());
  response.set_valid(CountProblems(problems, v1::PolicyProblem::LEVEL_ERROR) == 0);
  for (const std::string& pin : (*policy)->Pins()) response.add_pins(pin);
  return response;
}

absl::StatusOr<Response> CheckOnline(Session& session, const PolicyFolder& opened) {
  v1::ValidateRuleSetRequest request;
  *request.mutable_policy()->mutable_draft() = opened.source;
  if (session.Has("as-of")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_as_of(), AsOf(session));
  }
  return session.Call<Response>(request);
}

void Show(Output& output, const std::string& folder, const Response& response) {
  const rules::PolicyProblems problems(response.problems().begin(), response.problems().end());
  ShowProblems(output, folder, problems);
  const std::string mark =
      response.valid() ? output.Styled(Tone::kGood, "✓") : output.Styled(Tone::kBad, "✗");
  const std::string hint =
      problems.empty() ? "" : " Explain one: gavel explain " + problems.front().code();
  output.Line(fmt::format("{} {}: {}.{}", mark, folder, ProblemCounts(problems), hint));
}

absl::StatusOr<ExitCode> RunCheck(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const PolicyFolder opened, OpenPolicyFolder(session.Text("PATH", ".")));
  GAVEL_ASSIGN_OR_RETURN(const v1::Date day, AsOf(session));
  GAVEL_ASSIGN_OR_RETURN(const Response response, session.Has("online")
                                                      ? CheckOnline(session, opened)
                                                      : CheckOffline(opened, day));
  session.output().Json(response);
  Show(session.output(), opened.folder, response);
  return response.valid() ? ExitCode::kDone : ExitCode::kNo;
}

}  // namespace

std::vector<Command> RulesCheckCommands() {
  return {{"rules check",
           Group::kTools,
           "Compile and analyse a policy, offline; exit 1 on errors.",
           {{"PATH", "the policy's folder, or a file of it; the working directory by default",
             Arity::kOptional, "FOLDER|FILE"}},
           {AsOfFlag(), {"--online", "", "let the server do it", FlagKind::kSwitch}},
           "gavel rules check policy",
           RunCheck}};
}

}  // namespace gavel::cli
