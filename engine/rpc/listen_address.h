// Where the server listens: `HOST:PORT`, `[IPV6]:PORT` or `unix:PATH`.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace gavel::rpc {

struct ListenAddress {
  std::string host;       // Without brackets; empty for a Unix socket.
  int port = 0;           // 0: the system picks one.
  std::string unix_path;  // Empty for TCP.

  // True where nobody outside this machine can connect.
  bool IsLocal() const;
  // What gRPC and clients take; the inverse of ParseListenAddress.
  std::string ToString() const;
};

// INVALID_ARGUMENT `FIELD_INVALID` (field `listen`): no host, no port, a port outside 0 to 65535,
// or an empty or relative socket path.
absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text);

}  // namespace gavel::rpc
