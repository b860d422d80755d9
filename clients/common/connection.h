// A connection to gaveld for every C++ client: identity, deadlines, retries and errors with their
// `google.rpc` details. No gRPC type leaves this header, so that only one file pays for them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gavel/v1/watch_service.pb.h"
#include "google/protobuf/message.h"

namespace gavel::client {

inline constexpr char kDefaultServer[] = "127.0.0.1:4283";

struct ConnectionOptions {
  // `HOST:PORT`, `unix:PATH`, or `https://HOST:PORT` for TLS with the system's roots.
  std::string server = kDefaultServer;
  std::string token = {};                      // Sent as a bearer token; empty for none.
  std::string principal = {};                  // Believed by `gaveld --dev` only; empty for none.
  std::string user_agent = {};                 // `gavel-cli/0.1.0`.
  absl::Duration timeout = absl::Seconds(10);  // For one call with all its retries.
  // How long a server that cannot be reached is tried again, within the timeout. Shorter for calls
  // that may take long: a server that is gone is gone.
  absl::Duration retry_for = absl::Seconds(10);
  // Told once per call, before its first retry. May be empty.
  std::function<void(const absl::Status&)> on_retry = {};
};

// How one method is called: what the compiler knows of a request of gavel.v1, and what has to be
// said of a method that a program learns of at run time.
struct MethodCall {
  std::string path;  // `/gavel.v1.SpecService/GetSpec`
  // UNAVAILABLE is tried again: a read, or a write with a `request_id`.
  bool safe_to_repeat = false;
  absl::Duration timeout = absl::Seconds(10);  // With all retries; infinite for none.
};

// Thread-safe. The channel connects lazily, so an unreachable server shows at the first call.
class Connection {
 public:
  // Errors: INVALID_ARGUMENT for a token that would travel in clear text to another machine, or
  // that no header can carry.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(ConnectionOptions options);
  ~Connection();

  // The RPC whose request type `request` has; every request of gavel.v1 belongs to exactly one.
  // Blocks up to the timeout. UNAVAILABLE is tried again where that is safe: a read, or a write
  // with a `request_id`. Errors are the server's, with the payloads that engine/base/error.h reads.
  absl::Status Call(const google::protobuf::Message& request, google::protobuf::Message* response);

  absl::Status Call(const MethodCall& method, const google::protobuf::Message& request,
                    google::protobuf::Message* response);

  template <typename Response>
  absl::StatusOr<Response> Call(const google::protobuf::Message& request) {
    Response response;
    if (absl::Status status = Call(request, &response); !status.ok()) return status;
    return response;
  }

  // A server stream of the RPC whose request type `request` has: `on_message` sees each message.
  // Blocks, deadline and repetition as with `Call`; a repeated stream begins again.
  template <typename Response>
  absl::Status Stream(const google::protobuf::Message& request,
                      const std::function<void(const Response&)>& on_message) {
    Response message;
    return Stream(MethodFor(request), request, &message, [&] { on_message(message); });
  }
  // Each message of the stream in turn is in `message` when `on_message` is told.
  absl::Status Stream(const MethodCall& method, const google::protobuf::Message& request,
                      google::protobuf::Message* message, const std::function<void()>& on_message);

  // Return false to end the stream.
  using OnWatch = std::function<bool(const v1::WatchEventsResponse&)>;

  // One WatchEvents stream, until it ends or `deadline` passes. OK where the callback ended it.
  // Reconnecting is the caller's: only it knows the last cursor that took effect.
  absl::Status Watch(const v1::WatchEventsRequest& request, const OnWatch& on_response,
                     absl::Time deadline = absl::InfiniteFuture());

  // Ends every stream of this connection, now and from now on: `Watch` answers CANCELLED. For a
  // program that is told to stop while it waits for events.
  void CancelWatches();

  const ConnectionOptions& options() const { return options_; }

 private:
  struct Channel;
  class WatchEntry;
  Connection(ConnectionOptions options, std::unique_ptr<Channel> channel);

  MethodCall MethodFor(const google::protobuf::Message& request) const;
  // Runs `once` until the server answers, the deadline passes, or it must not be repeated.
  absl::Status Persist(const MethodCall& method,
                       const std::function<absl::Status(absl::Time deadline)>& once);
  absl::Status CallOnce(const std::string& path, const google::protobuf::Message& request,
                        google::protobuf::Message* response, absl::Time deadline);
  absl::Status StreamOnce(const std::string& path, const google::protobuf::Message& request,
                          google::protobuf::Message* message,
                          const std::function<void()>& on_message, absl::Time deadline);

  const ConnectionOptions options_;
  const std::unique_ptr<Channel> channel_;
};

// True where a header can carry `token`: printable ASCII without blanks, not empty.
bool IsToken(std::string_view token);

// True where what is sent to `server` cannot be read on the way: TLS, or this machine.
bool IsPrivate(const std::string& server);

// True where a stream that ended with `status` should be opened again: the server went away, the
// transport broke (a killed server shows as ABORTED or INTERNAL as well as UNAVAILABLE), or there
// are too many streams for the moment (RESOURCE_EXHAUSTED).
bool IsStreamRetryable(const absl::Status& status);

}  // namespace gavel::client
