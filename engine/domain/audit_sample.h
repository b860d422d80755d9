// Which automatic approvals a person looks at afterwards.
#pragma once

#include <string_view>

#include "gavel/v1/audit.pb.h"

namespace gavel {

// An audit has its result this many days after the approval.
inline constexpr int kAuditDays = 14;

// Why an approval is drawn: `first 30` of its rule, `sample` or `first of the month`; empty where
// it is not. `approval` holds its place among the rule's approvals and the rule's rate; nobody
// without `key` can tell the sample beforehand. It hangs on the spec's key and not on its bytes, so
// that another space does not roll the dice again. Never below 5 %, whatever the rule says.
std::string_view DrawnBy(const v1::ReviewEnd& approval, std::string_view key);

}  // namespace gavel
