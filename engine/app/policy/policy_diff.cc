#include "engine/app/policy/policy_diff.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "engine/app/policy/policy_change.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "engine/domain/planning/civil_date.h"
#include "rules/analysis/analysis.h"

namespace gavel::app {
namespace {

bool NamesAny(const v1::Spec& spec, const std::set<std::string>& tiers) {
  const auto& allowed = InForce(spec)->envelope().allowed();
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const std::string& tier) { return tiers.count(tier) > 0; });
}

absl::StatusOr<int> CountTightened(const Transaction& transaction, const LivePolicy& base,
                                   const LivePolicy& candidate, const v1::Date& day) {
  const std::set<std::string> before = ApprovableTiers(*base.rules, day);
  const std::set<std::string> after = ApprovableTiers(*candidate.rules, day);
  std::set<std::string> lost;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::inserter(lost, lost.end()));
  if (lost.empty()) return 0;
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs, WithLiveEnvelope(transaction));
  return static_cast<int>(std::count_if(
      specs.begin(), specs.end(), [&](const v1::Spec& spec) { return NamesAny(spec, lost); }));
}

}  // namespace

absl::StatusOr<std::vector<v1::Spec>> WithLiveEnvelope(const Transaction& transaction) {
  GAVEL_ASSIGN_OR_RETURN(std::vector<v1::Spec> specs,
                         transaction.Specs("", {v1::Spec::STATE_AUTO_APPROVED}));
  const absl::CivilDay today = ToCivilDay(DateOf(transaction.now()));
  std::erase_if(specs, [&](const v1::Spec& spec) {
    const v1::Decision* decision = InForce(spec);
    return decision == nullptr || !decision->has_envelope() ||
           ToCivilDay(decision->envelope().expires()) < today;
  });
  return specs;
}

absl::StatusOr<v1::PolicyDiff> ComparePolicies(const Transaction& transaction,
                                               const LivePolicy& base, const LivePolicy& candidate,
                                               const v1::Date& day) {
  GAVEL_ASSIGN_OR_RETURN(v1::PolicyDiff diff,
                         rules::DiffPolicies(*base.rules, *candidate.rules, day));
  const std::vector<std::string> changed = ChangedAutoRules(base.rules.get(), *candidate.rules);
  diff.clear_changed_auto_rules();
  diff.mutable_changed_auto_rules()->Add(changed.begin(), changed.end());
  GAVEL_ASSIGN_OR_RETURN(const int envelopes, CountTightened(transaction, base, candidate, day));
  diff.set_open_envelopes(envelopes);
  return diff;
}

}  // namespace gavel::app
