// decision list, show, reject, override, condition.
#include "clients/cli/commands/commands.h"
#include "clients/cli/output/shown_text.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<std::vector<v1::DecisionRecord>> ListDecisions(Session& session) {
  std::vector<v1::DecisionRecord> records;
  v1::ListDecisionsRequest request;
  request.set_area(session.Text("area"));
  do {
    GAVEL_ASSIGN_OR_RETURN(const auto page, session.Call<v1::ListDecisionsResponse>(request));
    records.insert(records.end(), page.decisions().begin(), page.decisions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return records;
}

absl::StatusOr<ExitCode> RunList(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto records, ListDecisions(session));
  Output& output = session.output();
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  for (const v1::DecisionRecord& record : records) {
    messages.push_back(&record);
    const v1::Decision& decision = record.decision();
    rows.push_back({record.spec(), EnumWord(decision.outcome()), EnumWord(decision.authority()),
                    EnumWord(decision.force()), record.title(),
                    output.terminal() ? TimeText(decision.decide_time(), absl::LocalTimeZone())
                                      : Rfc3339(decision.decide_time())});
  }
  output.JsonArray(messages);
  output.Table({"KEY", "OUTCOME", "BY", "FORCE", "TITLE", "DECIDED"}, rows);
  return ExitCode::kDone;
}

constexpr size_t kValueColumn = 15;  // Behind the labels of a decision.

void ShowDecision(Output& output, const v1::Decision& decision) {
  output.Line(fmt::format(
      "{}  {} by {} on revision {} — {}{}", output.Styled(Tone::kStrong, decision.id()),
      OutcomeText(decision.outcome()), AuthorityText(decision.authority()), decision.revision(),
      Spoken(EnumWord(decision.force())), decision.final() ? ", final" : ""));
  output.Line(fmt::format("    {}, {}", TimeText(decision.decide_time(), absl::LocalTimeZone()),
                          decision.decided_by() == "rules" ? "rule " + decision.rule()
                                                           : Person(decision.decided_by())));
  const auto quote = [](const std::string& text) { return Hanging(text, kValueColumn); };
  if (!decision.rationale().empty()) output.Line("    Why        " + quote(decision.rationale()));
  if (!decision.stay_reason().empty()) {
    output.Line("    Stayed     " + quote(decision.stay_reason()));
  }
  for (const v1::Condition& condition : decision.conditions()) {
    output.Line(fmt::format("    Condition  {} {} — {} by {}{}", condition.id(),
                            OneLine(condition.text()), Person(condition.owner()),
                            DateText(condition.due()), condition.has_met_time() ? ", met" : ""));
  }
  for (const v1::Dissent& dissent : decision.dissent()) {
    output.Line(
        fmt::format("    Dissent    {}: {}", Person(dissent.person()), quote(dissent.text())));
  }
  output.Line("    Content    sha256 " + decision.content_hash());
}

absl::StatusOr<ExitCode> RunShow(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  Output& output = session.output();
  std::vector<const google::protobuf::Message*> messages;
  output.Line(fmt::format("{}  {}", output.Styled(Tone::kStrong, key), OneLine(spec.title())));
  for (const v1::Decision& decision : spec.decisions()) {
    messages.push_back(&decision);
    ShowDecision(output, decision);
  }
  if (messages.empty()) output.Line("Nothing is decided yet.");
  output.JsonArray(messages);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunReject(Session& session) {
  v1::RejectSpecRequest request;
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string etag, EtagOf(session, key));
  request.set_spec(key);
  request.set_rationale(session.Text("why"));
  request.set_etag(etag);
  return SendAndShow<v1::RejectSpecResponse>(session, request);
}

absl::StatusOr<ExitCode> RunOverride(Session& session) {
  v1::OverrideRuleRequest request;
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  request.set_spec(key);
  request.set_rule(session.Text("RULE"));
  request.set_reason(session.Text("why"));
  return SendAndShow<v1::OverrideRuleResponse>(session, request);
}

absl::StatusOr<ExitCode> RunCondition(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  const std::string action = session.Text("ACTION");
  if (action == "met") {
    v1::MeetConditionRequest request;
    request.set_spec(key);
    request.set_condition(session.Text("CONDITION"));
    request.set_note(session.Text("message"));
    return SendAndShow<v1::MeetConditionResponse>(session, request);
  }
  if (action != "extend") return UsageError("`" + action + "` is not one of met, extend");
  if (!session.Has("due")) return UsageError("`extend` needs --due DATE: the new day");
  v1::ExtendConditionRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_due(), ParseDate(session.Text("due")));
  request.set_spec(key);
  request.set_condition(session.Text("CONDITION"));
  request.set_note(session.Text("message"));
  return SendAndShow<v1::ExtendConditionResponse>(session, request);
}

}  // namespace

std::vector<Command> DecisionCommands() {
  const Positional spec = SpecPositional();
  return {
      {"decision list",
       Group::kMeeting,
       "List decisions, newest first.",
       {},
       {{"--area", "AREA", "only this area"}},
       "gavel decision list --area media",
       RunList},
      {"decision show",
       Group::kMeeting,
       "Show the decisions on a spec.",
       {spec},
       {},
       "gavel decision show MEDIA-42",
       RunShow},
      {"decision reject",
       Group::kMeeting,
       "Say no as the sponsor, without a meeting.",
       {spec},
       {WhyFlag("the rationale"), EtagFlag()},
       "gavel decision reject MEDIA-42 --why \"…\"",
       RunReject},
      {"decision override",
       Group::kMeeting,
       "Set one fired rule aside for this revision, as the sponsor.",
       {spec, {"RULE", "the rule's id, as `gavel explain SPEC` shows it"}},
       {WhyFlag("the reason")},
       "gavel decision override MEDIA-42 review/undeclared-dependency --why \"…\"",
       RunOverride},
      {"decision condition",
       Group::kMeeting,
       "Mark a condition met, or give it more time.",
       {spec, {"CONDITION", "its id, k1"}, {"ACTION", "met or extend", Arity::kOne, "met|extend"}},
       {MessageFlag("how it was met, or why it takes longer"),
        {"--due", "DATE", "the new day, for extend"}},
       "gavel decision condition MEDIA-42 k1 met -m \"the alert is live\"",
       RunCondition}};
}

}  // namespace gavel::cli
