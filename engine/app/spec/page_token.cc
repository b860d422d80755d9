#include "engine/app/spec/page_token.h"

#include <charconv>

#include "absl/strings/escaping.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr size_t kCheckDigits = 16;

std::string CheckOf(std::string_view position, std::string_view query) {
  return Sha256Hex(fmt::format("page {} {}", position, query)).substr(0, kCheckDigits);
}

absl::Status Invalid() {
  return MakeInvalid("PAGE_TOKEN_INVALID",
                     "page_token: not a token of this list; start with an empty one.",
                     {{"page_token", "must be a `next_page_token` of the same list", ""}});
}

}  // namespace

std::string MakePageToken(int64_t after, std::string_view query) {
  const std::string position = std::to_string(after);
  return absl::WebSafeBase64Escape(position + "." + CheckOf(position, query));
}

absl::StatusOr<int64_t> ReadPageToken(std::string_view token, std::string_view query) {
  if (token.empty()) return 0;
  std::string plain;
  if (!absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &plain)) {
    return Invalid();
  }
  const size_t dot = plain.find('.');
  if (dot == std::string::npos) return Invalid();
  const std::string_view position = std::string_view(plain).substr(0, dot);
  int64_t after = 0;
  const auto parsed = std::from_chars(position.data(), position.data() + position.size(), after);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == position.data() + position.size();
  if (!whole || plain.substr(dot + 1) != CheckOf(position, query)) return Invalid();
  return after;
}

absl::StatusOr<int> PageSize(int asked, int usual, int most) {
  if (asked == 0) return usual;
  if (asked < 1 || asked > most) {
    return FieldError("page_size", fmt::format("must be 1 to {}, or 0 for {}", most, usual));
  }
  return asked;
}

}  // namespace gavel::app
