// The gRPC services, as what a server hosts. Each is one file beside this one; none holds logic.
#pragma once

#include <memory>
#include <string>

#include "grpcpp/impl/service_type.h"

namespace gavel::app {
class HealthApi;
class MeetingApi;
class OrgApi;
class RulesApi;
class ServerApi;
class SpecApi;
class WatchApi;
}  // namespace gavel::app

namespace gavel::rpc {

class Dispatcher;
class Executor;

struct HostedService {
  std::string name;  // `gavel.v1.SpecService`, as health and reflection know it.
  std::unique_ptr<grpc::Service> service;
};

// Every argument must outlive the service.
HostedService MakeSpecService(Dispatcher& dispatcher, app::SpecApi& api);
HostedService MakeHealthService(Dispatcher& dispatcher, app::HealthApi& api);
HostedService MakeMeetingService(Dispatcher& dispatcher, app::MeetingApi& api);
HostedService MakeOrgService(Dispatcher& dispatcher, app::OrgApi& api);
HostedService MakeRulesService(Dispatcher& dispatcher, app::RulesApi& api);
HostedService MakeServerService(Dispatcher& dispatcher, app::ServerApi& api);
// `executor` runs the reading of streams, apart from the calls. It must be able to queue one task
// per stream.
HostedService MakeWatchService(Dispatcher& dispatcher, Executor& executor,
                               const app::WatchApi& api);

}  // namespace gavel::rpc
