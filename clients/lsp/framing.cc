#include "clients/lsp/framing.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/ascii.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::lsp {
namespace {

constexpr std::string_view kHeaderEnd = "\r\n\r\n";
constexpr std::string_view kLength = "content-length";
constexpr std::string_view kType = "content-type";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower;
}

absl::Status Malformed(std::string_view what, std::string_view value) {
  return absl::InvalidArgumentError(fmt::format("{} `{}`", what, value.substr(0, 100)));
}

absl::StatusOr<size_t> LengthOf(std::string_view value) {
  size_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc() || end != value.data() + value.size()) {
    return Malformed("Content-Length is no number:", value);
  }
  if (length > kMaxMessageBytes) {
    return absl::InvalidArgumentError(
        fmt::format("a message of {} bytes; at most {} are read", length, kMaxMessageBytes));
  }
  return length;
}

absl::StatusOr<size_t> ContentLength(std::string_view header) {
  std::optional<size_t> length;
  while (!header.empty()) {
    const size_t end = std::min(header.find("\r\n"), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 2, header.size()));
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return Malformed("no header field:", line);
    const std::string name = Lower(Trimmed(line.substr(0, colon)));
    const std::string_view value = Trimmed(line.substr(colon + 1));
    if (name == kLength) {
      if (length.has_value()) return Malformed("a second Content-Length:", value);
      GAVEL_ASSIGN_OR_RETURN(length, LengthOf(value));
    } else if (name == kType) {
      const std::string type = Lower(value);
      const bool utf8 = type.find("charset") == std::string::npos ||
                        type.find("utf-8") != std::string::npos ||
                        type.find("utf8") != std::string::npos;
      if (!utf8) return Malformed("only UTF-8 is read, not", value);
    } else {
      return Malformed("unknown header field", line);
    }
  }
  if (!length.has_value()) return absl::InvalidArgumentError("no Content-Length");
  return *length;
}

}  // namespace

std::string Framed(std::string_view message) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", message.size(), message);
}

absl::StatusOr<std::optional<std::string>> FrameReader::Next() {
  const std::string_view waiting = std::string_view(buffer_).substr(taken_);
  const size_t end = waiting.substr(0, kMaxHeaderBytes).find(kHeaderEnd);
  if (end == std::string_view::npos) {
    if (waiting.size() >= kMaxHeaderBytes) return Malformed("no end of header:", waiting);
    return std::nullopt;
  }
  GAVEL_ASSIGN_OR_RETURN(const size_t length, ContentLength(waiting.substr(0, end)));
  const size_t begin = end + kHeaderEnd.size();
  if (waiting.size() - begin < length) return std::nullopt;
  std::string message(waiting.substr(begin, length));
  taken_ += begin + length;
  if (taken_ == buffer_.size() || taken_ > kMaxMessageBytes) {
    buffer_.erase(0, taken_);
    taken_ = 0;
  }
  return message;
}

}  // namespace gavel::lsp
