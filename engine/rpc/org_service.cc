#include "engine/app/org_api.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/services.h"
#include "gavel/v1/org_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class OrgService final : public v1::OrgService::CallbackService {
 public:
  OrgService(Dispatcher& dispatcher, app::OrgApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE(app::OrgApi, ListAreas)
  GAVEL_SERVE(app::OrgApi, GetArea)
  GAVEL_SERVE(app::OrgApi, ListPeople)
  GAVEL_SERVE(app::OrgApi, SetAbsence)
  GAVEL_SERVE(app::OrgApi, GetPerson)

 private:
  Dispatcher& dispatcher_;
  app::OrgApi& api_;
};

}  // namespace

HostedService MakeOrgService(Dispatcher& dispatcher, app::OrgApi& api) {
  return {v1::OrgService::service_full_name(), std::make_unique<OrgService>(dispatcher, api)};
}

}  // namespace gavel::rpc
