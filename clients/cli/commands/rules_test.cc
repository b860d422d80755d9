// rules test: the rule tests of a policy, and whether they would notice a change of the rules.
#include <filesystem>

#include "clients/cli/commands/rules.h"
#include "clients/cli/files.h"
#include "clients/cli/output/print_error.h"
#include "clients/cli/policy/folder.h"
#include "clients/cli/show/problems.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"
#include "rules/compile/policy_files.h"
#include "rules/mutation/mutate.h"
#include "rules/rule_test.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kTestFile[] = "rules.test.yaml";

struct Subject {
  PolicyFolder opened;
  std::string text;  // Of the test file.
};

absl::StatusOr<Subject> SubjectOf(const std::string& path) {
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  const std::string file = folder ? (fs::path(path) / kTestFile).string() : path;
  auto text = ReadFile(file);
  if (!text.ok()) return UsageError(std::string(text.status().message()));
  GAVEL_ASSIGN_OR_RETURN(PolicyFolder opened, OpenPolicyFolder(file));
  // Whatever the file is called: it is the one that is tested with.
  (*opened.source.mutable_files())[kTestFile] = *text;
  return Subject{std::move(opened), *std::move(text)};
}

absl::StatusOr<v1::RuleTestReport> TestOffline(Session& session, const Subject& subject) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Date day, AsOf(session));
  GAVEL_ASSIGN_OR_RETURN(const auto policy, rules::CompilePolicy(subject.opened.source, day));
  if (!session.Has("mutate")) return rules::RunRuleTests(*policy, subject.text);
  session.output().Progress("changing the rules a little, many times …");
  return rules::MutateRules(*policy, subject.text, day);
}

absl::StatusOr<v1::RuleTestReport> TestOnline(Session& session, const Subject& subject) {
  v1::TestRuleSetRequest request;
  *request.mutable_policy()->mutable_draft() = subject.opened.source;
  request.set_mutate(session.Has("mutate"));
  session.AllowTime(absl::Minutes(5));
  GAVEL_ASSIGN_OR_RETURN(auto response, session.Call<v1::TestRuleSetResponse>(request));
  return std::move(*response.mutable_report());
}

void Show(Output& output, const v1::RuleTestReport& report, bool mutate) {
  for (const std::string& failure : report.failures()) {
    output.Line(fmt::format("{} {}", output.Styled(Tone::kBad, "✗"), failure));
  }
  const int failures = report.failures_size();
  const std::string mark =
      failures == 0 ? output.Styled(Tone::kGood, "✓") : output.Styled(Tone::kBad, "✗");
  output.Line(fmt::format("{} {} case{}, {} failure{}.", mark, report.cases(),
                          report.cases() == 1 ? "" : "s", failures, failures == 1 ? "" : "s"));
  if (!mutate) return;
  for (const std::string& line : rules::MutationText(report)) output.Line(line);
}

absl::StatusOr<ExitCode> RunTest(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const Subject subject, SubjectOf(session.Text("FILE", kTestFile)));
  const auto report =
      session.Has("online") ? TestOnline(session, subject) : TestOffline(session, subject);
  Output& output = session.output();
  if (ErrorReasonOf(report.status()) == "POLICY_INVALID") {
    ShowProblems(output, subject.opened.folder, rules::ProblemsOf(report.status()));
    if (output.json()) PrintError(output, report.status());
    return ExitCode::kNo;
  }
  GAVEL_RETURN_IF_ERROR(report.status());
  output.Json(*report);
  Show(output, *report, session.Has("mutate"));
  return report->passed() ? ExitCode::kDone : ExitCode::kNo;
}

}  // namespace

std::vector<Command> RulesTestCommands() {
  return {{"rules test",
           Group::kTools,
           "Run the rule tests of a policy; exit 1 where they do not pass.",
           {{"FILE",
             "rules.test.yaml; its folder is the policy. In the working directory by "
             "default",
             Arity::kOptional}},
           {{"--mutate", "", "also change the rules a little, and see whether a test notices",
             FlagKind::kSwitch},
            AsOfFlag(),
            {"--online", "", "let the server do it", FlagKind::kSwitch}},
           "gavel rules test --mutate policy/rules.test.yaml",
           RunTest}};
}

}  // namespace gavel::cli
