#include "rules/explain.h"

#include <fmt/format.h>

#include "rules/finding_codes.h"

namespace gavel::rules {
namespace {

struct OpPhrase {
  std::string_view op;
  std::string_view phrase;  // `{}` is what the rule wants.
};

constexpr OpPhrase kPhrases[] = {
    {"is", "{}"},
    {"in", "one of {}"},
    {"not_in", "none of {}"},
    {"at_least", "at least {}"},
    {"at_most", "at most {}"},
    {"lt", "less than {}"},
    {"lte", "at most {}"},
    {"gt", "more than {}"},
    {"gte", "at least {}"},
    {"between", "{}"},
    {"only_in", "only members of {}"},
    {"any_in", "a member of {}"},
    {"none_in", "no member of {}"},
    {"has", "{} among them"},
    {"lacks", "no {} among them"},
    {"size_lt", "fewer than {} entries"},
    {"size_lte", "at most {} entries"},
    {"size_gt", "more than {} entries"},
    {"size_gte", "at least {} entries"},
    {"matches", "text like {}"},
};

std::string_view TruthMark(v1::Truth truth) {
  return truth == v1::TRUTH_TRUE ? "✓" : truth == v1::TRUTH_FALSE ? "✗" : "?";
}

std::string_view SuspensionText(v1::RuleResult::Suspension suspension) {
  switch (suspension) {
    case v1::RuleResult::SUSPENSION_NOT_ENFORCED:
      return "in shadow, does not count";
    case v1::RuleResult::SUSPENSION_EXPIRED:
      return "past its review date, does not count";
    case v1::RuleResult::SUSPENSION_BREAKER_OPEN:
      return "its breaker is open, does not count";
    case v1::RuleResult::SUSPENSION_OVERRIDDEN:
      return "set aside by the sponsor";
    default:
      return "";
  }
}

// What a rule came to, in a few words.
std::string StateText(const v1::RuleResult& rule) {
  if (rule.suspension() != v1::RuleResult::SUSPENSION_UNSPECIFIED) {
    return std::string(SuspensionText(rule.suspension()));
  }
  if (!rule.applied()) {
    const bool approves = rule.effect() == v1::RuleResult::EFFECT_AUTO_APPROVE;
    if (approves && rule.truth() == v1::TRUTH_TRUE)
      return "holds, but something else asks for people";
    return rule.truth() == v1::TRUTH_UNKNOWN ? "cannot be told" : "does not apply";
  }
  switch (rule.effect()) {
    case v1::RuleResult::EFFECT_AUTO_APPROVE:
      return "approves";
    case v1::RuleResult::EFFECT_REQUIRE:
      return rule.truth() == v1::TRUTH_UNKNOWN ? "asks for people, as it cannot be told"
                                               : "asks for people";
    case v1::RuleResult::EFFECT_NEEDS_AUTHOR:
      return "returns it to the author";
    default:
      return "marks it";
  }
}

bool IsShown(const v1::RuleResult& rule, const ExplainOptions& options) {
  if (rule.suspension() == v1::RuleResult::SUSPENSION_NOT_ENFORCED) return options.include_shadow;
  return options.verbose || rule.truth() != v1::TRUTH_FALSE;
}

std::string LeafText(const v1::LeafResult& leaf) {
  std::string text = fmt::format("      {} {} {}: {}", TruthMark(leaf.truth()), leaf.field(),
                                 WantPhrase(leaf), leaf.got());
  if (!leaf.from().empty()) text += fmt::format("  ({})", leaf.from());
  return text;
}

void AddRule(const v1::RuleResult& rule, bool verbose, std::vector<std::string>& lines) {
  lines.push_back(fmt::format("  {} {}  {} — {} [{}]", rule.applied() ? "✓" : "·", rule.id(),
                              rule.title(), StateText(rule), ResultCode(rule)));
  if (!rule.why().empty()) lines.push_back(fmt::format("      {}", rule.why()));
  // Of an auto rule that failed, the tests that failed are the answer; the rest is noise.
  const bool only_failures = !verbose && !rule.applied();
  for (const v1::LeafResult& leaf : rule.leaves()) {
    if (only_failures && leaf.truth() == v1::TRUTH_TRUE) continue;
    lines.push_back(LeafText(leaf));
  }
}

}  // namespace

std::string WantPhrase(const v1::LeafResult& leaf) {
  if (leaf.op() == "stated") return leaf.want() == "true" ? "stated" : "not stated";
  for (const OpPhrase& phrase : kPhrases) {
    if (phrase.op == leaf.op()) return fmt::format(fmt::runtime(phrase.phrase), leaf.want());
  }
  return leaf.want();
}

std::string_view ResultCode(const v1::RuleResult& rule) {
  switch (rule.suspension()) {
    case v1::RuleResult::SUSPENSION_NOT_ENFORCED:
      return "NOT_ENFORCED";
    case v1::RuleResult::SUSPENSION_EXPIRED:
      return "EXPIRED";
    case v1::RuleResult::SUSPENSION_BREAKER_OPEN:
      return "BREAKER_OPEN";
    case v1::RuleResult::SUSPENSION_OVERRIDDEN:
      return "OVERRIDDEN";
    default:
      break;
  }
  return rule.truth() == v1::TRUTH_TRUE ? "T" : rule.truth() == v1::TRUTH_FALSE ? "F" : "U";
}

std::vector<std::string> ExplainText(const v1::Verdict& verdict, bool verbose) {
  return ExplainText(verdict, ExplainOptions{.verbose = verbose, .include_shadow = verbose});
}

std::vector<std::string> ExplainText(const v1::Verdict& verdict, const ExplainOptions& options) {
  std::vector<std::string> lines = {verdict.summary()};
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (IsShown(rule, options)) AddRule(rule, options.verbose, lines);
  }
  for (const v1::Nudge& nudge : verdict.nudges())
    lines.push_back(fmt::format("  → {}", nudge.text()));
  for (const v1::ReviewerClause& clause : verdict.reviewers()) {
    lines.push_back(
        fmt::format("  {} from {}, asked for by {}", clause.count(), clause.from(), clause.rule()));
  }
  if (!options.verbose) return lines;
  const v1::VerdictPins& pins = verdict.pins();
  lines.push_back(fmt::format("  rules {}  catalog {}  org {}  engine {}", pins.rule_set(),
                              pins.catalog(), pins.org(), pins.engine()));
  return lines;
}

std::string FindingText(const v1::Finding& finding) {
  const std::string place =
      finding.line() > 0 ? fmt::format("{}:{}", finding.line(), finding.column()) : "—";
  return fmt::format("  {:<6} {:<5}  {}  {}", place, SeverityWord(finding.severity()),
                     finding.code(), finding.message());
}

std::string_view SeverityWord(v1::Finding::Severity severity) {
  switch (severity) {
    case v1::Finding::SEVERITY_ERROR:
      return "error";
    case v1::Finding::SEVERITY_WARNING:
      return "warn";
    default:
      return "info";
  }
}

std::string_view ModeWord(v1::ReviewMode mode) {
  switch (mode) {
    case v1::REVIEW_MODE_AUTO:
      return "AUTO";
    case v1::REVIEW_MODE_SYNC:
      return "SYNC";
    default:
      return "ASYNC";
  }
}

std::string ExplainCode(std::string_view code) {
  const FindingCode* const entry = FindFindingCode(code);
  if (entry == nullptr) return {};
  const std::string_view consequence =
      entry->consequence == Consequence::kRefused ? "The document is refused and nothing is stored."
      : entry->consequence == Consequence::kReturned    ? "The spec goes back to its author."
      : entry->consequence == Consequence::kUnpublished ? "Such a policy is not published."
      : entry->severity == v1::Finding::SEVERITY_ERROR
          ? "Shown as an error; the rules decide what follows."
          : "Shown; changes no verdict by itself.";
  return fmt::format("{} ({}): {} {}\n{}", entry->code, SeverityWord(entry->severity),
                     entry->meaning, consequence, FindingUrl(entry->code));
}

}  // namespace gavel::rules
