// One WatchEvents stream: one response in flight and a cursor, never a queue.
#pragma once

#include <memory>

#include "engine/app/watch/watch_api.h"
#include "engine/rpc/executor.h"
#include "gavel/v1/watch_service.pb.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

namespace gavel::rpc {

using WatchReactor = grpc::ServerWriteReactor<v1::WatchEventsResponse>;

// Starts a stream for a caller that was let in. It keeps itself alive until gRPC is done with it.
// `executor` and `api` must outlive the stream; `context` and `request` are the call's own.
WatchReactor* StartWatchStream(grpc::CallbackServerContext& context,
                               const v1::WatchEventsRequest& request, const app::Caller& caller,
                               Executor& executor, const app::WatchApi& api);

// A stream that ends at once with `status`.
WatchReactor* RefuseWatchStream(const absl::Status& status);

}  // namespace gavel::rpc
