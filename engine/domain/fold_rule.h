// What the service remembers of a rule is the fold of its own events, of the approvals it gave, and
// of their audits.
#pragma once

#include "gavel/v1/audit.pb.h"
#include "gavel/v1/event.pb.h"

namespace gavel {

// Applies one event. Total; see FoldSpec.
void FoldRule(const v1::Event& event, v1::RuleRecord& record);

// True while the rule approves nothing, until a person closes its breaker.
bool IsBreakerOpen(const v1::RuleRecord& record);

}  // namespace gavel
