#include "engine/domain/breaker.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "engine/domain/fold_rule.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel {
namespace {

// An event names so many cases at most, the newest ones.
constexpr size_t kSpecsNamed = 100;

std::vector<std::string> Newest(std::vector<std::string> specs) {
  if (specs.size() > kSpecsNamed) {
    specs.erase(specs.begin(), specs.end() - static_cast<std::ptrdiff_t>(kSpecsNamed));
  }
  return specs;
}

std::optional<BreakerTrip> TripOfAudits(const v1::Breaker& limits, const v1::RuleRecord& record,
                                        absl::Time since) {
  std::vector<std::string> failed;
  for (const v1::RuleRecord::FailedAudit& audit : record.failed_audits()) {
    if (FromProto(audit.time()) >= since) failed.push_back(audit.spec());
  }
  if (static_cast<int>(failed.size()) < limits.max_audit_failures()) return std::nullopt;
  return BreakerTrip{fmt::format("{} failed {} in {} days; the limit is {}", failed.size(),
                                 failed.size() == 1 ? "audit" : "audits", limits.window_days(),
                                 limits.max_audit_failures()),
                     Newest(std::move(failed))};
}

std::optional<BreakerTrip> TripOfShare(const v1::Breaker& limits, const std::string& rule,
                                       const std::vector<v1::ReviewEnd>& ends, absl::Time since) {
  DecisionCount count = CountDecisions(ends, since, rule);
  const bool above =
      int64_t{100} * count.automatic > int64_t{limits.max_auto_percent()} * count.decisions;
  if (count.decisions < limits.min_decisions() || !above) return std::nullopt;
  return BreakerTrip{
      fmt::format("{} of {} decisions in {} days are automatic; the limit is {} %", count.automatic,
                  count.decisions, limits.window_days(), limits.max_auto_percent()),
      Newest(std::move(count.by_rule))};
}

}  // namespace

DecisionCount CountDecisions(const std::vector<v1::ReviewEnd>& ends, absl::Time since,
                             const std::string& rule) {
  std::map<std::string, const v1::ReviewEnd*> newest;
  for (const v1::ReviewEnd& end : ends) {
    const bool counts = !end.decision().empty() && FromProto(end.time()) >= since;
    if (counts) newest[end.spec()] = &end;
  }
  DecisionCount count;
  for (const v1::ReviewEnd& end : ends) {
    const auto found = newest.find(end.spec());
    if (found == newest.end() || found->second != &end) continue;
    const bool automatic = end.authority() == v1::Decision::AUTHORITY_RULE;
    ++count.decisions;
    if (automatic) ++count.automatic;
    if (automatic && end.rule() == rule) count.by_rule.push_back(end.spec());
  }
  return count;
}

absl::Time CountedSince(const v1::Breaker& limits, const v1::RuleRecord& record, absl::Time now) {
  const absl::Time window = now - absl::Hours(24) * limits.window_days();
  return std::max(window, FromProto(record.close_time()));
}

std::optional<BreakerTrip> TripOf(const v1::Breaker& limits, const v1::RuleRecord& record,
                                  const std::vector<v1::ReviewEnd>& ends, absl::Time now) {
  if (IsBreakerOpen(record)) return std::nullopt;
  const absl::Time since = CountedSince(limits, record, now);
  auto trip = TripOfAudits(limits, record, since);
  return trip.has_value() ? trip : TripOfShare(limits, record.rule(), ends, since);
}

}  // namespace gavel
