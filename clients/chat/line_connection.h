// A TCP connection that speaks lines, with TLS, for IRC. libcurl makes it, so names, certificates
// and time-outs are treated as for HTTP.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace gavel::chat {

// Not thread-safe.
class LineConnection {
 public:
  LineConnection() = default;
  ~LineConnection() { Close(); }
  LineConnection(const LineConnection&) = delete;
  LineConnection& operator=(const LineConnection&) = delete;

  // `server` is HOST:PORT. Without TLS only to this machine: a line could be read on the way.
  // Errors: INVALID_ARGUMENT for a bad server; UNAVAILABLE when it cannot be reached in 15 s.
  absl::Status Open(const std::string& server, bool tls);
  void Close();
  bool is_open() const { return easy_ != nullptr; }

  // `line` without its line break. UNAVAILABLE, and closed, when the peer went away.
  absl::Status SendLine(const std::string& line);

  // The next line without its line break; nothing when none came within `timeout`. UNAVAILABLE, and
  // closed, when the peer went away.
  absl::StatusOr<std::optional<std::string>> ReadLine(absl::Duration timeout);

 private:
  absl::Status Lost(const std::string& reason);
  // True when the socket is ready within `timeout`.
  bool WaitForSocket(short events, absl::Duration timeout) const;

  void* easy_ = nullptr;
  int socket_ = -1;
  std::string received_;
};

}  // namespace gavel::chat
