// What only the server's history can say about a document: the facts and built-ins of rules.md 3.6
// and 3.14 that look at other specs.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "engine/app/environment.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/spec.pb.h"
#include "rules/evaluate.h"

namespace gavel::app {

struct HistoryFacts {
  rules::History history;
  // What rules approved in the last 90 days, at the ceilings of the approvals that still hold, this
  // spec's own left out: for the system it changes; for the team of its first author where it names
  // none. Unknown where one of them has no ceiling; unset where no rule of the policy reads it.
  v1::CostFact system_cost;
  // Notes on specs of the last 30 days with much the same text.
  std::vector<v1::Finding> findings;
};

// `spec` is the default instance for a document that is no spec yet; `body` is the document without
// its front matter. O(reviews that ended in 90 days), plus a spec per approval that is added up,
// plus the bodies of at most 2 × 32 specs of about the same length: the newest ones count, older
// ones are not compared.
absl::StatusOr<HistoryFacts> ReadHistory(const Transaction& transaction, const LivePolicy& policy,
                                         const v1::Spec& spec, const v1::Facts& facts,
                                         std::string_view body);

// The decision that `end` is about where it still holds, unseen by people; nothing elsewhere.
absl::StatusOr<std::optional<v1::Decision>> LiveApproval(const Transaction& transaction,
                                                         const v1::ReviewEnd& end);

}  // namespace gavel::app
