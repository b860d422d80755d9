#include "engine/base/status_macros.h"
#include "rules/analysis/analysis.h"
#include "rules/analysis/auto_region.h"
#include "rules/analysis/cover.h"
#include "rules/analysis/example.h"

namespace gavel::rules {
namespace {

class Distinguisher {
 public:
  Distinguisher(const Policy& policy, size_t rule, const Program& mutant, const v1::Date& as_of)
      : rule_(policy.rules()[rule]),
        index_(rule),
        mutant_(mutant),
        space_({ViewWith(policy, mutant, as_of)}),
        algebra_(space_, budget_),
        boxes_(0, algebra_) {}

  absl::StatusOr<std::optional<v1::ExampleSpec>> Run();

 private:
  static PolicyView ViewWith(const Policy& policy, const Program& mutant, const v1::Date& as_of) {
    PolicyView view = ViewOf(policy, as_of);
    view.programs.push_back(&mutant);
    return view;
  }
  // Approving and marking want certainty; asking for people or the author does not.
  Wanted Firing() const {
    const bool certain = rule_.rule.has_auto_approve() || rule_.rule.has_flag();
    return certain ? Wanted::kTrue : Wanted::kNotFalse;
  }
  absl::StatusOr<std::vector<Box>> ObservableBoxes();
  std::optional<Box> FindIn(const std::vector<Box>& observable, const std::vector<Box>& fires,
                            const std::vector<Box>& silent);

  const CompiledRule& rule_;
  const size_t index_;
  const Program& mutant_;
  const Space space_;
  Budget budget_;
  BoxAlgebra algebra_;
  RuleBoxes boxes_;
};

// Where it shows that the rule fires: everywhere, but for an approval, which must meet no
// objection.
absl::StatusOr<std::vector<Box>> Distinguisher::ObservableBoxes() {
  if (!ApprovesOn(rule_.rule, boxes_.view().as_of)) return std::vector<Box>{Box()};
  GAVEL_RETURN_IF_ERROR(boxes_.Check());
  return boxes_.WithoutBuiltins();
}

// A spec that `fires` holds and `silent` does not, where that shows.
std::optional<Box> Distinguisher::FindIn(const std::vector<Box>& observable,
                                         const std::vector<Box>& fires,
                                         const std::vector<Box>& silent) {
  std::vector<const Box*> covers;
  for (const Box& box : silent) covers.push_back(&box);
  if (ApprovesOn(rule_.rule, boxes_.view().as_of)) {
    for (const auto& [rule, box] : boxes_.Objections()) covers.push_back(box);
  }
  for (const Box& where : observable) {
    for (const Box& box : fires) {
      const std::optional<Box> both = algebra_.Intersect(box, where);
      std::optional<Box> found = both ? FindUncovered(*both, covers, algebra_) : std::nullopt;
      if (found) return found;
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<v1::ExampleSpec>> Distinguisher::Run() {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<Box> observable, ObservableBoxes());
  const auto mutant = ConditionBoxes(mutant_, Firing(), 0, algebra_);
  if (!mutant || boxes_.IsTooComplex(index_, Firing()))
    return TooComplexError(TooComplexText(rule_.rule));
  const std::vector<Box>& original = boxes_.Of(index_, Firing());
  std::optional<Box> found = FindIn(observable, *mutant, original);
  if (!found) found = FindIn(observable, original, *mutant);
  if (budget_.IsSpent()) return TooComplexError(SearchTooLongText());
  if (!found) return std::optional<v1::ExampleSpec>();
  return std::optional<v1::ExampleSpec>(ExampleOf(*found, 0, algebra_));
}

}  // namespace

absl::StatusOr<std::optional<v1::ExampleSpec>> Distinguish(const Policy& policy, size_t rule,
                                                           const Program& mutant,
                                                           const v1::Date& as_of) {
  const v1::Rule::State state = policy.rules()[rule].rule.state();
  const bool evaluated = state == v1::Rule::STATE_ENFORCE || state == v1::Rule::STATE_SHADOW;
  if (!evaluated) return std::optional<v1::ExampleSpec>();
  return Distinguisher(policy, rule, mutant, as_of).Run();
}

}  // namespace gavel::rules
