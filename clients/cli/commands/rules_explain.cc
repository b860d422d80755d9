// rules explain: a rule in words, or why a spec gets its verdict, and what would change it.
#include <filesystem>

#include "clients/cli/commands/rules.h"
#include "clients/cli/document/evidence.h"
#include "clients/cli/files.h"
#include "clients/cli/policy/choice.h"
#include "clients/cli/policy/folder.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/rule_words.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"
#include "rules/compile/policy_files.h"
#include "rules/compile/what_if.h"
#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/explain.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

// Facts to change first, from --set FACT=VALUE.
absl::StatusOr<std::map<std::string, std::string>> WhatIf(Session& session) {
  std::map<std::string, std::string> changes;
  for (const std::string& text : session.arguments().List("set")) {
    const size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return UsageError(fmt::format("--set `{}`: write FACT=VALUE, cost.monthly_usd=2500", text));
    }
    changes[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return changes;
}

absl::StatusOr<v1::EvaluateRequest> RequestOf(Session& session) {
  v1::EvaluateRequest request;
  request.set_include_shadow(true);
  request.set_facts_unknown(session.Has("facts-unknown"));
  GAVEL_ASSIGN_OR_RETURN(const auto changes, WhatIf(session));
  request.mutable_what_if()->insert(changes.begin(), changes.end());
  GAVEL_ASSIGN_OR_RETURN(const auto evidence, ReadEvidence(session));
  request.mutable_evidence()->Add(evidence.begin(), evidence.end());
  if (session.Has("as-of")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_as_of(), AsOf(session));
  }
  if (session.Has("policy")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_policy(),
                           PolicyChoiceOf(session, session.Text("policy")));
  }
  return request;
}

void ShowVerdict(Session& session, const v1::Verdict& verdict) {
  const rules::ExplainOptions options{.verbose = session.Has("verbose"), .include_shadow = true};
  for (const std::string& line : rules::ExplainText(verdict, options)) {
    session.output().Line(line);
  }
  if (!options.verbose) session.output().Note("Every rule and test: --verbose");
}

void ShowEvaluation(Session& session, const std::string& name,
                    const v1::EvaluateResponse& response) {
  session.output().Json(response);
  const auto& findings = response.verdict().findings();
  if (!findings.empty()) ShowFindings(session.output(), name, {findings.begin(), findings.end()});
  for (const std::string& change : session.arguments().List("set")) {
    session.output().Line(session.output().Styled(Tone::kWarn, "What if " + change));
  }
  ShowVerdict(session, response.verdict());
}

// Whether anything but the spec itself is asked about.
bool ChangesSomething(const v1::EvaluateRequest& request) {
  return !request.what_if().empty() || !request.evidence().empty() || request.has_policy() ||
         request.has_as_of() || request.facts_unknown();
}

// What was decided on the spec; with a change of any kind, what would be.
absl::StatusOr<ExitCode> ExplainSpecVerdict(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(v1::EvaluateRequest request, RequestOf(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session, session.Text("WHAT")));
  GAVEL_ASSIGN_OR_RETURN(const int revision, RevisionOf(session));
  if (ChangesSomething(request)) {
    request.set_spec(key);
    request.set_revision(revision);
    GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::EvaluateResponse>(request));
    ShowEvaluation(session, key, response);
    return ExitCode::kDone;
  }
  v1::GetVerdictRequest decided;
  decided.set_spec(key);
  decided.set_revision(revision);
  GAVEL_ASSIGN_OR_RETURN(const auto stored, session.Call<v1::GetVerdictResponse>(decided));
  session.output().Json(stored.verdict());
  ShowVerdict(session, stored.verdict());
  return ExitCode::kDone;
}

// A file under the policy of a folder: all of it is here, so no server is asked.
absl::StatusOr<v1::EvaluateResponse> EvaluateHere(Session& session, const std::string& path,
                                                  const v1::EvaluateRequest& request) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Date day, AsOf(session));
  GAVEL_ASSIGN_OR_RETURN(const auto policy, rules::CompilePolicy(request.policy().draft(), day));
  const std::vector<v1::Evidence> evidence(request.evidence().begin(), request.evidence().end());
  GAVEL_ASSIGN_OR_RETURN(
      rules::Document document,
      rules::ReadDocument(request.content(), {.policy = policy.get(),
                                              .default_area = request.area(),
                                              .default_author = session.config().principal.value,
                                              .path = path,
                                              .evidence = evidence}));
  const std::map<std::string, std::string> changes(request.what_if().begin(),
                                                   request.what_if().end());
  GAVEL_RETURN_IF_ERROR(rules::ApplyWhatIf(changes, *policy, document.facts));
  rules::EvaluateInputs inputs;
  inputs.as_of = day;
  inputs.facts_unknown = request.facts_unknown();
  inputs.findings = document.findings;
  v1::EvaluateResponse response;
  *response.mutable_verdict() = rules::Evaluate(document.facts, *policy, inputs);
  *response.mutable_facts() = std::move(document.facts);
  return response;
}

absl::StatusOr<ExitCode> ExplainFile(Session& session) {
  const std::string path = session.Text("WHAT");
  GAVEL_ASSIGN_OR_RETURN(v1::EvaluateRequest request, RequestOf(session));
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_content(), ReadFile(path));
  request.set_area(session.Text("area", session.config().area));
  const bool here = request.policy().has_draft() && request.evidence().empty();
  GAVEL_ASSIGN_OR_RETURN(const auto response, here ? EvaluateHere(session, path, request)
                                                   : session.Call<v1::EvaluateResponse>(request));
  ShowEvaluation(session, path, response);
  return ExitCode::kDone;
}

absl::StatusOr<std::shared_ptr<const rules::Policy>> PolicyOf(Session& session,
                                                              const v1::Date& day) {
  if (!session.Has("policy")) {
    GAVEL_ASSIGN_OR_RETURN(const auto live, GetPolicy(session));
    return rules::CompilePolicy(live.source(), live.published());
  }
  GAVEL_ASSIGN_OR_RETURN(const auto source, PolicySourceOf(session, session.Text("policy")));
  return rules::CompilePolicy(source, day);
}

absl::StatusOr<ExitCode> ExplainRule(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Date day, AsOf(session));
  GAVEL_ASSIGN_OR_RETURN(const auto policy, PolicyOf(session, day));
  GAVEL_ASSIGN_OR_RETURN(const rules::CompiledRule* rule, FindRule(*policy, session.Text("WHAT")));
  session.output().Json(rule->rule);
  for (const std::string& line : RuleLines(session.output(), *rule, *policy, day)) {
    session.output().Line(line);
  }
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunExplain(Session& session) {
  const std::string what = session.Text("WHAT");
  if (IsSpecKey(what)) return ExplainSpecVerdict(session);
  std::error_code error;
  return fs::exists(what, error) ? ExplainFile(session) : ExplainRule(session);
}

std::vector<Flag> ExplainFlags() {
  std::vector<Flag> flags = {
      {"--set", "FACT=VALUE", "what if: cost.monthly_usd=2500, deps=[s3/glacier]", FlagKind::kList},
      {"--policy", "POLICY", "a folder, or the hash of a version; the one in force by default"},
      AsOfFlag(),
      {"--revision", "N", "of this revision; the current one by default"},
      {"--area", "AREA", "for documents that name none"},
      {"--facts-unknown", "", "as with submit --facts-unknown", FlagKind::kSwitch},
      {"--verbose", "", "also the rules that do not hold", FlagKind::kSwitch}};
  for (Flag& flag : EvidenceFlags()) flags.push_back(std::move(flag));
  return flags;
}

}  // namespace

std::vector<Command> RulesExplainCommands() {
  return {{"rules explain",
           Group::kTools,
           "Say what a rule does, or why a spec gets its verdict and what would change it.",
           {{"WHAT", "a rule like auto/standard-tiers, a key like MEDIA-42, or a spec file",
             Arity::kOne, "RULE|SPEC"}},
           ExplainFlags(),
           "gavel rules explain MEDIA-42 --set cost.monthly_usd=2500",
           RunExplain}};
}

}  // namespace gavel::cli
