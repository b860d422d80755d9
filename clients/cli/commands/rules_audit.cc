// rules audit, health, breaker: how the rules do, and what people say of them.
#include "clients/cli/commands/rules.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/rules_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

std::string ResultWord(const v1::Audit& audit) {
  if (audit.result() == v1::AuditRecorded::RESULT_UNSPECIFIED) return "open";
  return Spoken(EnumWord(audit.result()));
}

absl::StatusOr<ExitCode> RunAuditList(Session& session) {
  v1::ListAuditsRequest request;
  request.set_open_only(session.Has("open"));
  request.set_rule(session.Text("rule"));
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::ListAuditsResponse>(request));
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  for (const v1::Audit& audit : response.audits()) {
    messages.push_back(&audit);
    rows.push_back({audit.spec(), ResultWord(audit), DateText(audit.due()), audit.rule(),
                    audit.drawn_by(), audit.auditor(), audit.title()});
  }
  session.output().JsonArray(messages);
  session.output().Table({"SPEC", "RESULT", "DUE", "RULE", "DRAWN BY", "AUDITOR", "TITLE"}, rows);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunAuditRecord(Session& session) {
  v1::RecordAuditRequest request;
  GAVEL_ASSIGN_OR_RETURN(const auto result,
                         ParseEnum<v1::AuditRecorded::Result>("RESULT", session.Text("RESULT")));
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_spec(), SpecKey(session));
  request.set_result(result);
  request.set_text(session.Text("message"));
  return SendAndShow<v1::RecordAuditResponse>(session, request);
}

std::string BreakerText(const v1::RuleHealth& rule) {
  if (!rule.breaker_open()) return "closed";
  return fmt::format("open since {}", Rfc3339(rule.breaker_time()));
}

// An upper bound says nothing before the first audit.
std::string BoundText(const v1::RuleHealth& rule) {
  return rule.audited() == 0 ? "" : fmt::format("{:.1f} %", rule.failure_bound_percent());
}

void ShowBreakers(Output& output, const v1::ListRuleHealthResponse& response) {
  for (const v1::RuleHealth& rule : response.rules()) {
    if (!rule.breaker_open()) continue;
    output.Line(fmt::format("{} {}: {}. Specs: {}", output.Styled(Tone::kBad, "breaker open"),
                            rule.rule(), rule.breaker_reason(),
                            fmt::join(rule.breaker_specs(), ", ")));
    output.Line(fmt::format("  Close it: gavel rules breaker close {} -m \"…\"", rule.rule()));
  }
}

absl::StatusOr<ExitCode> RunHealth(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto response,
                         session.Call<v1::ListRuleHealthResponse>(v1::ListRuleHealthRequest()));
  std::vector<std::vector<std::string>> rows;
  for (const v1::RuleHealth& rule : response.rules()) {
    rows.push_back({rule.rule(), std::to_string(rule.fired()), std::to_string(rule.overridden()),
                    std::to_string(rule.approved()),
                    fmt::format("{}/{}", rule.audit_failures(), rule.audited()), BoundText(rule),
                    BreakerText(rule), DateText(rule.review_by()),
                    fmt::format("{}", fmt::join(rule.remarks(), "; "))});
  }
  Output& output = session.output();
  output.Json(response);
  output.Table({"RULE", "FIRED", "OVERRIDDEN", "APPROVED", "FAILED AUDITS", "BOUND", "BREAKER",
                "REVIEW BY", "REMARKS"},
               rows);
  if (!output.terminal()) return ExitCode::kDone;
  output.Line(fmt::format("{} of {} decisions in the window were automatic.", response.automatic(),
                          response.decisions()));
  ShowBreakers(output, response);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunBreakerClose(Session& session) {
  v1::CloseBreakerRequest request;
  request.set_rule(session.Text("RULE"));
  request.set_text(session.Text("message"));
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::CloseBreakerResponse>(request));
  session.output().Json(response.rule());
  session.output().Note(fmt::format("{} {} may approve again",
                                    session.output().Styled(Tone::kGood, "✓"),
                                    response.rule().rule()));
  return ExitCode::kDone;
}

Flag NeededMessage(std::string help) {
  return {"-m,--message", "TEXT", std::move(help), FlagKind::kText, /*required=*/true};
}

}  // namespace

std::vector<Command> RulesAuditCommands() {
  return {{"rules audit list",
           Group::kTools,
           "List the automatic approvals that were drawn for an audit.",
           {},
           {{"--open", "", "only those without a result", FlagKind::kSwitch},
            {"--rule", "RULE", "only of this rule"}},
           "gavel rules audit list --open",
           RunAuditList},
          {"rules audit record",
           Group::kTools,
           "Record an audit; one that failed sends the spec to people.",
           {SpecPositional(),
            {"RESULT", "fine, should-have-been-reviewed or harmful", Arity::kOne,
             "fine|should-have-been-reviewed|harmful"}},
           {NeededMessage("what you found")},
           "gavel rules audit record MEDIA-42 fine -m \"as it says\"",
           RunAuditRecord},
          {"rules health",
           Group::kTools,
           "Show how each rule does: firings, overrides, audits, breaker, expiry.",
           {},
           {},
           "gavel rules health",
           RunHealth},
          {"rules breaker close",
           Group::kTools,
           "Let a rule approve again after its breaker opened.",
           {{"RULE", "its id, auto/standard-tiers"}},
           {NeededMessage("why it may")},
           "gavel rules breaker close auto/standard-tiers -m \"the catalog was mended\"",
           RunBreakerClose}};
}

}  // namespace gavel::cli
