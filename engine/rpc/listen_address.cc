#include "engine/rpc/listen_address.h"

#include <arpa/inet.h>

#include <charconv>
#include <optional>

#include "engine/base/error.h"
#include "fmt/format.h"

namespace gavel::rpc {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";

std::optional<int> ParsePort(std::string_view text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (port < 0 || port > 65535) return std::nullopt;
  return port;
}

bool IsLoopbackIp(const std::string& host) {
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6;
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

absl::StatusOr<ListenAddress> ParseUnix(std::string_view path) {
  if (!path.starts_with('/')) {
    return FieldError("listen", fmt::format("`{}` is no absolute socket path. Use "
                                            "unix:/run/gavel/gavel.sock.",
                                            path));
  }
  return ListenAddress{.host = "", .port = 0, .unix_path = std::string(path)};
}

}  // namespace

bool ListenAddress::IsLocal() const {
  return !unix_path.empty() || host == "localhost" || IsLoopbackIp(host);
}

std::string ListenAddress::ToString() const {
  if (!unix_path.empty()) return fmt::format("{}{}", kUnixPrefix, unix_path);
  const bool ipv6 = host.find(':') != std::string::npos;
  return ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text) {
  if (text.starts_with(kUnixPrefix)) return ParseUnix(text.substr(kUnixPrefix.size()));
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return FieldError("listen", fmt::format("`{}` is not HOST:PORT. Use 127.0.0.1:4283.", text));
  }
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto port = ParsePort(text.substr(colon + 1));
  if (host.empty() || !port.has_value()) {
    return FieldError("listen", fmt::format("`{}` needs a host and a port from 0 to 65535, as in "
                                            "127.0.0.1:4283.",
                                            text));
  }
  return ListenAddress{.host = std::string(host), .port = *port, .unix_path = ""};
}

}  // namespace gavel::rpc
