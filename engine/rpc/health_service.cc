#include "engine/app/insight/health_api.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/services.h"
#include "gavel/v1/health_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class HealthService final : public v1::HealthService::CallbackService {
 public:
  HealthService(Dispatcher& dispatcher, app::HealthApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE(app::HealthApi, GetHealth)

 private:
  Dispatcher& dispatcher_;
  app::HealthApi& api_;
};

}  // namespace

HostedService MakeHealthService(Dispatcher& dispatcher, app::HealthApi& api) {
  return {v1::HealthService::service_full_name(), std::make_unique<HealthService>(dispatcher, api)};
}

}  // namespace gavel::rpc
