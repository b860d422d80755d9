#include "clients/cli/account/server_name.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "clients/cli/command.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kTls = "https://";
constexpr std::string_view kUnix = "unix:";

bool IsPort(std::string_view text) {
  uint32_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port <= 65535;
}

// A name, an IPv4 address, or an IPv6 address in brackets.
bool IsHost(std::string_view text) {
  const bool brackets = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (brackets) text = text.substr(1, text.size() - 2);
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    const bool word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
    return word || c == '_' || (brackets && c == ':');
  });
}

bool IsHostAndPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  return colon != std::string_view::npos && IsHost(text.substr(0, colon)) &&
         IsPort(text.substr(colon + 1));
}

}  // namespace

absl::Status CheckServerName(const std::string& server) {
  const std::string_view name = server;
  const std::string_view host = name.starts_with(kTls) ? name.substr(kTls.size()) : "";
  if (IsHostAndPort(name) || IsHost(host) || IsHostAndPort(host) ||
      (name.starts_with(kUnix) && name.size() > kUnix.size())) {
    return absl::OkStatus();
  }
  return UsageError(fmt::format(
      "`{}` is no server: write HOST:PORT, https://HOST:PORT or unix:PATH; a port is at "
      "most 65535",
      server));
}

}  // namespace gavel::cli
