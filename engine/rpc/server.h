// The listener and its transport settings.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/rpc/listen_address.h"
#include "engine/rpc/services.h"

namespace grpc {
class Server;
}

namespace gavel::rpc {

// Serves from construction to Shutdown(). Health says SERVING for every service, and reflection is
// on. Messages are limited to 4 MiB.
class Server {
 public:
  // Listens. What the services refer to must outlive the server.
  //
  // Errors: UNAVAILABLE (`INTERNAL`) when the address cannot be bound: another process has it,
  // since two servers never share a port here.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ListenAddress& listen,
                                                       std::vector<HostedService> services);
  ~Server();  // As Shutdown(absl::ZeroDuration()).

  // Where clients connect: the bound port in place of 0.
  const ListenAddress& address() const { return address_; }

  // Health says NOT_SERVING from now on; calls are still served. Load balancers turn away.
  void AnnounceStop();

  // Takes no new connection, waits up to `grace` for the calls under way, cancels the rest, and
  // returns when none is left. Idempotent.
  void Shutdown(absl::Duration grace);

 private:
  Server(ListenAddress address, std::vector<HostedService> services,
         std::unique_ptr<grpc::Server> server);

  const ListenAddress address_;
  const std::vector<HostedService> services_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace gavel::rpc
