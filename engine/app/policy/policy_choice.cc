#include "engine/app/policy/policy_choice.h"

#include "engine/app/policy/policy_source.h"
#include "engine/app/policy/policy_versions.h"
#include "engine/base/status_macros.h"

namespace gavel::app {

absl::StatusOr<v1::PolicySource> ChooseSource(const Workflow& workflow,
                                              const v1::PolicyChoice& choice) {
  if (choice.has_draft()) return choice.draft();
  if (choice.source_hash().empty()) return workflow.policy().rules->source();
  const Transaction& transaction = workflow.transaction();
  GAVEL_RETURN_IF_ERROR(FindVersion(transaction.view(), choice.source_hash()).status());
  return ReadSource(transaction, choice.source_hash());
}

absl::StatusOr<LivePolicy> ChoosePolicy(const Environment& environment, const Workflow& workflow,
                                        const v1::PolicyChoice& choice, const v1::Date& day) {
  if (choice.has_draft()) return CompileLive(choice.draft(), day);
  if (choice.source_hash().empty()) return workflow.policy();
  const Transaction& transaction = workflow.transaction();
  GAVEL_ASSIGN_OR_RETURN(const StoredVersion stored,
                         FindVersion(transaction.view(), choice.source_hash()));
  return LoadPolicy(environment.policy, transaction, choice.source_hash(),
                    stored.version.published());
}

}  // namespace gavel::app
