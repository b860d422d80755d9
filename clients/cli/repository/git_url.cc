// Three forms, as in git-clone(1):
//   SCHEME://[USER[:PASSWORD]@]HOST[:PORT]/PATH      [USER@]HOST:PATH      PATH or file://PATH
#include "clients/cli/repository/git_url.h"

#include <array>
#include <cctype>
#include <utility>

namespace gavel::cli {
namespace {

std::string LowerCase(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool IsDefaultPort(std::string_view scheme, std::string_view port) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPorts = {
      {{"https", "443"},
       {"http", "80"},
       {"ssh", "22"},
       {"git+ssh", "22"},
       {"ssh+git", "22"},
       {"git", "9418"}}};
  for (const auto& [name, number] : kPorts) {
    if (scheme == name) return port == number;
  }
  return false;
}

// Segments without empty ones, `.` and `..`, and without `.git` at the end.
std::string CleanPath(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (segment.empty() || segment == "." || segment == "..") continue;
    if (!out.empty()) out += '/';
    out += segment;
  }
  constexpr std::string_view kSuffix = ".git";
  if (out.ends_with("/.git")) return out.substr(0, out.size() - 5);
  if (out.size() > kSuffix.size() && out.ends_with(kSuffix))
    out.resize(out.size() - kSuffix.size());
  return out;
}

std::string Joined(std::string_view host, std::string_view path) {
  const std::string clean = CleanPath(path);
  return host.empty() || clean.empty() ? std::string() : std::string(host) + "/" + clean;
}

std::string_view WithoutUser(std::string_view authority) {
  const size_t at = authority.rfind('@');
  return at == std::string_view::npos ? authority : authority.substr(at + 1);
}

std::string FromUrl(std::string_view scheme, std::string_view rest) {
  const size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return "";
  if (scheme == "file") return Joined("local", rest.substr(slash));
  std::string_view host = WithoutUser(rest.substr(0, slash));
  const size_t colon = host.rfind(':');
  // A colon inside the brackets of an IPv6 address is not a port's.
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || IsDefaultPort(scheme, port)) host = host.substr(0, colon);
  }
  return Joined(LowerCase(host), rest.substr(slash));
}

}  // namespace

std::string NormaliseRepository(std::string_view url) {
  while (!url.empty() && std::isspace(static_cast<unsigned char>(url.back()))) url.remove_suffix(1);
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    return FromUrl(LowerCase(url.substr(0, scheme)), url.substr(scheme + 3));
  }
  const size_t colon = url.find(':');
  const size_t slash = url.find('/');
  if (colon != std::string_view::npos && colon > 0 && colon < slash) {
    return Joined(LowerCase(WithoutUser(url.substr(0, colon))), url.substr(colon + 1));
  }
  return Joined("local", url);
}

}  // namespace gavel::cli
