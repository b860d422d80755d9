// What every call goes through, written once: identity, deadline, the hop from gRPC's threads to
// ours, the refusal while stopping, and the mapping of errors.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/command/caller.h"
#include "engine/app/command/progress.h"
#include "engine/rpc/executor.h"
#include "engine/rpc/finite_stream.h"
#include "engine/rpc/identity.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

namespace gavel::rpc {

// Who may call a method. What a signed-in caller may do is for the application to say.
enum class Access {
  kSignedIn,
  kOpen,
};

// Thread-safe.
class Dispatcher {
 public:
  // Where a client sets no deadline (durability.md 2.11).
  static constexpr absl::Duration kDefaultDeadline = absl::Seconds(10);

  // Both must outlive the dispatcher.
  Dispatcher(const Identity& identity, Executor& executor)
      : identity_(identity), executor_(executor) {}

  // Serves a unary call with `(api.*method)(caller, *request, response)` on the executor.
  //
  // Errors of its own: UNAUTHENTICATED `SIGN_IN_REQUIRED`; UNAVAILABLE `SHUTTING_DOWN`;
  // RESOURCE_EXHAUSTED `OVERLOADED`; DEADLINE_EXCEEDED `DEADLINE` for a call not started in time.
  template <typename Api, typename Request, typename Response>
  grpc::ServerUnaryReactor* Serve(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response, Api& api,
                                  absl::Status (Api::*method)(const app::Caller&, const Request&,
                                                              Response*),
                                  Access access = Access::kSignedIn) {
    return Run(context, Request::descriptor()->name(), access,
               [&api, method, request, response](const app::Caller& caller) {
                 return (api.*method)(caller, *request, response);
               });
  }

  // Serves a call that answers with progress and then a result: `(api.*method)(caller, *request,
  // progress, &last)` on the executor. A client that sets no deadline waits as long as it takes.
  // Errors of its own as above, but `DEADLINE`, which gRPC tells the client itself.
  template <typename Api, typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* ServeStream(
      grpc::CallbackServerContext* context, const Request* request, Api& api,
      absl::Status (Api::*method)(const app::Caller&, const Request&,
                                  const app::Progress<Response>&, Response*)) {
    const auto stream = FiniteStream<Response>::Make();
    RunStream(
        context, Request::descriptor()->name(),
        [&api, method, request, stream](const app::Caller& caller) {
          Response last;
          const auto progress = [&stream](Response so_far) {
            return stream->Offer(std::move(so_far));
          };
          const absl::Status status = (api.*method)(caller, *request, progress, &last);
          stream->End(status, std::move(last));
          return status;
        },
        [stream](const absl::Status& status) { stream->End(status); });
    return stream.get();
  }

  // Who calls, and until when; a call without deadline has until `default_deadline` from now.
  // Errors: `SIGN_IN_REQUIRED`, `SHUTTING_DOWN`.
  absl::StatusOr<app::Caller> Admit(const grpc::CallbackServerContext& context, Access access,
                                    absl::Duration default_deadline) const;

  // From now on every new call is refused with `SHUTTING_DOWN`; those under way go on.
  void RefuseNewCalls() { stopping_ = true; }

 private:
  using Call = std::function<absl::Status(const app::Caller&)>;

  grpc::ServerUnaryReactor* Run(grpc::CallbackServerContext* context,
                                const std::string& request_name, Access access, Call call);
  // Runs `call`, or `refuse` where it is not let in.
  void RunStream(grpc::CallbackServerContext* context, const std::string& request_name, Call call,
                 const std::function<void(const absl::Status&)>& refuse);

  const Identity& identity_;
  Executor& executor_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace gavel::rpc
