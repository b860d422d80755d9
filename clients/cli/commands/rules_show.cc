// rules show: the rules of a policy in words, and its versions.
#include "absl/time/clock.h"
#include "clients/cli/commands/rules.h"
#include "clients/cli/policy/choice.h"
#include "clients/cli/policy/folder.h"
#include "clients/cli/words/rule_words.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/compile/policy_files.h"

namespace gavel::cli {
namespace {

// What is shown: a policy, and for the one in force how its rules do.
struct Shown {
  std::shared_ptr<const rules::Policy> policy;
  v1::PolicyVersion version;  // Unset for a folder.
  v1::ListRuleHealthResponse health;
};

absl::StatusOr<Shown> Load(Session& session) {
  Shown shown;
  if (session.Has("policy")) {
    GAVEL_ASSIGN_OR_RETURN(shown.policy, CompileFolder(session.Text("policy"), Today(absl::Now())));
    return shown;
  }
  std::string hash;
  if (session.Has("source")) {
    GAVEL_ASSIGN_OR_RETURN(hash, VersionHash(session, session.Text("source")));
  }
  GAVEL_ASSIGN_OR_RETURN(const auto answer, GetPolicy(session, hash));
  shown.version = answer.version();
  GAVEL_ASSIGN_OR_RETURN(shown.policy, rules::CompilePolicy(answer.source(), answer.published()));
  if (!hash.empty()) return shown;
  GAVEL_ASSIGN_OR_RETURN(shown.health,
                         session.Call<v1::ListRuleHealthResponse>(v1::ListRuleHealthRequest()));
  return shown;
}

void ShowHead(Output& output, const Shown& shown) {
  const rules::Policy& policy = *shown.policy;
  output.Line(fmt::format("{}  catalog {}",
                          output.Styled(Tone::kStrong, ShortPin(policy.rule_set_pin())),
                          ShortPin(policy.catalog_pin())));
  if (!shown.version.has_publish_time()) return;
  output.Line(fmt::format(
      "Version {}, published {} by {}{}", ShortHash(shown.version.source_hash()),
      TimeText(shown.version.publish_time(), absl::LocalTimeZone()), shown.version.publisher(),
      shown.version.message().empty() ? std::string()
                                      : fmt::format(": \"{}\"", shown.version.message())));
}

const v1::RuleHealth* HealthOf(const Shown& shown, const std::string& id) {
  for (const v1::RuleHealth& health : shown.health.rules()) {
    if (health.rule() == id) return &health;
  }
  return nullptr;
}

std::string HealthText(const Output& output, const v1::RuleHealth& health) {
  std::string text = fmt::format(
      "fired {} times, set aside {}, approved {}, audits {} of which "
      "{} failed",
      health.fired(), health.overridden(), health.approved(), health.audited(),
      health.audit_failures());
  if (health.breaker_open()) text += ", " + output.Styled(Tone::kBad, "breaker open");
  for (const std::string& remark : health.remarks()) {
    text += ", " + output.Styled(Tone::kWarn, remark);
  }
  return text;
}

void ShowRule(Output& output, const Shown& shown, const rules::CompiledRule& rule,
              const v1::Date& today) {
  output.Line("");
  for (const std::string& line : RuleLines(output, rule, *shown.policy, today)) output.Line(line);
  if (const v1::RuleHealth* health = HealthOf(shown, rule.rule.id())) {
    output.Line("  Health: " + HealthText(output, *health));
  }
}

std::string MessageText(const v1::PolicyVersion& version) {
  if (version.first()) return "(first)";
  return version.rollback() ? "(rollback) " + version.message() : version.message();
}

absl::StatusOr<ExitCode> ShowHistory(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto versions, ListVersions(session));
  Output& output = session.output();
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  for (const v1::PolicyVersion& version : versions) {
    messages.push_back(&version);
    const bool whole = !output.terminal();
    rows.push_back({whole ? version.source_hash() : ShortHash(version.source_hash()),
                    whole ? Rfc3339(version.publish_time())
                          : TimeText(version.publish_time(), absl::LocalTimeZone()),
                    version.publisher(), fmt::format("{}", fmt::join(version.approvers(), ",")),
                    whole ? version.backtest() : ShortHash(version.backtest()),
                    fmt::format("{}", fmt::join(version.changed_auto_rules(), ",")),
                    MessageText(version)});
  }
  output.JsonArray(messages);
  output.Table({"VERSION", "PUBLISHED", "BY", "APPROVED BY", "BACK-TEST", "AUTO RULES", "WHY"},
               rows);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunShow(Session& session) {
  if (session.Has("history")) return ShowHistory(session);
  GAVEL_ASSIGN_OR_RETURN(const Shown shown, Load(session));
  const v1::Date today = Today(absl::Now());
  Output& output = session.output();
  if (session.Has("RULE")) {
    GAVEL_ASSIGN_OR_RETURN(const rules::CompiledRule* rule,
                           FindRule(*shown.policy, session.Text("RULE")));
    output.Json(rule->rule);
    ShowHead(output, shown);
    ShowRule(output, shown, *rule, today);
    return ExitCode::kDone;
  }
  output.Json(shown.policy->rule_set());
  ShowHead(output, shown);
  for (const rules::CompiledRule& rule : shown.policy->rules()) {
    ShowRule(output, shown, rule, today);
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> RulesShowCommands() {
  return {{"rules show",
           Group::kTools,
           "Show the rules in words, with owner, review date and health.",
           {{"RULE", "its id; every rule by default", Arity::kOptional}},
           {{"--history", "", "the versions that were in force, newest first", FlagKind::kSwitch},
            {"--source", "HASH", "of this version; of the one in force by default"},
            {"--policy", "FOLDER", "of these files, offline"}},
           "gavel rules show auto/standard-tiers",
           RunShow}};
}

}  // namespace gavel::cli
