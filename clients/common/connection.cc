#include "clients/common/connection.h"

#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/time/clock.h"
#include "clients/common/backoff.h"
#include "clients/common/method.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/watch_service.grpc.pb.h"
#include "google/rpc/status.pb.h"

namespace gavel::client {
namespace {

constexpr char kTlsPrefix[] = "https://";
constexpr char kUnreadableAnswer[] = "the answer does not parse";
constexpr int kMaxReceiveBytes = 16 << 20;  // A page of specs with long histories.

bool IsTls(const std::string& server) { return server.rfind(kTlsPrefix, 0) == 0; }

// This machine by address: `127.example.org` is a name that somebody else may own.
bool IsLocal(const std::string& server) {
  if (server.rfind("unix:", 0) == 0) return true;
  const std::string host = server.substr(0, server.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

// Copies every detail, so that engine/base/error.h reads a server's error like one of our own.
absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status out(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return out;
  for (const auto& detail : details.details()) {
    out.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return out;
}

absl::Status OutcomeOf(const grpc::Status& status, const std::string& server) {
  // Without a reason of ours the transport speaks, and it does not say to whom.
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    return absl::UnavailableError("cannot reach " + server + ": " + status.error_message());
  }
  return FromGrpc(status);
}

// The one operation that is under way; false where it failed.
bool WaitFor(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

void Prepare(const ConnectionOptions& options, absl::Time deadline, grpc::ClientContext& context) {
  if (deadline != absl::InfiniteFuture()) context.set_deadline(absl::ToChronoTime(deadline));
  if (!options.token.empty()) context.AddMetadata("authorization", "Bearer " + options.token);
  if (!options.principal.empty()) context.AddMetadata("gavel-principal", options.principal);
}

grpc::ChannelArguments ChannelArgumentsFor(const ConnectionOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetUserAgentPrefix(options.user_agent);
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  // Quick to notice a server that comes back; the calls' own back-off limits the rate.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // A server throws off clients that ping more often than every 20 s.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  return arguments;
}

grpc::ByteBuffer Pack(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

bool Unpack(grpc::ByteBuffer& buffer, google::protobuf::Message* message) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) return false;
  return message->ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

}  // namespace

struct Connection::Channel {
  explicit Channel(std::shared_ptr<grpc::Channel> channel)
      : generic(channel), watch(v1::WatchService::NewStub(channel)) {}

  grpc::GenericStub generic;
  std::unique_ptr<v1::WatchService::Stub> watch;

  // Open streams, so that another thread can end them.
  std::mutex mutex;
  std::set<grpc::ClientContext*> watching;
  bool cancelled = false;
};

// Lists a stream as open while it lives.
class Connection::WatchEntry {
 public:
  WatchEntry(Channel& channel, grpc::ClientContext& context)
      : channel_(channel), context_(context) {
    std::lock_guard lock(channel_.mutex);
    channel_.watching.insert(&context_);
    if (channel_.cancelled) context_.TryCancel();
  }
  ~WatchEntry() {
    std::lock_guard lock(channel_.mutex);
    channel_.watching.erase(&context_);
  }

 private:
  Channel& channel_;
  grpc::ClientContext& context_;
};

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(ConnectionOptions options) {
  if (!options.token.empty() && !IsToken(options.token)) {
    return FieldError("token", "a token is one word of printable ASCII characters");
  }
  if (!options.token.empty() && !IsPrivate(options.server)) {
    return FieldError("server", "`" + options.server +
                                    "` is another machine without TLS; a token is sent there only "
                                    "over https://HOST:PORT");
  }
  const bool tls = IsTls(options.server);
  const std::string target = tls ? options.server.substr(sizeof(kTlsPrefix) - 1) : options.server;
  const auto credentials = tls ? grpc::SslCredentials({}) : grpc::InsecureChannelCredentials();
  auto channel = std::make_unique<Channel>(
      grpc::CreateCustomChannel(target, credentials, ChannelArgumentsFor(options)));
  return std::unique_ptr<Connection>(new Connection(std::move(options), std::move(channel)));
}

Connection::Connection(ConnectionOptions options, std::unique_ptr<Channel> channel)
    : options_(std::move(options)), channel_(std::move(channel)) {}

Connection::~Connection() = default;

MethodCall Connection::MethodFor(const google::protobuf::Message& request) const {
  return {MethodPathOf(request), IsSafeToRepeat(request), options_.timeout};
}

absl::Status Connection::Call(const google::protobuf::Message& request,
                              google::protobuf::Message* response) {
  return Call(MethodFor(request), request, response);
}

absl::Status Connection::Call(const MethodCall& method, const google::protobuf::Message& request,
                              google::protobuf::Message* response) {
  return Persist(method, [&](absl::Time deadline) {
    return CallOnce(method.path, request, response, deadline);
  });
}

absl::Status Connection::Stream(const MethodCall& method, const google::protobuf::Message& request,
                                google::protobuf::Message* message,
                                const std::function<void()>& on_message) {
  return Persist(method, [&](absl::Time deadline) {
    return StreamOnce(method.path, request, message, on_message, deadline);
  });
}

absl::Status Connection::Persist(const MethodCall& method,
                                 const std::function<absl::Status(absl::Time deadline)>& once) {
  const absl::Time deadline = absl::Now() + method.timeout;
  absl::Time last_try = deadline;
  Backoff backoff;
  for (bool first = true;; first = false) {
    const absl::Status status = once(deadline);
    if (!absl::IsUnavailable(status) || !method.safe_to_repeat) return status;
    const absl::Duration pause = backoff.Next();
    if (first) last_try = std::min(deadline, absl::Now() + options_.retry_for);
    if (absl::Now() + pause >= last_try) return status;
    if (first && options_.on_retry) options_.on_retry(status);
    absl::SleepFor(pause);
  }
}

absl::Status Connection::CallOnce(const std::string& path, const google::protobuf::Message& request,
                                  google::protobuf::Message* response, absl::Time deadline) {
  grpc::ClientContext context;
  Prepare(options_, deadline, context);
  grpc::CompletionQueue queue;
  const auto call = channel_->generic.PrepareUnaryCall(&context, path, Pack(request), &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  WaitFor(queue);
  GAVEL_RETURN_IF_ERROR(OutcomeOf(status, options_.server));
  if (!Unpack(answer, response)) return absl::InternalError(kUnreadableAnswer);
  return absl::OkStatus();
}

absl::Status Connection::StreamOnce(const std::string& path,
                                    const google::protobuf::Message& request,
                                    google::protobuf::Message* message,
                                    const std::function<void()>& on_message, absl::Time deadline) {
  grpc::ClientContext context;
  Prepare(options_, deadline, context);
  grpc::CompletionQueue queue;
  const auto call = channel_->generic.PrepareCall(&context, path, &queue);
  call->StartCall(nullptr);
  bool open = WaitFor(queue);
  if (open) {
    call->WriteLast(Pack(request), grpc::WriteOptions(), nullptr);
    open = WaitFor(queue);
  }
  absl::Status parsed;
  grpc::ByteBuffer answer;
  while (open) {
    call->Read(&answer, nullptr);
    if (!WaitFor(queue)) break;
    if (!Unpack(answer, message)) {
      parsed = absl::InternalError(kUnreadableAnswer);
      context.TryCancel();
      break;
    }
    on_message();
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  WaitFor(queue);
  return parsed.ok() ? OutcomeOf(status, options_.server) : parsed;
}

absl::Status Connection::Watch(const v1::WatchEventsRequest& request, const OnWatch& on_response,
                               absl::Time deadline) {
  grpc::ClientContext context;
  Prepare(options_, deadline, context);
  const WatchEntry entry(*channel_, context);
  const auto reader = channel_->watch->WatchEvents(&context, request);
  v1::WatchEventsResponse response;
  while (reader->Read(&response)) {
    if (on_response(response)) continue;
    context.TryCancel();
    reader->Finish();
    return absl::OkStatus();
  }
  return FromGrpc(reader->Finish());
}

void Connection::CancelWatches() {
  std::lock_guard lock(channel_->mutex);
  channel_->cancelled = true;
  for (grpc::ClientContext* context : channel_->watching) context->TryCancel();
}

bool IsToken(std::string_view token) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

bool IsPrivate(const std::string& server) { return IsTls(server) || IsLocal(server); }

bool IsStreamRetryable(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsInternal(status) || absl::IsAborted(status) ||
         absl::IsResourceExhausted(status);
}

}  // namespace gavel::client
