#include "clients/chat/line_connection.h"

#include <curl/curl.h>
#include <poll.h>

#include <array>

#include "absl/time/clock.h"
#include "clients/chat/http.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(15);
constexpr size_t kMostPending = 64 * 1024;  // A peer that never ends its line is not one of ours.

}  // namespace

absl::Status LineConnection::Open(const std::string& server, bool tls) {
  Close();
  const std::string url = fmt::format("{}://{}", tls ? "https" : "http", server);
  if (!CheckUrl(url).ok()) {
    return absl::InvalidArgumentError("without TLS only a server on this machine is allowed");
  }
  easy_ = curl_easy_init();
  curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy_, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy_, CURLOPT_SSL_ENABLE_ALPN, 0L);
  curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(kTimeout)));
  const CURLcode code = curl_easy_perform(easy_);
  if (code != CURLE_OK) return Lost(curl_easy_strerror(code));
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy_, CURLINFO_ACTIVESOCKET, &socket);
  socket_ = socket;
  return absl::OkStatus();
}

void LineConnection::Close() {
  if (easy_ != nullptr) curl_easy_cleanup(easy_);
  easy_ = nullptr;
  socket_ = -1;
  received_.clear();
}

absl::Status LineConnection::Lost(const std::string& reason) {
  Close();
  return absl::UnavailableError(reason);
}

bool LineConnection::WaitForSocket(short events, absl::Duration timeout) const {
  pollfd entry = {.fd = socket_, .events = events, .revents = 0};
  const auto milliseconds = static_cast<int>(absl::ToInt64Milliseconds(timeout));
  return poll(&entry, 1, milliseconds) > 0;
}

absl::Status LineConnection::SendLine(const std::string& line) {
  if (!is_open()) return absl::UnavailableError("not connected");
  const std::string bytes = line + "\r\n";
  for (size_t sent = 0; sent < bytes.size();) {
    size_t count = 0;
    const CURLcode code = curl_easy_send(easy_, bytes.data() + sent, bytes.size() - sent, &count);
    if (code == CURLE_AGAIN) {
      if (!WaitForSocket(POLLOUT, kTimeout)) return Lost("the server does not read");
      continue;
    }
    if (code != CURLE_OK) return Lost(curl_easy_strerror(code));
    sent += count;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> LineConnection::ReadLine(absl::Duration timeout) {
  if (!is_open()) return absl::UnavailableError("not connected");
  const absl::Time deadline = absl::Now() + timeout;
  while (true) {
    const size_t end = received_.find('\n');
    if (end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 1);
      while (!line.empty() && line.back() == '\r') line.pop_back();
      return line;
    }
    if (received_.size() > kMostPending) return Lost("a line without end");
    std::array<char, 4096> buffer;
    size_t count = 0;
    const CURLcode code = curl_easy_recv(easy_, buffer.data(), buffer.size(), &count);
    if (code == CURLE_OK && count > 0) {
      received_.append(buffer.data(), count);
      continue;
    }
    if (code != CURLE_AGAIN) return Lost("the server closed the connection");
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) return std::optional<std::string>();
    WaitForSocket(POLLIN, left);
  }
}

}  // namespace gavel::chat
