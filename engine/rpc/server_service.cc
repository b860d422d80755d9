#include "engine/app/server_api.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/services.h"
#include "gavel/v1/server_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class ServerService final : public v1::ServerService::CallbackService {
 public:
  ServerService(Dispatcher& dispatcher, app::ServerApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE_AS(app::ServerApi, GetServerInfo, Access::kOpen)
  GAVEL_SERVE(app::ServerApi, AdvanceClock)

 private:
  Dispatcher& dispatcher_;
  app::ServerApi& api_;
};

}  // namespace

HostedService MakeServerService(Dispatcher& dispatcher, app::ServerApi& api) {
  return {v1::ServerService::service_full_name(), std::make_unique<ServerService>(dispatcher, api)};
}

}  // namespace gavel::rpc
