// Dry runs, stored verdicts, and the policy in force.
#pragma once

#include "absl/status/status.h"
#include "engine/app/caller.h"
#include "engine/app/environment.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app {

// One method per RPC of `gavel.v1.RulesService`; the proto documents each. Thread-safe; blocks up
// to one group commit. `environment` must outlive it.
class RulesApi {
 public:
  explicit RulesApi(Environment& environment) : environment_(environment) {}

  absl::Status Evaluate(const Caller& caller, const v1::EvaluateRequest& request,
                        v1::EvaluateResponse* response);
  absl::Status GetVerdict(const Caller& caller, const v1::GetVerdictRequest& request,
                          v1::GetVerdictResponse* response);
  absl::Status GetPolicy(const Caller& caller, const v1::GetPolicyRequest& request,
                         v1::GetPolicyResponse* response);

 private:
  Environment& environment_;
};

}  // namespace gavel::app
