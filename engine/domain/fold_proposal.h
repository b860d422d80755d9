// A policy that people approve before it may come into force.
#pragma once

#include "gavel/v1/event.pb.h"
#include "gavel/v1/policy.pb.h"

namespace gavel {

// Applies one approval. Approvals of another parent are about another change and fall away; nobody
// counts twice.
void FoldProposal(const v1::Event& event, v1::PolicyVersion& proposal);

}  // namespace gavel
