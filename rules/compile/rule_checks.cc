#include "rules/compile/rule_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace gavel::rules {
namespace {

using Visit = std::function<void(const v1::Predicate&, bool positive)>;

// Calls `visit` for every leaf, with whether it stands under an even number of `not`.
void VisitLeaves(const v1::RuleCondition& condition, bool positive, const Visit& visit) {
  switch (condition.node_case()) {
    case v1::RuleCondition::kAll:
      for (const auto& child : condition.all().conditions()) VisitLeaves(child, positive, visit);
      return;
    case v1::RuleCondition::kAny:
      for (const auto& child : condition.any().conditions()) VisitLeaves(child, positive, visit);
      return;
    case v1::RuleCondition::kNegated:
      return VisitLeaves(condition.negated(), !positive, visit);
    case v1::RuleCondition::kLeaf:
      return visit(condition.leaf(), positive);
    case v1::RuleCondition::NODE_NOT_SET:
      return;
  }
}

// A limit on all dependencies limits each kind of them.
bool LeafConstrains(const v1::Predicate& leaf, const std::string& field) {
  if (leaf.op() == "stated") return false;
  if (leaf.field() == field) return true;
  return leaf.field() == "deps.all" && field.starts_with("deps.") &&
         (leaf.op() == "only_in" || leaf.op() == "none_in");
}

// Whether the condition can only hold where `field` was tested: under `all` one operand suffices,
// under `any` each must test it; `not` swaps the two.
bool Constrains(const v1::RuleCondition& condition, const std::string& field, bool positive) {
  const auto constrains = [&](const v1::RuleCondition& child) {
    return Constrains(child, field, positive);
  };
  const auto over = [&](const v1::RuleConditionList& list, bool one_suffices) {
    const auto& children = list.conditions();
    return one_suffices ? std::any_of(children.begin(), children.end(), constrains)
                        : std::all_of(children.begin(), children.end(), constrains);
  };
  switch (condition.node_case()) {
    case v1::RuleCondition::kAll:
      return over(condition.all(), positive);
    case v1::RuleCondition::kAny:
      return over(condition.any(), !positive);
    case v1::RuleCondition::kNegated:
      return Constrains(condition.negated(), field, !positive);
    case v1::RuleCondition::kLeaf:
      return LeafConstrains(condition.leaf(), field);
    case v1::RuleCondition::NODE_NOT_SET:
      break;
  }
  return false;
}

void CheckStated(const v1::Rule& rule, const v1::Predicate& leaf, bool positive,
                 const YamlNode& when, FileReader& file) {
  if (leaf.op() != "stated" || leaf.args_size() != 1 || rule.has_flag()) return;
  // True where more knowledge makes the leaf's contribution true.
  const bool grows_with_knowledge = (leaf.args(0) == "true") == positive;
  if (grows_with_knowledge == rule.has_auto_approve()) return;
  file.Error(
      when, "R015",
      fmt::format("`{}: {{stated: {}}}` here would let a missing fact lower the verdict. Write "
                  "`stated: {}`, or `not`.",
                  leaf.field(), leaf.args(0), leaf.args(0) == "true" ? "false" : "true"));
}

void CheckGuards(const v1::Rule& rule, const YamlNode& when, FileReader& file) {
  for (const std::string& guard : MandatoryGuards()) {
    const auto& waived = rule.waives().fields();
    if (std::find(waived.begin(), waived.end(), guard) != waived.end()) continue;
    if (Constrains(rule.when(), guard, true)) continue;
    std::string message = fmt::format(
        "`{}` approves without looking at `{}`. Test it, or name it in `waives` "
        "with a reason.",
        rule.id(), guard);
    if (rule.state() == v1::Rule::STATE_ENFORCE) {
      file.Error(when, "R017", std::move(message));
    } else {
      file.Warn(when, "R017", std::move(message));
    }
  }
}

}  // namespace

const std::vector<std::string>& MandatoryGuards() {
  static const auto* const kGuards = new std::vector<std::string>{
      "deps.storage",  "deps.compute",     "deps.other",        "data.classification",
      "data.personal", "cost.monthly_usd", "change.reversible", "detect.coverage"};
  return *kGuards;
}

void CheckRule(const v1::Rule& rule, const YamlNode& when, FileReader& file) {
  VisitLeaves(rule.when(), true, [&](const v1::Predicate& leaf, bool positive) {
    CheckStated(rule, leaf, positive, when, file);
    if (leaf.field() == "spec.title" && !rule.has_flag()) {
      file.Error(when, "R002", "`spec.title` may be read in a `flag` only.");
    }
    const bool bare =
        leaf.op() == "only_in" && leaf.field().starts_with("deps.") && !leaf.has_or_none();
    if (bare && rule.has_auto_approve()) {
      file.Error(when, "R016",
                 fmt::format("`{}: {{only_in: …}}` must say `or_none: true` or `false`: is a spec "
                             "without any approved?",
                             leaf.field()));
    }
  });
  if (rule.has_auto_approve()) CheckGuards(rule, when, file);
}

}  // namespace gavel::rules
