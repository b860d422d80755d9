#include "clients/cli/output/print_error.h"

#include "clients/check/check_spec.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/version.h"
#include "clients/cli/words/typed_words.h"
#include "engine/base/error.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// What to do about it; empty where the message says it all.
std::string Hint(const absl::Status& status) {
  switch (ExitCodeOf(status)) {
    case ExitCode::kUnreachable:
      return "  It is safe to run this again.";
    case ExitCode::kNotAllowed:
      if (!absl::IsUnauthenticated(status)) return "";
      return "  Sign in: gavel auth login (or GAVEL_TOKEN_FILE; --as on a development server).";
    case ExitCode::kBug:
      return fmt::format("  This is a bug in Gavel. Please report: gavel {}, {}, {}", kVersion,
                         absl::StatusCodeToString(status.code()), ErrorReasonOf(status));
    default:
      return "";
  }
}

std::string Headline(const absl::Status& status, const std::string& about) {
  if (ExitCodeOf(status) == ExitCode::kUnreadable && !about.empty()) {
    return fmt::format("gavel: {} cannot be read; nothing was stored", about);
  }
  std::string message = TypedMessage(status);
  if (message.empty()) message = absl::StatusCodeToString(status.code());
  if (about.empty() || message.find(about) != std::string::npos) return "gavel: " + message;
  return fmt::format("gavel: {}: {}", about, message);
}

// One line per problem of a policy, where the message has no room for all of them.
void PrintPolicyProblems(Output& output, const absl::Status& status) {
  const auto problems = FieldViolationsOf(status);
  if (problems.size() < 2) return;
  for (const FieldViolation& problem : problems) {
    const std::string code = problem.reason.empty() ? "" : fmt::format(" [{}]", problem.reason);
    output.Warn(fmt::format("  {}: {}{}", problem.field, problem.description, code));
  }
}

}  // namespace

void PrintError(Output& output, const absl::Status& status, const std::string& about) {
  if (output.json()) {
    output.Warn(ErrorJson(status, about));
    return;
  }
  output.Warn(Headline(status, about));
  if (ExitCodeOf(status) == ExitCode::kUnreadable) {
    for (const v1::Finding& finding : check::FindingsOf(status)) {
      output.Warn(FindingLine(finding));
    }
  }
  if (ErrorReasonOf(status) == "POLICY_INVALID") PrintPolicyProblems(output, status);
  if (const std::string hint = Hint(status); !hint.empty()) output.Warn(hint);
}

}  // namespace gavel::cli
