#include "clients/lsp/uri.h"

#include <cctype>

#include "fmt/format.h"

namespace gavel::lsp {
namespace {

int Digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string Decoded(std::string_view text) {
  std::string decoded;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && Digit(text[at + 1]) >= 0 &&
                        Digit(text[at + 2]) >= 0;
    if (!escape) {
      decoded += text[at];
      continue;
    }
    decoded += static_cast<char>(Digit(text[at + 1]) * 16 + Digit(text[at + 2]));
    at += 2;
  }
  return decoded;
}

bool IsUnreserved(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

}  // namespace

std::string PathOfUri(std::string_view uri) {
  for (const std::string_view scheme : {"file://localhost/", "file:///", "file:/"}) {
    if (!uri.starts_with(scheme)) continue;
    uri.remove_prefix(scheme.size() - 1);
    if (uri.starts_with("//")) return {};  // Another machine's: `file://server/share`.
    std::string path = Decoded(uri.substr(0, uri.find_first_of("?#")));
    return path.find('\0') == std::string::npos ? path : std::string();
  }
  return {};
}

std::string UriOfPath(std::string_view path) {
  std::string uri = "file://";
  for (const char c : path) {
    if (IsUnreserved(c)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

}  // namespace gavel::lsp
