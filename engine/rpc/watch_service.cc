#include "engine/app/watch/watch_api.h"
#include "engine/rpc/call_metadata.h"
#include "engine/rpc/dispatcher.h"
#include "engine/rpc/services.h"
#include "engine/rpc/watch_stream.h"
#include "gavel/v1/watch_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class WatchService final : public v1::WatchService::CallbackService {
 public:
  WatchService(Dispatcher& dispatcher, Executor& executor, const app::WatchApi& api)
      : dispatcher_(dispatcher), executor_(executor), api_(api) {}

  WatchReactor* WatchEvents(grpc::CallbackServerContext* context,
                            const v1::WatchEventsRequest* request) override {
    EchoRequestTag(*context);
    const auto caller = dispatcher_.Admit(*context, Access::kSignedIn, absl::InfiniteDuration());
    if (!caller.ok()) return RefuseWatchStream(caller.status());
    return StartWatchStream(*context, *request, *caller, executor_, api_);
  }

 private:
  Dispatcher& dispatcher_;
  Executor& executor_;
  const app::WatchApi& api_;
};

}  // namespace

HostedService MakeWatchService(Dispatcher& dispatcher, Executor& executor,
                               const app::WatchApi& api) {
  return {v1::WatchService::service_full_name(),
          std::make_unique<WatchService>(dispatcher, executor, api)};
}

}  // namespace gavel::rpc
