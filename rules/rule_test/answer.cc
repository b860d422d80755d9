#include "rules/rule_test/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/compile/owner.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// The list that a rule which does not count is in.
std::string_view ListOf(v1::RuleResult::Suspension suspension) {
  switch (suspension) {
    case v1::RuleResult::SUSPENSION_NOT_ENFORCED:
      return "shadow";
    case v1::RuleResult::SUSPENSION_EXPIRED:
      return "expired";
    case v1::RuleResult::SUSPENSION_BREAKER_OPEN:
      return "breaker_open";
    case v1::RuleResult::SUSPENSION_OVERRIDDEN:
      return "overridden";
    default:
      return {};
  }
}

std::string ListText(const std::vector<std::string>& names) { return "[" + JoinComma(names) + "]"; }

std::vector<std::string> Unique(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

const std::vector<std::string>& AnswerLists() {
  static const auto* const kLists =
      new std::vector<std::string>{"areas",   "reviewers",    "fired",      "unknown", "shadow",
                                   "expired", "breaker_open", "overridden", "flags"};
  return *kLists;
}

bool IsAnswerList(std::string_view key) {
  return std::find(AnswerLists().begin(), AnswerLists().end(), key) != AnswerLists().end();
}

Answer AnswerOf(const v1::Verdict& verdict, const Policy& policy) {
  Answer answer;
  answer.gate = verdict.author_gate() ? "needs_author" : "ok";
  answer.mode = AsciiLower(ModeWord(verdict.mode()));
  auto& lists = answer.lists;
  for (const std::string& name : AnswerLists()) lists[name] = {};
  lists["areas"] = {verdict.areas().begin(), verdict.areas().end()};
  for (const v1::ReviewerClause& clause : verdict.reviewers())
    lists["reviewers"].push_back(clause.from());
  for (const v1::RuleResult& rule : verdict.rules()) {
    const v1::Rule* const source = policy.FindRule(rule.id());
    if (rule.applied()) lists["fired"].push_back(rule.id());
    if (rule.applied() && source != nullptr && source->has_flag())
      lists["flags"].push_back(source->flag().label());
    // What cannot be told fires where it asks for somebody, and nowhere else.
    const bool would_fire = rule.truth() == v1::TRUTH_TRUE ||
                            rule.effect() == v1::RuleResult::EFFECT_REQUIRE ||
                            rule.effect() == v1::RuleResult::EFFECT_NEEDS_AUTHOR;
    if (const std::string_view list = ListOf(rule.suspension()); !list.empty() && would_fire)
      lists[std::string(list)].push_back(rule.id());
    const bool enforced = source != nullptr && source->state() == v1::Rule::STATE_ENFORCE;
    if (enforced && rule.truth() == v1::TRUTH_UNKNOWN) lists["unknown"].push_back(rule.id());
  }
  for (auto& [name, values] : lists) values = Unique(std::move(values));
  return answer;
}

std::string AnswerText(const Answer& answer) {
  std::string text = fmt::format("gate: {}, mode: {}", answer.gate, answer.mode);
  for (const char* list : {"fired", "shadow"})
    text += fmt::format(", {}: {}", list, ListText(answer.lists.at(list)));
  return text;
}

std::string Mismatch(const Answer& answer, const Expectation& expected) {
  if (!IsAnswerList(expected.key)) {
    const std::string& got = expected.key == "gate" ? answer.gate : answer.mode;
    if (got == expected.word) return {};
    return fmt::format("{} is {}, expected {}", expected.key, got, expected.word);
  }
  const std::vector<std::string>& got = answer.lists.at(expected.key);
  const bool matches =
      expected.contains
          ? std::includes(got.begin(), got.end(), expected.names.begin(), expected.names.end())
          : got == expected.names;
  if (matches) return {};
  return fmt::format("{} is {}, expected {}{}", expected.key, ListText(got),
                     expected.contains ? "at least " : "", ListText(expected.names));
}

std::vector<std::string> AnswerNames(std::string_view key, const Policy& policy) {
  if (key == "areas") return IdsOf(policy.org().areas());
  std::set<std::string> names;
  if (key == "reviewers") {
    names.insert("owner-of-system");
    for (const v1::Group& group : policy.org().groups()) names.insert("group:" + group.id());
  } else if (key == "flags") {
    for (const v1::Rule& rule : policy.rule_set().rules()) {
      if (rule.has_flag()) names.insert(rule.flag().label());
    }
  } else {
    for (const v1::Rule& rule : policy.rule_set().rules()) names.insert(rule.id());
    for (const std::string_view id : BuiltinIds()) names.emplace(id);
  }
  return {names.begin(), names.end()};
}

std::string_view AnswerNoun(std::string_view key) {
  if (key == "areas") return "area";
  if (key == "reviewers") return "group";
  return key == "flags" ? "label" : "rule";
}

}  // namespace gavel::rules
