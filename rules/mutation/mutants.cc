#include "rules/mutation/mutants.h"

#include <fmt/format.h>

#include <limits>
#include <set>
#include <span>

#include "rules/condition/field.h"
#include "rules/condition/program.h"
#include "rules/mutation/predicates.h"

namespace gavel::rules {
namespace {

constexpr int kUnderNot = -1;  // A step from `not` to its operand; others are list indexes.

// Where a test stands in its condition.
struct Position {
  std::vector<int> steps;
  std::string path;  // `all[0].any[1]`; empty for a condition that is one test.
  const v1::Predicate* leaf = nullptr;
};

std::string Joined(const std::string& path, std::string_view part) {
  return path.empty() ? std::string(part) : fmt::format("{}.{}", path, part);
}

void FindLeaves(const v1::RuleCondition& node, const Position& here,
                std::vector<Position>& leaves) {
  const auto visit_list = [&](const v1::RuleConditionList& list, std::string_view word) {
    for (int i = 0; i < list.conditions_size(); ++i) {
      Position child{here.steps, Joined(here.path, fmt::format("{}[{}]", word, i)), nullptr};
      child.steps.push_back(i);
      FindLeaves(list.conditions(i), child, leaves);
    }
  };
  if (node.has_all()) return visit_list(node.all(), "all");
  if (node.has_any()) return visit_list(node.any(), "any");
  if (node.has_negated()) {
    Position child{here.steps, Joined(here.path, "not"), nullptr};
    child.steps.push_back(kUnderNot);
    return FindLeaves(node.negated(), child, leaves);
  }
  leaves.push_back({here.steps, here.path, &node.leaf()});
}

v1::RuleConditionList* ListOf(v1::RuleCondition& node) {
  if (node.has_all()) return node.mutable_all();
  return node.has_any() ? node.mutable_any() : nullptr;
}

// The node that `steps` lead to from `root`.
v1::RuleCondition& NodeAt(v1::RuleCondition& root, std::span<const int> steps) {
  v1::RuleCondition* node = &root;
  for (const int step : steps) {
    node = step == kUnderNot ? node->mutable_negated() : ListOf(*node)->mutable_conditions(step);
  }
  return *node;
}

int DepthOf(const v1::RuleCondition& node) {
  int deepest = 0;
  for (const auto& child : node.all().conditions()) deepest = std::max(deepest, DepthOf(child));
  for (const auto& child : node.any().conditions()) deepest = std::max(deepest, DepthOf(child));
  if (node.has_negated()) deepest = DepthOf(node.negated());
  return deepest + 1;
}

class Mutator {
 public:
  Mutator(const v1::Rule& rule, const v1::Catalog& catalog) : rule_(rule), catalog_(catalog) {
    seen_.insert(rule.when().SerializeAsString());
  }

  std::vector<Mutant> Mutate() {
    std::vector<Position> leaves;
    FindLeaves(rule_.when(), {}, leaves);
    for (const Position& at : leaves) {
      Drop(at);
      Negate(at);
      for (const PredicateChange& change : ChangesOf(*at.leaf, catalog_)) Replace(at, change);
    }
    return std::move(mutants_);
  }

 private:
  void Drop(const Position& at) {
    v1::RuleCondition when = rule_.when();
    std::span<const int> steps = at.steps;
    while (!steps.empty() && steps.back() == kUnderNot) steps = steps.first(steps.size() - 1);
    if (steps.empty()) return;  // Nothing would be left.
    v1::RuleConditionList& list = *ListOf(NodeAt(when, steps.first(steps.size() - 1)));
    if (list.conditions_size() < 2) return;
    list.mutable_conditions()->DeleteSubrange(steps.back(), 1);
    Add("drop", at, PredicateText(*at.leaf), std::move(when));
  }

  void Negate(const Position& at) {
    // Under another polarity a missing fact could lower the verdict (R015).
    if (at.leaf->op() == "stated" && !rule_.has_flag()) return;
    v1::RuleCondition when = rule_.when();
    std::span<const int> steps = at.steps;
    const bool negated = !steps.empty() && steps.back() == kUnderNot;
    v1::RuleCondition leaf;
    *leaf.mutable_leaf() = *at.leaf;
    if (negated) {
      NodeAt(when, steps.first(steps.size() - 1)) = leaf;
    } else {
      v1::RuleCondition& node = NodeAt(when, steps);
      node.Clear();
      *node.mutable_negated() = leaf;
    }
    Add("negate", at, PredicateText(*at.leaf), std::move(when));
  }

  void Replace(const Position& at, const PredicateChange& change) {
    v1::RuleCondition when = rule_.when();
    *NodeAt(when, at.steps).mutable_leaf() = change.predicate;
    Add("change", at, fmt::format("{} to {}", PredicateText(*at.leaf), change.shown),
        std::move(when), change.by_cent);
  }

  void Add(std::string_view verb, const Position& at, const std::string& what,
           v1::RuleCondition when, bool by_cent = false) {
    if (DepthOf(when) > kMaxDepth || !seen_.insert(when.SerializeAsString()).second) return;
    const std::string place = at.path.empty() ? "" : at.path + " ";
    mutants_.push_back({fmt::format("{} {}{}", verb, place, what), std::move(when), by_cent});
  }

  const v1::Rule& rule_;
  const v1::Catalog& catalog_;
  std::set<std::string> seen_;  // Conditions, serialised; the rule's own first.
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> MutantsOf(const v1::Rule& rule, const v1::Catalog& catalog) {
  return Mutator(rule, catalog).Mutate();
}

}  // namespace gavel::rules
