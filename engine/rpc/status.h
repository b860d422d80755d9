// From our errors to the wire.
#pragma once

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace gavel::rpc {

// The status as gRPC sends it: code, message, and every payload as a detail of the
// `google.rpc.Status` in `grpc-status-details-bin`. UNKNOWN leaves as INTERNAL, and an error
// without ErrorInfo gets one. Details and message are cut to what fits into 8 KiB of trailers,
// which is what gRPC clients accept: field violations go first, and ErrorInfo's
// `violations_omitted` counts them.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace gavel::rpc
