// How reviews ended, one small entry each: folded from the events that end them and audit them.
#pragma once

#include <string>

#include "gavel/v1/audit.pb.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// True for a decision and for a withdrawal.
bool EndsReview(const v1::Event& event);

// The entry of an event that ends a review. `spec` is the state after it; `record` what was known
// before of the rule that decided, or the default instance.
v1::ReviewEnd ReviewEndOf(const v1::Event& event, const v1::Spec& spec,
                          const v1::RuleRecord& record);

// Adds an `AuditRecorded` event; a later audit takes the place of an earlier one.
void FoldAudit(const v1::Event& event, v1::ReviewEnd& end);

// The rule behind an automatic decision or its audit; empty for every other event.
std::string RuleBehind(const v1::Event& event);

}  // namespace gavel
