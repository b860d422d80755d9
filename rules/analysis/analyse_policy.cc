// R010 to R014: what the rules say of every spec. The other checks are in check_values.cc.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "rules/analysis/analysis.h"
#include "rules/analysis/auto_region.h"
#include "rules/analysis/cover.h"
#include "rules/analysis/example.h"
#include "rules/analysis/problems.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr auto kNote = v1::PolicyProblem::LEVEL_NOTE;
constexpr auto kWarning = v1::PolicyProblem::LEVEL_WARNING;
constexpr auto kError = v1::PolicyProblem::LEVEL_ERROR;

// Whether a rule that fires wherever another does adds nothing to what the other asks for.
bool AddsNothing(const v1::Rule& rule, const v1::Rule& other) {
  if (rule.effect_case() != other.effect_case()) return false;
  switch (rule.effect_case()) {
    case v1::Rule::kAutoApprove:
      return rule.auto_approve().audit_percent() <= other.auto_approve().audit_percent();
    case v1::Rule::kRequire: {
      const v1::Require& more = other.require();
      const auto asked = [&](const v1::RequiredReviewers& wanted) {
        return std::any_of(more.reviewers().begin(), more.reviewers().end(), [&](const auto& one) {
          return one.from() == wanted.from() && one.count() >= wanted.count();
        });
      };
      const v1::Require& require = rule.require();
      return require.mode() <= more.mode() &&
             (require.area().empty() || require.area() == more.area()) &&
             std::all_of(require.reviewers().begin(), require.reviewers().end(), asked);
    }
    case v1::Rule::kNeedsAuthor:
      return rule.needs_author().section() == other.needs_author().section() &&
             rule.needs_author().field() == other.needs_author().field();
    default:
      return rule.flag().label() == other.flag().label();
  }
}

class RuleChecks {
 public:
  RuleChecks(const Policy& policy, const v1::Date& as_of)
      : policy_(policy),
        as_of_(as_of),
        space_({ViewOf(policy, as_of)}),
        algebra_(space_, budget_),
        boxes_(0, algebra_) {}

  std::vector<v1::PolicyProblem> Run();

 private:
  const v1::Rule& Rule(size_t rule) const { return policy_.rules()[rule].rule; }
  bool IsExamined(size_t rule) const { return Rule(rule).state() != v1::Rule::STATE_RETIRED; }
  v1::PolicyProblem& Add(size_t rule, v1::PolicyProblem::Level level, std::string_view code,
                         std::string message);
  void CheckAlone(size_t rule);
  void CheckAmongOthers(size_t rule);
  bool IsTooComplex(size_t rule);
  void CheckNeverTrue(size_t rule);
  void CheckAlwaysTrue(size_t rule);
  void CheckSubsumed(size_t rule);
  bool IsInside(size_t rule, size_t other);
  void CheckDead(size_t rule);
  bool IsDead(const std::vector<Box>& approving, const std::vector<size_t>& objecting);
  void CheckOverlap(size_t rule);
  std::optional<Box> Overlap(const std::vector<Box>& approving, size_t other);

  const Policy& policy_;
  const v1::Date as_of_;
  const Space space_;
  Budget budget_;
  BoxAlgebra algebra_;
  RuleBoxes boxes_;
  std::set<size_t> left_out_;  // Too complex, or never true: nothing more to say.
  std::set<size_t> dead_;
  std::vector<v1::PolicyProblem> problems_;
};

v1::PolicyProblem& RuleChecks::Add(size_t rule, v1::PolicyProblem::Level level,
                                   std::string_view code, std::string message) {
  return problems_.emplace_back(MakeProblem(policy_.rules()[rule], level, code, message));
}

bool RuleChecks::IsTooComplex(size_t rule) {
  std::vector<Wanted> asked = {Wanted::kTrue};
  if (Rule(rule).has_auto_approve()) asked.push_back(Wanted::kNotTrue);
  if (Rule(rule).has_require() || Rule(rule).has_needs_author())
    asked.insert(asked.end(), {Wanted::kFalse, Wanted::kNotFalse});
  return std::any_of(asked.begin(), asked.end(),
                     [&](Wanted wanted) { return boxes_.IsTooComplex(rule, wanted); });
}

void RuleChecks::CheckNeverTrue(size_t rule) {
  if (!boxes_.Of(rule, Wanted::kTrue).empty()) return;
  left_out_.insert(rule);
  Add(rule, kError, "R010",
      fmt::format("`{}` is never true: its tests exclude each other, whatever a spec says.",
                  Rule(rule).id()));
}

void RuleChecks::CheckAlwaysTrue(size_t rule) {
  const v1::Rule& checked = Rule(rule);
  if (checked.has_auto_approve() && boxes_.Of(rule, Wanted::kNotTrue).empty()) {
    Add(rule, kError, "R011",
        fmt::format("`{}` is always true: it would approve every spec.", checked.id()));
  }
  const bool objects = checked.has_require() || checked.has_needs_author();
  if (objects && boxes_.Of(rule, Wanted::kFalse).empty()) {
    Add(rule, kError, "R011",
        fmt::format("`{}` fires on every spec, which would switch automatic approval off.",
                    checked.id()));
  }
}

bool RuleChecks::IsInside(size_t rule, size_t other) {
  std::vector<const Box*> covers;
  for (const Box& box : boxes_.Of(other, Wanted::kTrue)) covers.push_back(&box);
  const auto& boxes = boxes_.Of(rule, Wanted::kTrue);
  return std::none_of(boxes.begin(), boxes.end(), [&](const Box& box) {
    return FindUncovered(box, covers, algebra_).has_value();
  });
}

// A rule on trial inside one in force, or two of one state: the smaller one says nothing new. The
// other way round it is a trial of something wider. Of two equal rules the later is named.
void RuleChecks::CheckSubsumed(size_t rule) {
  for (size_t other = 0; other < policy_.rules().size(); ++other) {
    if (other == rule || !IsExamined(other) || left_out_.count(other) > 0) continue;
    const bool as_firm =
        Rule(other).state() == Rule(rule).state() || Rule(other).state() == v1::Rule::STATE_ENFORCE;
    if (!as_firm || !AddsNothing(Rule(rule), Rule(other)) || !IsInside(rule, other)) continue;
    const bool equal = Rule(other).state() == Rule(rule).state() &&
                       AddsNothing(Rule(other), Rule(rule)) && IsInside(other, rule);
    if (equal && rule < other) continue;
    Add(rule, kWarning, "R013",
        fmt::format("`{}` adds nothing: wherever it is true, `{}` is too, with the same effect.",
                    Rule(rule).id(), Rule(other).id()));
    return;
  }
}

bool RuleChecks::IsDead(const std::vector<Box>& approving, const std::vector<size_t>& objecting) {
  std::vector<const Box*> covers;
  for (const size_t other : objecting) {
    for (const Box& box : boxes_.Of(other, Wanted::kNotFalse)) covers.push_back(&box);
  }
  return std::none_of(approving.begin(), approving.end(), [&](const Box& box) {
    return FindUncovered(box, covers, algebra_).has_value();
  });
}

// Names only rules that are needed to cover the approving one.
void RuleChecks::CheckDead(size_t rule) {
  const std::vector<Box> approving = boxes_.Approving(rule);
  std::vector<size_t> objecting;
  for (size_t other = 0; other < policy_.rules().size(); ++other) {
    if (Objects(Rule(other)) && left_out_.count(other) == 0) objecting.push_back(other);
  }
  if (!IsDead(approving, objecting)) return;
  for (size_t i = objecting.size(); i-- > 0;) {
    std::vector<size_t> without = objecting;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    if (IsDead(approving, without)) objecting = std::move(without);
  }
  std::vector<std::string> names;
  for (const size_t other : objecting) names.push_back(fmt::format("`{}`", Rule(other).id()));
  if (names.empty()) names.push_back("a built-in rule");
  dead_.insert(rule);
  Add(rule, kError, "R012",
      fmt::format("`{}` never approves: wherever it is true, {} {}.", Rule(rule).id(),
                  JoinAnd(names), names.size() == 1 ? "fires too" : "fire too, one or the other"));
}

// Where both are certain, if there is such a spec.
std::optional<Box> RuleChecks::Overlap(const std::vector<Box>& approving, size_t other) {
  for (const Wanted wanted : {Wanted::kTrue, Wanted::kNotFalse}) {
    for (const Box& box : approving) {
      for (const Box& objection : boxes_.Of(other, wanted)) {
        if (std::optional<Box> both = algebra_.Intersect(box, objection)) return both;
      }
    }
  }
  return std::nullopt;
}

void RuleChecks::CheckOverlap(size_t rule) {
  const std::vector<Box> approving = boxes_.Approving(rule);
  std::vector<std::string> names;
  v1::ExampleSpec example;
  for (size_t other = 0; other < policy_.rules().size(); ++other) {
    if (!Objects(Rule(other)) || left_out_.count(other) > 0) continue;
    const std::optional<Box> both = Overlap(approving, other);
    if (!both) continue;
    if (names.empty()) example = ExampleOf(*both, 0, algebra_);
    names.push_back(fmt::format("`{}`", Rule(other).id()));
  }
  if (names.empty()) return;
  const std::string_view which = names.size() > 1 ? "A spec of the first kind" : "Such a spec";
  *Add(rule, kNote, "R014",
       fmt::format("`{}` overlaps {}; there people decide. {}:", Rule(rule).id(), JoinAnd(names),
                   which))
       .mutable_example() = std::move(*example.mutable_lines());
}

void RuleChecks::CheckAlone(size_t rule) {
  if (IsTooComplex(rule)) {
    left_out_.insert(rule);
    Add(rule, kError, "GV509", TooComplexText(Rule(rule)));
    return;
  }
  CheckNeverTrue(rule);
  CheckAlwaysTrue(rule);
}

void RuleChecks::CheckAmongOthers(size_t rule) {
  if (ApprovesOn(Rule(rule), as_of_)) CheckDead(rule);
  if (dead_.count(rule) > 0) return;
  if (ApprovesOn(Rule(rule), as_of_)) CheckOverlap(rule);
  CheckSubsumed(rule);
}

std::vector<v1::PolicyProblem> RuleChecks::Run() {
  std::vector<size_t> rules;
  for (size_t rule = 0; rule < policy_.rules().size(); ++rule) {
    if (IsExamined(rule)) rules.push_back(rule);
  }
  for (const size_t rule : rules) CheckAlone(rule);
  for (const size_t rule : rules) {
    const size_t before = problems_.size();
    if (left_out_.count(rule) == 0) CheckAmongOthers(rule);
    if (!budget_.IsSpent()) continue;
    problems_.resize(before);  // What a search that was cut short says means nothing.
    Add(rule, kError, "GV509", SearchTooLongText());
    break;
  }
  return std::move(problems_);
}

}  // namespace

std::vector<v1::PolicyProblem> AnalysePolicy(const Policy& policy, const v1::Date& as_of) {
  std::vector<v1::PolicyProblem> problems = RuleChecks(policy, as_of).Run();
  for (v1::PolicyProblem& problem : CheckValues(policy, as_of))
    problems.push_back(std::move(problem));
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) {
    return std::forward_as_tuple(a.file(), a.line(), a.code()) <
           std::forward_as_tuple(b.file(), b.line(), b.code());
  });
  return problems;
}

}  // namespace gavel::rules
