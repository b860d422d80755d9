#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/status_macros.h"
#include "rules/analysis/analysis.h"
#include "rules/analysis/auto_region.h"
#include "rules/analysis/changed_rules.h"
#include "rules/analysis/cover.h"
#include "rules/analysis/example.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr size_t kBase = 0, kCandidate = 1;

using Spelling = std::map<std::string, std::string>;  // Product id to the alias authors write.

// The lowest cost of a box, whether it is declared or added up by the catalog.
uint64_t LowestCost(const Box& box, size_t view, const Space& space) {
  uint64_t lowest = 0;
  const size_t prices = space.Set(kDependenciesAxis).PricesOf(view);
  if (const CellLimit* const limit = box.FindCells(kCostAxis))
    lowest = static_cast<uint64_t>(space.Cells(kCostAxis)[*limit->allowed.First()].low);
  const SetLimit* const set = box.FindSet(kDependenciesAxis);
  for (size_t i = 0; set != nullptr && i < set->members.size(); ++i) {
    if (set->members[i].price == static_cast<int>(prices))
      lowest = std::max(lowest, set->members[i].low);
  }
  return lowest;
}

Box WithoutCost(Box box) {
  std::erase_if(box.cells, [](const CellLimit& limit) { return limit.axis == kCostAxis; });
  for (SetLimit& set : box.sets) {
    std::erase_if(set.members,
                  [](const MemberLimit& limit) { return limit.price != MemberLimit::kEach; });
  }
  return box;
}

// What is approved by one policy and not by the other.
class Difference {
 public:
  Difference(const std::vector<PolicyView>& views, v1::PolicyDiff& diff)
      : space_(views), algebra_(space_, budget_), diff_(diff) {}

  absl::Status Find();

 private:
  // Boxes of `region` outside `other`, one of each kind.
  std::vector<Box> KindsOutside(const std::vector<Box>& region, const std::vector<Box>& other,
                                size_t view);
  bool IsSameKind(const Box& a, const Box& b, size_t view) const;
  std::vector<Box> OnlyRespelled(std::vector<Box> boxes);

  const Space space_;
  Budget budget_;
  BoxAlgebra algebra_;
  v1::PolicyDiff& diff_;
};

// A cost may be reached by declaring it or by the catalog's prices: for people that is one kind.
bool Difference::IsSameKind(const Box& a, const Box& b, size_t view) const {
  if (LowestCost(a, view, space_) != LowestCost(b, view, space_)) return false;
  const Box one = WithoutCost(a), other = WithoutCost(b);
  return CellsWithin(one, other) && SetsWithin(one, other) && CellsWithin(other, one) &&
         SetsWithin(other, one);
}

std::vector<Box> Difference::KindsOutside(const std::vector<Box>& region,
                                          const std::vector<Box>& other, size_t view) {
  std::vector<const Box*> covers;
  for (const Box& box : other) covers.push_back(&box);
  std::vector<Box> kinds;
  for (const Box& box : region) {
    VisitUncovered(box, covers, algebra_, [&](Box piece) {
      const bool known = std::any_of(kinds.begin(), kinds.end(), [&](const Box& kind) {
        return IsSameKind(kind, piece, view);
      });
      if (!known) kinds.push_back(std::move(piece));
      return false;
    });
    covers.push_back(&box);  // What two rules approve is one kind, not two.
  }
  return kinds;
}

// Where names are respelled, only specs that use such a name say something new.
std::vector<Box> Difference::OnlyRespelled(std::vector<Box> region) {
  if (space_.views().front().written.empty()) return region;
  MemberLimit one{.kinds = space_.Set(kDependenciesAxis).Respelled(), .low = 1};
  const auto respelled = algebra_.FromSet({kDependenciesAxis, false, true, {std::move(one)}});
  std::vector<Box> boxes;
  for (const Box& box : region) {
    auto both = respelled ? algebra_.Intersect(box, *respelled) : std::nullopt;
    if (both) boxes.push_back(*std::move(both));
  }
  return boxes;
}

absl::Status Difference::Find() {
  RuleBoxes base(kBase, algebra_), candidate(kCandidate, algebra_);
  GAVEL_ASSIGN_OR_RETURN(std::vector<Box> before, AutoRegion(base));
  GAVEL_ASSIGN_OR_RETURN(std::vector<Box> after, AutoRegion(candidate));
  before = OnlyRespelled(std::move(before));
  after = OnlyRespelled(std::move(after));
  const std::vector<Box> added = KindsOutside(after, before, kCandidate);
  const std::vector<Box> lost = KindsOutside(before, after, kBase);
  if (budget_.IsSpent()) return TooComplexError(SearchTooLongText());
  for (const Box& box : added) *diff_.add_newly_auto() = ExampleOf(box, kCandidate, algebra_);
  for (const Box& box : lost) *diff_.add_no_longer_auto() = ExampleOf(box, kBase, algebra_);
  return absl::OkStatus();
}

std::string ProductOf(const Policy& policy, const std::string& name) {
  const v1::Product* const product = policy.catalog_index().FindProduct(name);
  return product != nullptr ? product->id() : std::string();
}

bool IsProductId(const Policy& policy, const std::string& name) {
  return ProductOf(policy, name) == AsciiLower(name);
}

// Ids first; then, for each alias that the policies read differently, its product by that name.
std::vector<Spelling> Spellings(const Policy& base, const Policy& candidate) {
  std::set<std::string> aliases;
  for (const Policy* const policy : {&base, &candidate}) {
    for (const v1::Product& product : policy->catalog().products())
      aliases.insert(product.aliases().begin(), product.aliases().end());
  }
  std::vector<Spelling> spellings = {{}};
  std::map<std::string, size_t> used;  // How many spellings each product has so far.
  for (const std::string& alias : aliases) {
    const std::string before = ProductOf(base, alias), after = ProductOf(candidate, alias);
    if (before == after || IsProductId(base, alias) || IsProductId(candidate, alias)) continue;
    const std::string& product = after.empty() ? before : after;
    const size_t at = ++used[product];
    if (spellings.size() <= at) spellings.resize(at + 1);
    spellings[at][product] = alias;
  }
  return spellings;
}

std::string KindsText(int count) {
  return fmt::format("{} {} of specs", count, count == 1 ? "kind" : "kinds");
}

std::string SummaryOf(const v1::PolicyDiff& diff) {
  const int added = diff.newly_auto_size(), lost = diff.no_longer_auto_size();
  if (added == 0 && lost == 0) return "The same specs are approved without a person as before.";
  if (lost == 0) return KindsText(added) + " would newly be approved without a person.";
  if (added == 0) return KindsText(lost) + " would no longer be approved without a person.";
  return fmt::format("{} would newly be approved without a person, {} no longer.", KindsText(added),
                     lost);
}

}  // namespace

absl::StatusOr<v1::PolicyDiff> DiffPolicies(const Policy& base, const Policy& candidate,
                                            const v1::Date& as_of) {
  v1::PolicyDiff diff;
  for (const std::string& pin : {base.rule_set_pin(), base.catalog_pin()}) diff.add_base_pins(pin);
  for (const std::string& pin : {candidate.rule_set_pin(), candidate.catalog_pin()})
    diff.add_candidate_pins(pin);
  for (const Spelling& spelling : Spellings(base, candidate)) {
    std::vector<PolicyView> views = {ViewOf(base, as_of), ViewOf(candidate, as_of)};
    for (PolicyView& view : views) view.written = spelling;
    GAVEL_RETURN_IF_ERROR(Difference(views, diff).Find());
  }
  for (std::string& id : ChangedAutoRules(base, candidate, as_of))
    diff.add_changed_auto_rules(std::move(id));
  diff.set_summary(SummaryOf(diff));
  return diff;
}

}  // namespace gavel::rules
