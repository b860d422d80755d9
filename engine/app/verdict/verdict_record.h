// A verdict together with everything it was given: stored, so that it can be made again byte for
// byte long after.
#pragma once

#include <string>

#include "engine/app/command/transaction.h"
#include "engine/domain/command.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/policy.h"

namespace gavel::app {

// What the rules said, and of what.
struct Judgement {
  v1::Verdict verdict;
  v1::EvaluationRecord record;
};

// The verdict on a record. The live path and the replay both come through here, so that they cannot
// differ in what they hand to the rules. `policy` is the one the record names, except in dry runs.
v1::Verdict EvaluateRecord(const rules::Policy& policy, const v1::EvaluationRecord& record);

// Gives `command` the verdict and stores its record in the same transaction. `judgement` must
// outlive the command.
void Bring(const Judgement& judgement, Transaction& transaction, Command& command);

}  // namespace gavel::app
