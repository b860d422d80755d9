#include "engine/rpc/server.h"

#include <utility>

#include "absl/time/clock.h"
#include "engine/base/error.h"
#include "fmt/format.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"

namespace gavel::rpc {
namespace {

// A document of 1 MiB, evidence of 3 MiB, and room for the rest of the request.
constexpr int kMessageBytesMax = 5 << 20;
constexpr size_t kTransportBytesMax = size_t{256} << 20;
constexpr int kSecondMs = 1000;
constexpr int kMinuteMs = 60 * kSecondMs;

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMessageBytesMax);
  builder.SetMaxSendMessageSize(kMessageBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 256);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 8 << 10);
  // A second server on the same port must fail, not answer every other call.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetResourceQuota(grpc::ResourceQuota("gaveld").Resize(kTransportBytesMax));
}

// Clients that watch a quiet log ping every 30 s; gRPC's own defaults would throw them off.
void SetKeepalive(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 20 * kSecondMs);
  // gRPC spreads the age by 10 %. Every watcher practises resuming, every half hour.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 30 * kMinuteMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 5 * kMinuteMs);
}

absl::Status CannotListen(const ListenAddress& listen) {
  return MakeError(
      absl::StatusCode::kUnavailable, "INTERNAL",
      fmt::format("Cannot listen on {}. Does another gaveld run there?", listen.ToString()),
      {{"listen", listen.ToString()}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ListenAddress& listen,
                                                      std::vector<HostedService> services) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(builder);
  SetKeepalive(builder);
  int port = 0;
  builder.AddListeningPort(listen.ToString(), grpc::InsecureServerCredentials(), &port);
  for (const auto& hosted : services) builder.RegisterService(hosted.service.get());
  auto grpc_server = builder.BuildAndStart();
  if (grpc_server == nullptr || port == 0) return CannotListen(listen);

  ListenAddress bound = listen;
  if (bound.unix_path.empty()) bound.port = port;
  return std::unique_ptr<Server>(
      new Server(std::move(bound), std::move(services), std::move(grpc_server)));
}

Server::Server(ListenAddress address, std::vector<HostedService> services,
               std::unique_ptr<grpc::Server> server)
    : address_(std::move(address)), services_(std::move(services)), server_(std::move(server)) {
  auto* health = server_->GetHealthCheckService();
  for (const auto& hosted : services_) health->SetServingStatus(hosted.name, true);
}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

void Server::AnnounceStop() { server_->GetHealthCheckService()->SetServingStatus(false); }

void Server::Shutdown(absl::Duration grace) {
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
}

}  // namespace gavel::rpc
