// Dry runs, stored verdicts, and the whole life of a policy.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/caller.h"
#include "engine/app/command/progress.h"
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
  absl::Status ReplayVerdict(const Caller& caller, const v1::ReplayVerdictRequest& request,
                             v1::ReplayVerdictResponse* response);

  absl::Status GetPolicy(const Caller& caller, const v1::GetPolicyRequest& request,
                         v1::GetPolicyResponse* response);
  absl::Status ListPolicyVersions(const Caller& caller,
                                  const v1::ListPolicyVersionsRequest& request,
                                  v1::ListPolicyVersionsResponse* response);
  absl::Status ValidateRuleSet(const Caller& caller, const v1::ValidateRuleSetRequest& request,
                               v1::ValidateRuleSetResponse* response);
  absl::Status TestRuleSet(const Caller& caller, const v1::TestRuleSetRequest& request,
                           v1::TestRuleSetResponse* response);
  absl::Status DiffRuleSets(const Caller& caller, const v1::DiffRuleSetsRequest& request,
                            v1::DiffRuleSetsResponse* response);
  absl::Status ApproveRuleSet(const Caller& caller, const v1::ApproveRuleSetRequest& request,
                              v1::ApproveRuleSetResponse* response);
  // Takes up to seconds ahead of its commit; other commands go on meanwhile.
  absl::Status PublishRuleSet(const Caller& caller, const v1::PublishRuleSetRequest& request,
                              v1::PublishRuleSetResponse* response);

  // Both read every review of the days asked for, and may take seconds.
  absl::Status BacktestRuleSet(const Caller& caller, const v1::BacktestRuleSetRequest& request,
                               const Progress<v1::BacktestRuleSetResponse>& progress,
                               v1::BacktestRuleSetResponse* response);
  absl::Status SuggestRules(const Caller& caller, const v1::SuggestRulesRequest& request,
                            const Progress<v1::SuggestRulesResponse>& progress,
                            v1::SuggestRulesResponse* response);

  absl::Status CheckEnvelope(const Caller& caller, const v1::CheckEnvelopeRequest& request,
                             v1::CheckEnvelopeResponse* response);
  absl::Status ListAudits(const Caller& caller, const v1::ListAuditsRequest& request,
                          v1::ListAuditsResponse* response);
  absl::Status ListRuleHealth(const Caller& caller, const v1::ListRuleHealthRequest& request,
                              v1::ListRuleHealthResponse* response);
  absl::Status CloseBreaker(const Caller& caller, const v1::CloseBreakerRequest& request,
                            v1::CloseBreakerResponse* response);

 private:
  Environment& environment_;
};

}  // namespace gavel::app
