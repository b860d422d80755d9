#include "engine/app/policy/rules_api.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/services.h"
#include "gavel/v1/rules_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class RulesService final : public v1::RulesService::CallbackService {
 public:
  RulesService(Dispatcher& dispatcher, app::RulesApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE(app::RulesApi, Evaluate)
  GAVEL_SERVE(app::RulesApi, GetVerdict)
  GAVEL_SERVE(app::RulesApi, ReplayVerdict)
  GAVEL_SERVE(app::RulesApi, GetPolicy)
  GAVEL_SERVE(app::RulesApi, ListPolicyVersions)
  GAVEL_SERVE(app::RulesApi, ValidateRuleSet)
  GAVEL_SERVE(app::RulesApi, TestRuleSet)
  GAVEL_SERVE(app::RulesApi, DiffRuleSets)
  GAVEL_SERVE_STREAM(app::RulesApi, BacktestRuleSet)
  GAVEL_SERVE_STREAM(app::RulesApi, SuggestRules)
  GAVEL_SERVE(app::RulesApi, ApproveRuleSet)
  GAVEL_SERVE(app::RulesApi, PublishRuleSet)
  GAVEL_SERVE(app::RulesApi, CheckEnvelope)
  GAVEL_SERVE(app::RulesApi, ListAudits)
  GAVEL_SERVE(app::RulesApi, ListRuleHealth)
  GAVEL_SERVE(app::RulesApi, CloseBreaker)

 private:
  Dispatcher& dispatcher_;
  app::RulesApi& api_;
};

}  // namespace

HostedService MakeRulesService(Dispatcher& dispatcher, app::RulesApi& api) {
  return {v1::RulesService::service_full_name(), std::make_unique<RulesService>(dispatcher, api)};
}

}  // namespace gavel::rpc
