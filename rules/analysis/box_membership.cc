#include "rules/analysis/box_membership.h"

#include <algorithm>

#include "rules/evaluate/fact_table.h"

namespace gavel::rules {
namespace {

bool IsKnown(v1::FactStatus status) { return status == v1::FACT_STATUS_KNOWN; }

size_t CellNamed(const std::vector<Cell>& cells, bool known, const std::string& name) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.known == known && (!known || cell.name == name);
  });
  return static_cast<size_t>(found - cells.begin());
}

size_t CellWith(const std::vector<Cell>& cells, const v1::CostFact& fact) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    if (!IsKnown(fact.status()) || !cell.known) return IsKnown(fact.status()) == cell.known;
    return cell.low <= fact.high_cents() && fact.high_cents() <= cell.high;
  });
  return static_cast<size_t>(found - cells.begin());
}

// By what the evaluator makes of class and system.
size_t ClassificationCell(const std::vector<Cell>& cells, const v1::Facts& facts,
                          const Policy& policy) {
  const FactTable table(facts, policy, false);
  const FieldValue& value = table[Field::kDataClassification];
  const bool known = value.knowledge == Knowledge::kKnown;
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    if (!known || !cell.known) return known == cell.known;
    return cell.values.front().low == value.low && cell.values.front().high == value.high;
  });
  return static_cast<size_t>(found - cells.begin());
}

size_t CellOf(size_t axis, const v1::Facts& facts, const Space& space) {
  const std::vector<Cell>& cells = space.Cells(axis);
  const auto named = [&](const v1::StringFact& fact) {
    return CellNamed(cells, IsKnown(fact.status()), fact.value());
  };
  const auto flag = [&](const v1::BoolFact& fact) {
    return CellNamed(cells, IsKnown(fact.status()), fact.value() ? "true" : "false");
  };
  switch (axis) {
    case kCategoryAxis:
      return named(facts.category());
    case kClassificationAxis:
      return ClassificationCell(cells, facts, *space.views().front().policy);
    case kPersonalAxis:
      return flag(facts.personal());
    case kReversibleAxis:
      return flag(facts.reversible());
    case kBlastRadiusAxis:
      return named(facts.blast_radius());
    case kCoverageAxis:
      return named(facts.coverage());
    case kCostAxis:
      return CellWith(cells, facts.monthly_cost());
    default:
      break;
  }
  v1::CostFact cost = facts.system_cost_90d();
  // Where no server was asked, the history counts as clear.
  if (cost.status() == v1::FACT_STATUS_UNSPECIFIED) cost.set_status(v1::FACT_STATUS_KNOWN);
  return CellWith(cells, cost);
}

struct Members {
  bool known = false;
  std::vector<std::string> names;
};

Members FromList(const v1::StringListFact& fact) {
  return {IsKnown(fact.status()), {fact.values().begin(), fact.values().end()}};
}

Members MembersOf(size_t axis, const v1::Facts& facts) {
  switch (axis) {
    case kUndeclaredAxis:
      return FromList(facts.undeclared());
    case kRegionsAxis:
      return FromList(facts.regions());
    case kSectionsAxis:
      return FromList(facts.sections());
    case kMentionsAxis:
      return FromList(facts.mentions_undeclared());
    default:
      break;
  }
  Members members{IsKnown(facts.dependencies().status()), {}};
  for (const v1::Dependency& one : facts.dependencies().dependencies())
    members.names.push_back(DependencyName(one));
  return members;
}

// Of a name that no catalog has: the kind of its product's other such names.
size_t KindOf(const std::vector<MemberKind>& kinds, const std::string& name) {
  const std::string product = name.substr(0, name.find('/'));
  for (const std::string& wanted :
       {name, product + "/unlisted", std::string("unlisted/unlisted")}) {
    for (size_t kind = 0; kind < kinds.size(); ++kind) {
      const auto& names = kinds[kind].names;
      if (std::find(names.begin(), names.end(), wanted) != names.end()) return kind;
    }
  }
  return kinds.size();
}

bool Meets(const MemberLimit& limit, const std::vector<MemberKind>& kinds,
           const std::vector<std::string>& names) {
  uint64_t sum = 0;
  for (const std::string& name : names) {
    const size_t kind = KindOf(kinds, name);
    if (limit.kinds.Has(kind)) sum += limit.WeightOf(kinds, kind);
  }
  return limit.low <= sum && sum <= limit.high;
}

}  // namespace

bool Contains(const Box& box, const v1::Facts& facts, const Space& space) {
  for (const CellLimit& limit : box.cells) {
    if (!limit.allowed.Has(CellOf(limit.axis, facts, space))) return false;
  }
  for (const SetLimit& limit : box.sets) {
    const Members members = MembersOf(limit.axis, facts);
    if (!(members.known ? limit.known : limit.unknown)) return false;
    if (!members.known) continue;
    for (const MemberLimit& one : limit.members) {
      if (!Meets(one, space.Kinds(limit.axis), members.names)) return false;
    }
  }
  return true;
}

}  // namespace gavel::rules
