// Outgoing HTTP for chat services, with the limits that keep a slow or hostile one harmless: 15 s
// for everything, no redirects, answers cut off at a cap, https only (http to this machine).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace gavel::chat {

inline constexpr size_t kAnswerCap = 16 * 1024;
// A page of a channel's history holds other people's messages, up to 40,000 characters each.
inline constexpr size_t kHistoryAnswerCap = 1024 * 1024;

struct HttpRequest {
  std::string url;
  std::vector<std::string> headers;  // `Name: value`.
  std::string body;
  size_t answer_cap = kAnswerCap;
};

struct HttpAnswer {
  int status = 0;
  std::optional<absl::Duration> retry_after;
  std::string body;
};

class Http {
 public:
  virtual ~Http() = default;

  // POST. Errors: FAILED_PRECONDITION when nothing was sent (no connection); UNKNOWN when the
  // request may have arrived and the answer is lost. Messages name no address.
  virtual absl::StatusOr<HttpAnswer> Post(const HttpRequest& request) = 0;
};

// libcurl; a connection per request. Not thread-safe: one per destination.
class CurlHttp final : public Http {
 public:
  CurlHttp();
  ~CurlHttp() override;
  CurlHttp(const CurlHttp&) = delete;
  CurlHttp& operator=(const CurlHttp&) = delete;

  absl::StatusOr<HttpAnswer> Post(const HttpRequest& request) override;

 private:
  void* easy_;
};

// OK for `https://…`, and for `http://` to 127.0.0.1, [::1] or localhost; else INVALID_ARGUMENT.
// The message does not repeat the address: it may be a secret.
absl::Status CheckUrl(const std::string& url);

}  // namespace gavel::chat
