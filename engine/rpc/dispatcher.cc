#include "engine/rpc/dispatcher.h"

#include <utility>

#include "absl/time/clock.h"
#include "engine/app/command/service_errors.h"
#include "engine/base/status_macros.h"
#include "engine/rpc/call_metadata.h"
#include "engine/rpc/status.h"
#include "fmt/format.h"
#include "spdlog/spdlog.h"

namespace gavel::rpc {
namespace {

constexpr absl::Duration kRetryAfter = absl::Milliseconds(500);

// What a finished call leaves in the log. Never the request: it holds people's words.
struct CallLog {
  std::string method;
  std::string tag;  // `x-gavel-request`, as the client sees it.
  absl::Time start;
};

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

void Log(const CallLog& call, const absl::Status& status) {
  const auto level = IsOurFault(status.code()) ? spdlog::level::err : spdlog::level::debug;
  const std::string detail =
      IsOurFault(status.code()) ? fmt::format(" error={:?}", std::string(status.message())) : "";
  spdlog::log(level, "msg=call method={} code={} dur_ms={} request={}{}", call.method,
              absl::StatusCodeToString(status.code()),
              absl::ToInt64Milliseconds(absl::Now() - call.start), call.tag, detail);
}

void Finish(grpc::CallbackServerContext* context, grpc::ServerUnaryReactor* reactor,
            const CallLog& call, const absl::Status& status) {
  Log(call, status);
  const absl::Duration retry = app::RetryDelayOf(status);
  if (retry > absl::ZeroDuration()) {
    context->AddTrailingMetadata("grpc-retry-pushback-ms",
                                 fmt::to_string(absl::ToInt64Milliseconds(retry)));
  }
  reactor->Finish(ToGrpcStatus(status));
}

}  // namespace

absl::StatusOr<app::Caller> Dispatcher::Admit(const grpc::CallbackServerContext& context,
                                              Access access,
                                              absl::Duration default_deadline) const {
  if (stopping_) return app::ShuttingDown();
  auto principal = identity_.PrincipalOf(CredentialsOf(context));
  if (access == Access::kSignedIn) {
    GAVEL_RETURN_IF_ERROR(principal.status());
    if (principal->empty()) return identity_.SignInRequired();
  }
  return app::Caller{.principal = principal.ok() ? *std::move(principal) : std::string(),
                     .deadline = DeadlineOf(context, default_deadline)};
}

grpc::ServerUnaryReactor* Dispatcher::Run(grpc::CallbackServerContext* context,
                                          const std::string& request_name, Access access,
                                          Call call) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  // `SubmitSpecRequest` belongs to SubmitSpec; buf's STANDARD rules see to it.
  const CallLog log{.method = request_name.substr(0, request_name.rfind("Request")),
                    .tag = EchoRequestTag(*context),
                    .start = absl::Now()};
  auto caller = Admit(*context, access, kDefaultDeadline);
  if (!caller.ok()) {
    Finish(context, reactor, log, caller.status());
    return reactor;
  }
  const bool posted =
      executor_.Post([context, reactor, log, caller = *std::move(caller), call = std::move(call)] {
        const bool late = caller.deadline < absl::Now();
        Finish(context, reactor, log, late ? app::DeadlinePassed() : call(caller));
      });
  if (!posted) Finish(context, reactor, log, app::Overloaded("call queue", kRetryAfter));
  return reactor;
}

void Dispatcher::RunStream(grpc::CallbackServerContext* context, const std::string& request_name,
                           Call call, const std::function<void(const absl::Status&)>& refuse) {
  const CallLog log{.method = request_name.substr(0, request_name.rfind("Request")),
                    .tag = EchoRequestTag(*context),
                    .start = absl::Now()};
  auto caller = Admit(*context, Access::kSignedIn, absl::InfiniteDuration());
  absl::Status refused = caller.status();
  if (caller.ok()) {
    const bool posted = executor_.Post(
        [log, caller = *std::move(caller), call = std::move(call)] { Log(log, call(caller)); });
    if (posted) return;
    refused = app::Overloaded("call queue", kRetryAfter);
  }
  Log(log, refused);
  refuse(refused);
}

}  // namespace gavel::rpc
