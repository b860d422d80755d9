#include "rules/analysis/example.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <limits>

#include "rules/analysis/analysis.h"

namespace gavel::rules {
namespace {

constexpr int64_t kCentsPerUnit = 100;

// The amount that says most of a cell: the highest that still counts where there is one, else the
// lowest; in whole units where the cell has one.
int64_t AmountIn(const Cell& cell) {
  if (cell.high < std::numeric_limits<int64_t>::max()) {
    const int64_t whole = cell.high / kCentsPerUnit * kCentsPerUnit;
    return whole >= cell.low ? whole : cell.high;
  }
  const int64_t past = cell.low % kCentsPerUnit;
  const int64_t missing = past == 0 ? 0 : kCentsPerUnit - past;
  return cell.low <= cell.high - missing ? cell.low + missing : cell.low;
}

class ExampleMaker {
 public:
  ExampleMaker(const Box& box, size_t view, BoxAlgebra& algebra)
      : box_(box), view_(algebra.space().views()[view]), algebra_(algebra) {}

  v1::Facts Make() {
    SetString(kCategoryAxis, *facts_.mutable_category());
    SetString(kBlastRadiusAxis, *facts_.mutable_blast_radius());
    SetString(kCoverageAxis, *facts_.mutable_coverage());
    SetFlag(kPersonalAxis, *facts_.mutable_personal());
    SetFlag(kReversibleAxis, *facts_.mutable_reversible());
    SetAmount(kCostAxis, *facts_.mutable_monthly_cost());
    SetAmount(kSystemCostAxis, *facts_.mutable_system_cost_90d());
    SetClassification();
    SetDependencies();
    SetNames(kUndeclaredAxis, *facts_.mutable_undeclared());
    SetNames(kRegionsAxis, *facts_.mutable_regions());
    SetNames(kSectionsAxis, *facts_.mutable_sections());
    SetNames(kMentionsAxis, *facts_.mutable_mentions_undeclared());
    SetTitle();
    return std::move(facts_);
  }

 private:
  const Cell* CellAt(size_t axis) const {
    const CellLimit* const limit = box_.FindCells(axis);
    return limit != nullptr ? &algebra_.space().Cells(axis)[*limit->allowed.First()] : nullptr;
  }
  template <typename Fact>
  bool Start(const Cell* cell, Fact& fact) const;
  void SetString(size_t axis, v1::StringFact& fact) const;
  void SetFlag(size_t axis, v1::BoolFact& fact) const;
  void SetAmount(size_t axis, v1::CostFact& fact) const;
  void SetClassification();
  void SetTitle();
  bool TitleFits(const std::string& title) const;
  std::optional<std::vector<uint64_t>> CountsAt(const SetLimit& limit) const;
  std::optional<std::vector<std::string>> NamesAt(size_t axis) const;
  void SetNames(size_t axis, v1::StringListFact& fact) const;
  void SetDependencies();
  v1::Dependency DependencyOf(const std::string& name) const;

  const Box& box_;
  const PolicyView& view_;
  BoxAlgebra& algebra_;
  v1::Facts facts_;
};

// True where there is a value to set.
template <typename Fact>
bool ExampleMaker::Start(const Cell* cell, Fact& fact) const {
  if (cell == nullptr) return false;
  fact.set_status(cell->known ? v1::FACT_STATUS_KNOWN : v1::FACT_STATUS_STATED_UNKNOWN);
  return cell->known;
}

void ExampleMaker::SetString(size_t axis, v1::StringFact& fact) const {
  const Cell* const cell = CellAt(axis);
  if (Start(cell, fact)) fact.set_value(cell->name);
}

void ExampleMaker::SetFlag(size_t axis, v1::BoolFact& fact) const {
  const Cell* const cell = CellAt(axis);
  if (Start(cell, fact)) fact.set_value(cell->values.front().flag);
}

void ExampleMaker::SetAmount(size_t axis, v1::CostFact& fact) const {
  const Cell* const cell = CellAt(axis);
  if (!Start(cell, fact)) return;
  const int64_t amount = AmountIn(*cell);
  fact.set_low_cents(amount);
  fact.set_high_cents(amount);
}

void ExampleMaker::SetClassification() {
  SetString(kClassificationAxis, *facts_.mutable_classification());
  const Cell* const cell = CellAt(kClassificationAxis);
  if (cell != nullptr && cell->system) *facts_.mutable_system() = *cell->system;
}

// How many members of each kind. A spec runs in some region, so where one will do there is one.
std::optional<std::vector<uint64_t>> ExampleMaker::CountsAt(const SetLimit& limit) const {
  if (limit.axis == kRegionsAxis) {
    SetLimit some = limit;
    some.members.push_back(
        {.kinds = Mask::All(algebra_.space().Kinds(limit.axis).size()), .low = 1});
    if (auto counts = algebra_.Members(some)) return counts;
  }
  return algebra_.Members(limit);
}

// The names of a known set; nothing where the set is free or unknown.
std::optional<std::vector<std::string>> ExampleMaker::NamesAt(size_t axis) const {
  const SetLimit* const limit = box_.FindSet(axis);
  if (limit == nullptr) return std::nullopt;
  const auto counts = CountsAt(*limit);
  if (!counts) return std::nullopt;
  const std::vector<MemberKind>& kinds = algebra_.space().Kinds(axis);
  std::vector<std::string> names;
  for (size_t kind = 0; kind < kinds.size(); ++kind) {
    for (size_t i = 0; i < (*counts)[kind]; ++i) {
      const std::vector<std::string>& known = kinds[kind].names;
      names.push_back(i < known.size() ? known[i] : fmt::format("{}-{}", known.back(), i));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

void ExampleMaker::SetNames(size_t axis, v1::StringListFact& fact) const {
  if (box_.FindSet(axis) == nullptr) return;
  const auto names = NamesAt(axis);
  fact.set_status(names ? v1::FACT_STATUS_KNOWN : v1::FACT_STATUS_STATED_UNKNOWN);
  if (!names) return;
  for (const std::string& name : *names) fact.add_values(name);
}

v1::Dependency ExampleMaker::DependencyOf(const std::string& name) const {
  const size_t slash = name.find('/');
  v1::Dependency dependency;
  dependency.set_product(name.substr(0, slash));
  dependency.set_tier(name.substr(slash + 1));
  const auto written = view_.written.find(dependency.product());
  if (written != view_.written.end()) dependency.set_product(written->second);
  dependency.set_written(dependency.product() + "/" + dependency.tier());
  const v1::Product* const product =
      view_.policy->catalog_index().FindProduct(dependency.product());
  if (product != nullptr) dependency.set_product(product->id());
  return dependency;
}

void ExampleMaker::SetDependencies() {
  if (box_.FindSet(kDependenciesAxis) == nullptr) return;
  const auto names = NamesAt(kDependenciesAxis);
  v1::DependenciesFact& fact = *facts_.mutable_dependencies();
  fact.set_status(names ? v1::FACT_STATUS_KNOWN : v1::FACT_STATUS_STATED_UNKNOWN);
  if (!names) return;
  for (const std::string& name : *names) *fact.add_dependencies() = DependencyOf(name);
}

bool ExampleMaker::TitleFits(const std::string& title) const {
  const auto& patterns = algebra_.space().patterns();
  return std::all_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
    const CellLimit* const limit = box_.FindCells(pattern.second);
    if (limit == nullptr) return true;
    const bool matches = re2::RE2::FullMatch(title, re2::RE2(pattern.first, re2::RE2::Quiet));
    const std::vector<Cell>& cells = algebra_.space().Cells(pattern.second);
    for (size_t i = 0; i < cells.size(); ++i) {
      if (limit->allowed.Has(i) && cells[i].known && cells[i].values.front().flag == matches)
        return true;
    }
    return false;
  });
}

// Titles are tried, not derived: the ones that rules name, and the smallest and largest ones that
// each pattern may match.
void ExampleMaker::SetTitle() {
  const std::vector<Cell>& cells = algebra_.space().Cells(kTitleAxis);
  const CellLimit* const limit = box_.FindCells(kTitleAxis);
  std::vector<std::string> titles;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (limit == nullptr || limit->allowed.Has(i)) titles.push_back(cells[i].name);
  }
  for (const auto& [pattern, axis] : algebra_.space().patterns()) {
    std::string low, high;
    if (!re2::RE2(pattern, re2::RE2::Quiet).PossibleMatchRange(&low, &high, 80)) continue;
    titles.insert(titles.end(), {low, high});
  }
  const bool matters = limit != nullptr ||
                       std::any_of(box_.cells.begin(), box_.cells.end(),
                                   [](const auto& one) { return one.axis >= kFirstPatternAxis; });
  if (!matters) return;
  for (const std::string& title : titles) {
    if (TitleFits(title)) return facts_.set_title(title);
  }
}

}  // namespace

v1::ExampleSpec ExampleOf(const Box& box, size_t view, BoxAlgebra& algebra) {
  v1::ExampleSpec example;
  *example.mutable_facts() = ExampleMaker(box, view, algebra).Make();
  for (std::string& line : ExampleLines(example.facts(), *algebra.space().views()[view].policy)) {
    example.add_lines(std::move(line));
  }
  return example;
}

}  // namespace gavel::rules
