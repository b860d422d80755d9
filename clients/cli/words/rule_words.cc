#include "clients/cli/words/rule_words.h"

#include "clients/cli/output/shown_text.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/evaluate/leaf.h"
#include "rules/explain.h"

namespace gavel::cli {
namespace {

// `only members of @standard (6 tiers), or none`.
std::string LeafPhrase(const rules::Leaf& leaf, const rules::Policy& policy,
                       const v1::Date& as_of) {
  v1::LeafResult want;
  want.set_op(std::string(rules::OpWord(leaf.op)));
  want.set_want(rules::WantText(leaf, policy, as_of));
  if (rules::InfoOf(leaf.field).type == rules::FieldType::kBool && leaf.op == rules::Op::kIs) {
    want.set_want(leaf.flag ? "true" : "false");
  }
  return rules::WantPhrase(want) + (leaf.or_none ? ", or none" : "");
}

// Walks the condition and the leaves of its program side by side: both stand in file order.
class Words {
 public:
  Words(const rules::CompiledRule& rule, const rules::Policy& policy, const v1::Date& as_of)
      : policy_(policy), as_of_(as_of), leaf_(rule.program.leaves.begin()) {
    Add(rule.rule.when(), 0, "");
  }

  std::vector<std::string> Take() { return std::move(lines_); }

 private:
  void Add(const v1::RuleCondition& condition, int depth, const std::string& before) {
    switch (condition.node_case()) {
      case v1::RuleCondition::kAll:
        return AddList(condition.all(), depth, before + "all of");
      case v1::RuleCondition::kAny:
        return AddList(condition.any(), depth, before + "any of");
      case v1::RuleCondition::kNegated:
        return Add(condition.negated(), depth, before + "not ");
      case v1::RuleCondition::kLeaf:
        AddLine(depth, fmt::format("{}{}: {}", before, rules::InfoOf(leaf_->field).name,
                                   LeafPhrase(*leaf_, policy_, as_of_)));
        ++leaf_;
        return;
      case v1::RuleCondition::NODE_NOT_SET:
        return;
    }
  }

  void AddList(const v1::RuleConditionList& list, int depth, const std::string& head) {
    AddLine(depth, head);
    for (const v1::RuleCondition& child : list.conditions()) Add(child, depth + 1, "");
  }

  void AddLine(int depth, const std::string& text) {
    lines_.push_back(fmt::format("{:{}}{}", "", depth * 2, text));
  }

  const rules::Policy& policy_;
  const v1::Date& as_of_;
  std::vector<rules::Leaf>::const_iterator leaf_;
  std::vector<std::string> lines_;
};

std::string RequireText(const v1::Require& require) {
  std::string text = require.mode() == v1::REVIEW_MODE_SYNC ? "asks for people, and for a meeting"
                                                            : "asks for people";
  if (!require.area().empty()) text += fmt::format(", consulting area {}", require.area());
  for (const v1::RequiredReviewers& clause : require.reviewers()) {
    text += fmt::format(", {} from {}", clause.count(), clause.from());
  }
  return text;
}

}  // namespace

std::string EffectText(const v1::Rule& rule) {
  switch (rule.effect_case()) {
    case v1::Rule::kAutoApprove:
      return fmt::format("approves without a person; {} % are audited",
                         rule.auto_approve().audit_percent());
    case v1::Rule::kRequire:
      return RequireText(rule.require());
    case v1::Rule::kNeedsAuthor:
      return fmt::format("returns it to the author: \"{}\"", rule.needs_author().message());
    case v1::Rule::kFlag:
      return fmt::format("marks it `{}`", rule.flag().label());
    case v1::Rule::EFFECT_NOT_SET:
      break;
  }
  return "does nothing";
}

std::string RuleStateWord(const v1::Rule& rule) { return Spoken(EnumWord(rule.state())); }

std::vector<std::string> ConditionLines(const rules::CompiledRule& rule,
                                        const rules::Policy& policy, const v1::Date& as_of) {
  return Words(rule, policy, as_of).Take();
}

std::vector<std::string> RuleLines(const Output& output, const rules::CompiledRule& compiled,
                                   const rules::Policy& policy, const v1::Date& as_of) {
  const v1::Rule& rule = compiled.rule;
  const Tone tone = rule.state() == v1::Rule::STATE_ENFORCE ? Tone::kGood : Tone::kDim;
  std::vector<std::string> lines = {
      fmt::format("{}  {}  {}", output.Styled(Tone::kStrong, rule.id()),
                  output.Styled(tone, RuleStateWord(rule)), OneLine(rule.title())),
      output.Styled(Tone::kDim,
                    fmt::format("  {}, review by {}", rule.owner(), DateText(rule.review_by()))),
      fmt::format("  {}, where", EffectText(rule))};
  for (const std::string& line : ConditionLines(compiled, policy, as_of)) {
    lines.push_back("    " + line);
  }
  lines.push_back("  Why: " + OneLine(rule.why()));
  std::vector<std::string> fitted;
  for (const std::string& line : lines) {
    for (std::string& part : output.Fitted(line, line.find_first_not_of(' ') + 2)) {
      fitted.push_back(std::move(part));
    }
  }
  return fitted;
}

absl::StatusOr<const rules::CompiledRule*> FindRule(const rules::Policy& policy,
                                                    const std::string& id) {
  std::vector<std::string> ids;
  for (const rules::CompiledRule& rule : policy.rules()) {
    if (rule.rule.id() == id) return &rule;
    ids.push_back(rule.rule.id());
  }
  return absl::NotFoundError(fmt::format("no rule `{}`; there are {}", id, fmt::join(ids, ", ")));
}

}  // namespace gavel::cli
