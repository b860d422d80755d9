#include "rules/analysis/leaf_boxes.h"

#include <algorithm>
#include <limits>

#include "rules/evaluate/leaf.h"

namespace gavel::rules {
namespace {

bool IsWanted(v1::Truth truth, Wanted wanted) {
  switch (wanted) {
    case Wanted::kTrue:
      return truth == v1::TRUTH_TRUE;
    case Wanted::kFalse:
      return truth == v1::TRUTH_FALSE;
    case Wanted::kNotFalse:
      return truth != v1::TRUTH_FALSE;
    case Wanted::kNotTrue:
      break;
  }
  return truth != v1::TRUTH_TRUE;
}

class LeafReader {
 public:
  LeafReader(const Leaf& leaf, Wanted wanted, size_t view, BoxAlgebra& algebra)
      : leaf_(leaf), wanted_(wanted), view_(view), algebra_(algebra) {}

  std::vector<Box> Read() {
    if (InfoOf(leaf_.field).type == FieldType::kSet) {
      ReadSet();
    } else if (leaf_.field == Field::kCostMonthlyUsd) {
      ReadCost();
    } else {
      ReadCells();
    }
    return std::move(boxes_);
  }

 private:
  const PolicyView& View() const { return algebra_.space().views()[view_]; }
  bool Wants(v1::Truth truth) const { return IsWanted(truth, wanted_); }
  bool Wants(bool truth) const { return Wants(truth ? v1::TRUTH_TRUE : v1::TRUTH_FALSE); }
  v1::Truth TruthOf(const FieldValue& value) const {
    return LeafTruth(leaf_, value, View().policy->catalog_index(), View().as_of);
  }

  void Add(std::optional<Box> box) {
    if (box) boxes_.push_back(*std::move(box));
  }
  void ReadCells();
  void ReadPattern(size_t axis);
  void ReadSet();
  std::vector<std::vector<MemberLimit>> KnownSets() const;
  std::vector<std::vector<MemberLimit>> SizeLimits(bool truth) const;
  void ReadCost();
  Mask CostUnderUnknownDependencies() const;
  void AddCost(Mask declared, const SetLimit& dependencies);

  const Leaf& leaf_;
  const Wanted wanted_;
  const size_t view_;
  BoxAlgebra& algebra_;
  std::vector<Box> boxes_;
};

void LeafReader::ReadCells() {
  const size_t axis = algebra_.space().CellAxisOf(leaf_);
  if (axis >= kFirstPatternAxis) return ReadPattern(axis);
  const std::vector<Cell>& cells = algebra_.space().Cells(axis);
  Mask mask(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    if (Wants(TruthOf(cells[i].values[view_]))) mask.Add(i);
  }
  Add(algebra_.FromCells(axis, mask));
}

void LeafReader::ReadPattern(size_t axis) {
  const std::vector<Cell>& cells = algebra_.space().Cells(axis);
  Mask mask(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    // A title is always known, so the cell for what is unknown takes no part.
    if (cells[i].known && Wants(cells[i].values[view_].flag)) mask.Add(i);
  }
  Add(algebra_.FromCells(axis, mask));
}

std::vector<std::vector<MemberLimit>> LeafReader::SizeLimits(bool truth) const {
  MemberLimit limit;
  limit.kinds = algebra_.space().Set(SetAxisOf(leaf_.field)).OfField(leaf_.field, view_);
  const auto number = static_cast<uint64_t>(leaf_.numbers[0]);
  const bool below = leaf_.op == Op::kSizeLt || leaf_.op == Op::kSizeLte;
  // The smallest size on the upper side of the test.
  const uint64_t cut = leaf_.op == Op::kSizeLt || leaf_.op == Op::kSizeGte ? number : number + 1;
  if (below == truth) {
    if (cut == 0) return {};
    limit.high = cut - 1;
  } else {
    limit.low = cut;
  }
  return {{limit}};
}

// The known sets on which the test is as wanted: alternatives of limits.
std::vector<std::vector<MemberLimit>> LeafReader::KnownSets() const {
  const bool if_true = Wants(true), if_false = Wants(false);
  if (if_true && if_false) return {{}};
  if (!if_true && !if_false) return {};
  const KindTable& table = algebra_.space().Set(SetAxisOf(leaf_.field));
  const Mask all = table.OfField(leaf_.field, view_);
  const Mask named = table.Named(leaf_, view_).And(all);
  const MemberLimit no_others{.kinds = all.Minus(named), .high = 0};
  const MemberLimit some_other{.kinds = all.Minus(named), .low = 1};
  const MemberLimit not_empty{.kinds = all, .low = 1};
  const MemberLimit empty{.kinds = all, .high = 0};
  switch (leaf_.op) {
    case Op::kOnlyIn:
      if (if_true && leaf_.or_none) return {{no_others}};
      if (if_true) return {{no_others, not_empty}};
      if (leaf_.or_none) return {{some_other}};
      return {{some_other}, {empty}};
    case Op::kAnyIn:
    case Op::kHas:
    case Op::kNoneIn:
    case Op::kLacks: {
      const bool wants_one = (leaf_.op == Op::kAnyIn || leaf_.op == Op::kHas) == if_true;
      if (wants_one) return {{{.kinds = named, .low = 1}}};
      return {{{.kinds = named, .high = 0}}};
    }
    default:
      return SizeLimits(if_true);
  }
}

void LeafReader::ReadSet() {
  const SetAxis axis = SetAxisOf(leaf_.field);
  const bool unknown = Wants(TruthOf(FieldValue()));
  if (leaf_.op == Op::kStated) {
    return Add(algebra_.FromSet({axis, unknown, Wants(leaf_.flag), {}}));
  }
  bool first = true;
  for (std::vector<MemberLimit>& members : KnownSets()) {
    Add(algebra_.FromSet({axis, unknown && first, true, std::move(members)}));
    first = false;
  }
  if (unknown && first) Add(algebra_.FromSet({axis, true, false, {}}));
}

// Where the dependencies are unknown, the cost is anything from the declared one to the sum of all
// prices, as FactTable has it.
Mask LeafReader::CostUnderUnknownDependencies() const {
  const std::vector<Cell>& cells = algebra_.space().Cells(kCostAxis);
  const int64_t most = View().policy->catalog_index().TotalPriceCents().value_or(
      std::numeric_limits<int64_t>::max());
  Mask mask(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    FieldValue value = cells[i].values[view_];
    value.high = std::max(value.high, most);
    if (Wants(TruthOf(value))) mask.Add(i);
  }
  return mask;
}

void LeafReader::AddCost(Mask declared, const SetLimit& dependencies) {
  const std::optional<Box> cells = algebra_.FromCells(kCostAxis, std::move(declared));
  const std::optional<Box> set = algebra_.FromSet(dependencies);
  if (cells && set) Add(algebra_.Intersect(*cells, *set));
}

// The cost is the larger of the declared one and the sum of the catalog's prices. So it is in the
// run of cells from `first` to `last` where the declared one is and the sum is not above the run,
// or where the sum is and the declared one is below it.
void LeafReader::ReadCost() {
  const std::vector<Cell>& cells = algebra_.space().Cells(kCostAxis);
  const size_t amounts = cells.size() - 1;  // The last cell is the unknown one.
  const KindTable& table = algebra_.space().Set(kDependenciesAxis);
  const Mask all_kinds = Mask::All(table.kinds().size());
  const auto prices = static_cast<int>(table.PricesOf(view_));
  const auto sum = [&](uint64_t low, uint64_t high) {
    return MemberLimit{all_kinds, prices, low, high};
  };
  Mask unknown_dependencies = CostUnderUnknownDependencies();
  for (size_t first = 0; first < amounts; ++first) {
    if (!Wants(TruthOf(cells[first].values[view_]))) continue;
    size_t last = first;
    while (last + 1 < amounts && Wants(TruthOf(cells[last + 1].values[view_]))) ++last;
    Mask run(cells.size()), below(cells.size());
    for (size_t i = 0; i < first; ++i) below.Add(i);
    for (size_t i = first; i <= last; ++i) run.Add(i);
    const auto low = static_cast<uint64_t>(cells[first].low);
    const auto high = static_cast<uint64_t>(cells[last].high);
    const bool whole = run.IsWithin(unknown_dependencies);
    if (whole) unknown_dependencies = unknown_dependencies.Minus(run);
    AddCost(run, {kDependenciesAxis, whole, true, {sum(0, high)}});
    AddCost(below, {kDependenciesAxis, false, true, {sum(low, high)}});
    first = last;
  }
  Mask unknown_cost(cells.size());
  unknown_cost.Add(amounts);
  if (unknown_dependencies.Has(amounts)) {
    unknown_dependencies = unknown_dependencies.Minus(unknown_cost);
    AddCost(unknown_cost, {.axis = kDependenciesAxis, .members = {}});
  }
  AddCost(unknown_dependencies, {kDependenciesAxis, true, false, {}});
  // A sum that cannot be added up makes the cost unknown.
  if (Wants(TruthOf(FieldValue()))) {
    AddCost(unknown_cost.Complement(),
            {kDependenciesAxis, false, true, {sum(kTooMuch, kUnlimited)}});
  }
}

}  // namespace

std::vector<Box> LeafBoxes(const Leaf& leaf, Wanted wanted, size_t view, BoxAlgebra& algebra) {
  return LeafReader(leaf, wanted, view, algebra).Read();
}

}  // namespace gavel::rules
