#include "engine/app/verdict/history_facts.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/similarity.h"
#include "fmt/format.h"
#include "rules/document.h"
#include "rules/finding_codes.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kHistory = absl::Hours(24 * 90);       // Rejections; what systems cost.
constexpr absl::Duration kLinked = absl::Hours(24 * 30);        // Specs of much the same text.
constexpr absl::Duration kAutoDecisions = absl::Hours(24 * 7);  // `too-many-auto`.
constexpr int kSimilarPercent = 80;
// Bodies whose lengths differ more cannot be similar; some slack, as words are counted otherwise.
constexpr int kLengthPercent = 70;
constexpr int kBodiesCompared = 32;
constexpr size_t kLinksNamed = 3;

using Ends = std::vector<v1::ReviewEnd>;

// Looks for texts much like one body. Reads at most kBodiesCompared others.
class Likeness {
 public:
  Likeness(const Transaction& transaction, const v1::Facts& facts, std::string_view body)
      : transaction_(transaction), words_(facts.body_words()), body_(body) {}

  // How much the spec that `end` is about is like the body, percent; nothing where it is not.
  absl::StatusOr<std::optional<int>> Of(const v1::ReviewEnd& end) {
    const int64_t shorter = std::min(words_, end.words());
    const int64_t longer = std::max(words_, end.words());
    if (100 * shorter < kLengthPercent * longer || left_ == 0) return std::nullopt;
    --left_;
    GAVEL_ASSIGN_OR_RETURN(const auto bytes, transaction_.Body(end.content_hash()));
    if (!bytes.has_value()) return std::nullopt;
    if (!bag_.has_value()) bag_.emplace(body_);
    const int percent = bag_->SimilarPercent(WordBag(rules::DocumentBody(*bytes)));
    if (percent < kSimilarPercent) return std::nullopt;
    return percent;
  }

 private:
  const Transaction& transaction_;
  const int words_;
  const std::string_view body_;
  std::optional<WordBag> bag_;  // Of the body; made when first needed.
  int left_ = kBodiesCompared;
};

bool TurnedDown(const v1::ReviewEnd& end) {
  const bool stopped = end.decision().empty();
  return stopped ? end.blocked() : end.outcome() == v1::DECISION_OUTCOME_REJECTED;
}

// A reopened spec is on its way again and no longer counts as turned down.
absl::StatusOr<bool> StillTurnedDown(const Transaction& transaction, const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const auto spec, transaction.FindSpec(key));
  return spec.has_value() &&
         (spec->state() == v1::Spec::STATE_REJECTED || spec->state() == v1::Spec::STATE_WITHDRAWN);
}

// The newest spec of the same system or of a similar body that was turned down; empty: none.
absl::StatusOr<std::string> RecentRejection(const Transaction& transaction, const Ends& ends,
                                            const v1::Spec& spec, const v1::Facts& facts,
                                            Likeness likeness) {
  const std::string& system = facts.system().value();
  for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
    if (end->spec() == spec.key() || !TurnedDown(*end)) continue;
    bool much_like = !system.empty() && end->system() == system;
    if (!much_like) {
      GAVEL_ASSIGN_OR_RETURN(const auto percent, likeness.Of(*end));
      much_like = percent.has_value();
    }
    if (!much_like) continue;
    GAVEL_ASSIGN_OR_RETURN(const bool still, StillTurnedDown(transaction, end->spec()));
    if (still) return end->spec();
  }
  return std::string();
}

absl::StatusOr<std::string> SupersededByPeople(const Transaction& transaction,
                                               const v1::Facts& facts) {
  for (const std::string& key : facts.supersedes()) {
    GAVEL_ASSIGN_OR_RETURN(const auto old, transaction.FindSpec(key));
    if (!old.has_value()) continue;
    const v1::Decision* decision = InForce(*old);
    if (decision != nullptr && decision->authority() != v1::Decision::AUTHORITY_RULE) return key;
  }
  return std::string();
}

int RecentAutoDecisions(const v1::Spec& spec, absl::Time now) {
  return static_cast<int>(
      std::count_if(spec.decisions().begin(), spec.decisions().end(), [&](const auto& decision) {
        return decision.authority() == v1::Decision::AUTHORITY_RULE &&
               FromProto(decision.decide_time()) + kAutoDecisions > now;
      }));
}

// Adding up reads a spec per approval, which nobody pays for whom no rule asks.
bool AnyRuleReadsSystemCost(const rules::Policy& policy) {
  const auto reads = [](const rules::Leaf& leaf) {
    return leaf.field == rules::Field::kHistorySystemCost90dUsd;
  };
  return std::any_of(policy.rules().begin(), policy.rules().end(), [&](const auto& compiled) {
    const auto& leaves = compiled.program.leaves;
    return std::any_of(leaves.begin(), leaves.end(), reads);
  });
}

absl::StatusOr<v1::CostFact> SystemCost(const Transaction& transaction, const LivePolicy& policy,
                                        const Ends& ends, const v1::Spec& spec,
                                        const v1::Facts& facts) {
  const std::string& system = facts.system().value();
  const auto team_of = [&](const auto& authors) {
    return authors.empty() ? std::string() : policy.organisation->TeamOf(authors[0]);
  };
  const std::string team = team_of(facts.authors());
  v1::CostFact cost;
  cost.mutable_source()->set_kind("derived");
  cost.mutable_source()->set_origin(system.empty() ? "history of the team" : "history");
  int64_t sum = 0;
  bool known = true;
  for (const v1::ReviewEnd& end : ends) {
    if (end.authority() != v1::Decision::AUTHORITY_RULE || end.spec() == spec.key()) continue;
    const bool adds_up =
        system.empty() ? !team.empty() && team_of(end.authors()) == team : end.system() == system;
    if (!adds_up) continue;
    GAVEL_ASSIGN_OR_RETURN(const auto approval, LiveApproval(transaction, end));
    if (!approval.has_value()) continue;
    const int64_t ceiling = approval->envelope().cost_ceiling_cents();
    known &= approval->envelope().has_cost_ceiling_cents() &&
             sum <= std::numeric_limits<int64_t>::max() - ceiling;
    if (known) sum += ceiling;
  }
  cost.set_status(known ? v1::FACT_STATUS_KNOWN : v1::FACT_STATUS_MISSING);
  if (known) cost.set_low_cents(sum);
  if (known) cost.set_high_cents(sum);
  return cost;
}

// Small specs that say the same, one after the other, are told apart by nobody but us.
absl::StatusOr<std::vector<v1::Finding>> Links(const Transaction& transaction, const Ends& ends,
                                               const v1::Spec& spec, Likeness likeness) {
  std::vector<std::string> alike;
  std::vector<std::string> seen;
  for (auto end = ends.rbegin(); end != ends.rend() && alike.size() < kLinksNamed; ++end) {
    if (FromProto(end->time()) + kLinked <= transaction.now()) break;
    if (end->spec() == spec.key() ||
        std::find(seen.begin(), seen.end(), end->spec()) != seen.end()) {
      continue;
    }
    seen.push_back(end->spec());
    GAVEL_ASSIGN_OR_RETURN(const auto percent, likeness.Of(*end));
    if (percent.has_value()) alike.push_back(fmt::format("{} ({} %)", end->spec(), *percent));
  }
  if (alike.empty()) return std::vector<v1::Finding>();
  return std::vector<v1::Finding>{
      rules::MakeFinding("GV231", "",
                         fmt::format("Much the same text as {}, decided in the last 30 days.",
                                     fmt::join(alike, ", ")))};
}

}  // namespace

absl::StatusOr<std::optional<v1::Decision>> LiveApproval(const Transaction& transaction,
                                                         const v1::ReviewEnd& end) {
  GAVEL_ASSIGN_OR_RETURN(const auto spec, transaction.FindSpec(end.spec()));
  if (!spec.has_value() || spec->state() != v1::Spec::STATE_AUTO_APPROVED) return std::nullopt;
  const v1::Decision* decision = InForce(*spec);
  if (decision == nullptr || decision->id() != end.decision()) return std::nullopt;
  return *decision;
}

absl::StatusOr<HistoryFacts> ReadHistory(const Transaction& transaction, const LivePolicy& policy,
                                         const v1::Spec& spec, const v1::Facts& facts,
                                         std::string_view body) {
  const absl::Time now = transaction.now();
  GAVEL_ASSIGN_OR_RETURN(const Ends ends,
                         transaction.ReviewEnds(now - kHistory, absl::InfiniteFuture()));
  const Likeness likeness(transaction, facts, body);
  HistoryFacts found;
  GAVEL_ASSIGN_OR_RETURN(found.history.recent_rejection,
                         RecentRejection(transaction, ends, spec, facts, likeness));
  GAVEL_ASSIGN_OR_RETURN(found.history.supersedes_people, SupersededByPeople(transaction, facts));
  found.history.auto_decisions_7d = RecentAutoDecisions(spec, now);
  if (AnyRuleReadsSystemCost(*policy.rules)) {
    GAVEL_ASSIGN_OR_RETURN(found.system_cost, SystemCost(transaction, policy, ends, spec, facts));
  }
  GAVEL_ASSIGN_OR_RETURN(found.findings, Links(transaction, ends, spec, likeness));
  return found;
}

}  // namespace gavel::app
