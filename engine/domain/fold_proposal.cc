#include "engine/domain/fold_proposal.h"

#include <algorithm>

namespace gavel {

void FoldProposal(const v1::Event& event, v1::PolicyVersion& proposal) {
  if (!event.has_policy_approved()) return;
  const v1::PolicyApproved& approved = event.policy_approved();
  if (proposal.parent() != approved.parent()) proposal.clear_approvers();
  proposal.set_source_hash(approved.source_hash());
  proposal.set_parent(approved.parent());
  auto& approvers = *proposal.mutable_approvers();
  if (std::find(approvers.begin(), approvers.end(), event.actor()) == approvers.end()) {
    proposal.add_approvers(event.actor());
  }
}

}  // namespace gavel
