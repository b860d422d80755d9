#include "rules/analysis/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "rules/condition/field.h"

namespace gavel::rules {
namespace {

using Cells = std::vector<Cell>;

template <typename Visit>
void ForEachLeaf(const std::vector<PolicyView>& views, Field field, Visit visit) {
  for (const PolicyView& view : views) {
    for (const Program* const program : view.programs) {
      for (const Leaf& leaf : program->leaves) {
        if (leaf.field == field) visit(leaf);
      }
    }
  }
}

FieldValue Known() {
  FieldValue value;
  value.knowledge = Knowledge::kKnown;
  return value;
}

class CellMaker {
 public:
  explicit CellMaker(const std::vector<PolicyView>& views) : views_(views) {}

  CellTable Make();

 private:
  Cells Titles() const;
  Cells Categories() const;
  Cells Flags(bool plain_first) const;
  Cells Ranks(Field field, bool highest_first) const;
  Cells Classifications() const;
  Cells Amounts(Field field) const;
  std::vector<v1::StringFact> Systems() const;

  Cell Same(std::string name, const FieldValue& value) const {
    Cell cell;
    cell.name = std::move(name);
    cell.values.assign(views_.size(), value);
    return cell;
  }
  Cell Unknown() const {
    Cell cell = Same("unknown", FieldValue());
    cell.known = false;
    return cell;
  }

  const std::vector<PolicyView>& views_;
};

// Titles that rules name, and one that stands for all others. It may match any pattern.
Cells CellMaker::Titles() const {
  std::set<std::string> names;
  ForEachLeaf(views_, Field::kSpecTitle, [&](const Leaf& leaf) {
    if (leaf.op != Op::kMatches && leaf.op != Op::kStated)
      names.insert(leaf.names.begin(), leaf.names.end());
  });
  std::string other = "Another title";
  while (names.count(other) > 0) other += ", another";
  Cells cells;
  FieldValue value = Known();
  value.names = {other};
  cells.push_back(Same(other, value));
  for (const std::string& name : names) {
    value.names = {name};
    cells.push_back(Same(name, value));
  }
  return cells;
}

Cells CellMaker::Categories() const {
  std::vector<std::string> names;
  for (const PolicyView& view : views_) {
    for (const std::string& name : view.policy->org().categories()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  Cells cells;
  for (const std::string& name : names) {
    FieldValue value = Known();
    value.names = {name};
    cells.push_back(Same(name, value));
  }
  cells.push_back(Unknown());
  return cells;
}

Cells CellMaker::Flags(bool plain_first) const {
  Cells cells;
  for (const bool flag : {plain_first, !plain_first}) {
    FieldValue value = Known();
    value.flag = flag;
    cells.push_back(Same(flag ? "true" : "false", value));
  }
  cells.push_back(Unknown());
  return cells;
}

Cells CellMaker::Ranks(Field field, bool highest_first) const {
  const auto names = InfoOf(field).values;
  Cells cells;
  for (size_t rank = 0; rank < names.size(); ++rank) {
    FieldValue value = Known();
    value.low = value.high = static_cast<int64_t>(rank);
    value.names = {std::string(names[rank])};
    cells.push_back(Same(value.names.front(), value));
  }
  if (highest_first) std::reverse(cells.begin(), cells.end());
  cells.push_back(Unknown());
  return cells;
}

// Systems that may matter to the data class: listed ones, one that is not, and none stated.
std::vector<v1::StringFact> CellMaker::Systems() const {
  std::set<std::string> names;
  for (const PolicyView& view : views_) {
    for (const v1::System& system : view.policy->org().systems()) names.insert(system.id());
  }
  std::string unlisted = "unlisted";
  while (names.count(unlisted) > 0) unlisted += "-system";
  std::vector<v1::StringFact> systems;
  for (const std::string& name : names) {
    systems.emplace_back().set_status(v1::FACT_STATUS_KNOWN);
    systems.back().set_value(name);
  }
  systems.emplace_back().set_status(v1::FACT_STATUS_KNOWN);
  systems.back().set_value(unlisted);
  systems.emplace_back().set_status(v1::FACT_STATUS_STATED_UNKNOWN);
  return systems;
}

// Each declared class with each system that makes another value of it, as FactTable merges them.
// Of the classes that make one value the highest is kept: what it says is then what counts.
Cells CellMaker::Classifications() const {
  const bool floors = std::any_of(views_.begin(), views_.end(), [](const PolicyView& view) {
    const auto& systems = view.policy->org().systems();
    return std::any_of(systems.begin(), systems.end(),
                       [](const v1::System& one) { return !one.classification().empty(); });
  });
  if (!floors) return Ranks(Field::kDataClassification, false);
  const auto classes = InfoOf(Field::kDataClassification).values;
  Cells cells;
  std::set<std::vector<int64_t>> seen;
  for (const v1::StringFact& system : Systems()) {
    const auto before = static_cast<std::ptrdiff_t>(cells.size());
    for (size_t rank = classes.size(); rank-- > 0;) {
      const std::string declared(classes[rank]);
      v1::Facts facts;
      facts.mutable_classification()->set_status(v1::FACT_STATUS_KNOWN);
      facts.mutable_classification()->set_value(declared);
      *facts.mutable_system() = system;
      Cell cell;
      cell.name = declared;
      cell.system = system;
      std::vector<int64_t> merged;
      for (const PolicyView& view : views_) {
        const FactTable table(facts, *view.policy, false);
        cell.values.push_back(table[Field::kDataClassification]);
        merged.insert(merged.end(), {cell.values.back().low, cell.values.back().high});
      }
      if (seen.insert(merged).second) cells.push_back(std::move(cell));
    }
    std::reverse(cells.begin() + before, cells.end());
  }
  cells.push_back(Unknown());
  return cells;
}

// The smallest amounts that a test of `leaf` treats unlike the amount one cent below.
std::vector<int64_t> CutsOf(const Leaf& leaf) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  const auto above = [](int64_t amount) { return amount == kMost ? amount : amount + 1; };
  switch (leaf.op) {
    case Op::kLt:
    case Op::kGte:
      return {leaf.numbers[0]};
    case Op::kLte:
    case Op::kGt:
      return {above(leaf.numbers[0])};
    case Op::kBetween:
      return {leaf.numbers[0], above(leaf.numbers[1])};
    default:
      return {};
  }
}

Cells CellMaker::Amounts(Field field) const {
  std::set<int64_t> starts = {0};
  ForEachLeaf(views_, field, [&](const Leaf& leaf) {
    for (const int64_t cut : CutsOf(leaf)) starts.insert(cut);
  });
  Cells cells;
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    FieldValue value = Known();
    value.low = value.high = *start;
    Cell cell = Same("", value);
    cell.low = *start;
    cell.high = next == starts.end() ? std::numeric_limits<int64_t>::max() : *next - 1;
    cells.push_back(std::move(cell));
  }
  cells.push_back(Unknown());
  return cells;
}

CellTable CellMaker::Make() {
  CellTable table;
  table.axes.resize(kFirstPatternAxis);
  table.axes[kTitleAxis] = Titles();
  table.axes[kCategoryAxis] = Categories();
  table.axes[kClassificationAxis] = Classifications();
  table.axes[kPersonalAxis] = Flags(false);
  table.axes[kReversibleAxis] = Flags(true);
  table.axes[kBlastRadiusAxis] = Ranks(Field::kChangeBlastRadius, false);
  table.axes[kCoverageAxis] = Ranks(Field::kDetectCoverage, true);
  table.axes[kCostAxis] = Amounts(Field::kCostMonthlyUsd);
  table.axes[kSystemCostAxis] = Amounts(Field::kHistorySystemCost90dUsd);
  ForEachLeaf(views_, Field::kSpecTitle, [&](const Leaf& leaf) {
    if (leaf.op != Op::kMatches) return;
    if (table.patterns.emplace(leaf.names.front(), table.axes.size()).second)
      table.axes.push_back(Flags(false));
  });
  return table;
}

}  // namespace

CellTable MakeCells(const std::vector<PolicyView>& views) { return CellMaker(views).Make(); }

}  // namespace gavel::rules
