#include "rules/analysis/auto_region.h"

#include <fmt/format.h>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "rules/analysis/analysis.h"
#include "rules/analysis/cover.h"
#include "rules/date.h"

namespace gavel::rules {
namespace {

// The category that Evaluate's built-in `changes-rules-or-catalog` names.
constexpr std::string_view kPolicyCategory = "policy";

}  // namespace

bool ApprovesOn(const v1::Rule& rule, const v1::Date& as_of) {
  return rule.has_auto_approve() && rule.state() == v1::Rule::STATE_ENFORCE &&
         CompareDates(as_of, rule.review_by()) <= 0;
}

bool Objects(const v1::Rule& rule) {
  return rule.state() == v1::Rule::STATE_ENFORCE && (rule.has_require() || rule.has_needs_author());
}

absl::Status TooComplexError(const std::string& message) {
  return MakeInvalid("POLICY_INVALID", message, {{"rules.yaml", message, "GV509"}});
}

std::string TooComplexText(const v1::Rule& rule) {
  return fmt::format(
      "`{}` is too complex to be analysed exactly: its condition takes more than {} boxes. Split "
      "it.",
      rule.id(), kMaxBoxesPerRule);
}

std::string SearchTooLongText() {
  return fmt::format(
      "The rules together are too complex to be analysed exactly: more than {} steps. Split or "
      "drop some.",
      Budget::kSteps);
}

const std::vector<Box>& RuleBoxes::Of(size_t rule, Wanted wanted) {
  static const auto* const kNone = new std::vector<Box>();
  const std::vector<Box>* const boxes = Make(rule, wanted);
  return boxes != nullptr ? *boxes : *kNone;
}

bool RuleBoxes::IsTooComplex(size_t rule, Wanted wanted) { return Make(rule, wanted) == nullptr; }

const std::vector<Box>* RuleBoxes::Make(size_t rule, Wanted wanted) {
  auto found = made_.find({rule, wanted});
  if (found == made_.end()) {
    const Program& program = view().policy->rules()[rule].program;
    found = made_.emplace(std::pair(rule, wanted), ConditionBoxes(program, wanted, view_, algebra_))
                .first;
  }
  return found->second ? &*found->second : nullptr;
}

std::vector<Box> RuleBoxes::WithoutBuiltins() {
  const std::vector<Cell>& categories = algebra_.space().Cells(kCategoryAxis);
  Mask allowed(categories.size());
  for (size_t i = 0; i < categories.size(); ++i) {
    if (!categories[i].known || categories[i].name != kPolicyCategory) allowed.Add(i);
  }
  std::optional<Box> box = algebra_.FromCells(kCategoryAxis, std::move(allowed));
  for (const SetAxis axis : {kDependenciesAxis, kUndeclaredAxis}) {
    MemberLimit none{.kinds = algebra_.space().Set(axis).Refused(view_), .high = 0};
    const std::optional<Box> clear = algebra_.FromSet({axis, true, true, {std::move(none)}});
    box = box && clear ? algebra_.Intersect(*box, *clear) : std::nullopt;
  }
  return box ? std::vector<Box>{*std::move(box)} : std::vector<Box>();
}

std::vector<Box> RuleBoxes::Approving(size_t rule) {
  std::vector<Box> approving;
  for (const Box& clear : WithoutBuiltins()) {
    for (const Box& box : Of(rule, Wanted::kTrue)) {
      if (std::optional<Box> both = algebra_.Intersect(box, clear))
        approving.push_back(*std::move(both));
    }
  }
  return approving;
}

std::vector<std::pair<size_t, const Box*>> RuleBoxes::Objections() {
  std::vector<std::pair<size_t, const Box*>> objections;
  const auto& rules = view().policy->rules();
  for (size_t rule = 0; rule < rules.size(); ++rule) {
    if (!Objects(rules[rule].rule)) continue;
    for (const Box& box : Of(rule, Wanted::kNotFalse)) objections.emplace_back(rule, &box);
  }
  return objections;
}

absl::Status RuleBoxes::Check() {
  const auto& rules = view().policy->rules();
  for (size_t rule = 0; rule < rules.size(); ++rule) {
    const bool approves = ApprovesOn(rules[rule].rule, view().as_of);
    if (!approves && !Objects(rules[rule].rule)) continue;
    const Wanted wanted = approves ? Wanted::kTrue : Wanted::kNotFalse;
    if (IsTooComplex(rule, wanted)) return TooComplexError(TooComplexText(rules[rule].rule));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Box>> AutoRegion(RuleBoxes& rules) {
  GAVEL_RETURN_IF_ERROR(rules.Check());
  std::vector<const Box*> objections;
  for (const auto& [rule, box] : rules.Objections()) objections.push_back(box);
  std::vector<Box> region;
  const auto& all = rules.view().policy->rules();
  for (size_t rule = 0; rule < all.size(); ++rule) {
    if (!ApprovesOn(all[rule].rule, rules.view().as_of)) continue;
    for (const Box& box : rules.Approving(rule)) {
      VisitUncovered(box, objections, rules.algebra(), [&](Box piece) {
        region.push_back(std::move(piece));
        return false;
      });
    }
  }
  if (rules.algebra().budget().IsSpent()) return TooComplexError(SearchTooLongText());
  return region;
}

}  // namespace gavel::rules
