// What the metadata of a call says.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "engine/rpc/identity.h"
#include "grpcpp/server_context.h"

namespace gavel::rpc {

// The views point into `context`.
Credentials CredentialsOf(const grpc::CallbackServerContext& context);

// Names the call for support: the client's `x-gavel-request` where that is 1 to 64 letters, digits,
// `-`, `_` or `.`, else a new one. Echoed as initial metadata. Call once, before anything is sent.
std::string EchoRequestTag(grpc::CallbackServerContext& context);

// The client's deadline, or `default_deadline` from now.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context, absl::Duration default_deadline);

}  // namespace gavel::rpc
