// The base protocol: how messages stand in a stream of bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace gavel::lsp {

// Of one header block and of one message. A spec is at most 1 MiB; JSON may write each of its bytes
// as six characters.
inline constexpr size_t kMaxHeaderBytes = 4096;
inline constexpr size_t kMaxMessageBytes = 16 * 1024 * 1024;

// `Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"…}`.
std::string Framed(std::string_view message);

// Takes bytes as they arrive and gives back whole messages.
class FrameReader {
 public:
  void Feed(std::string_view bytes) { buffer_ += bytes; }

  // The next message; nothing where it has not arrived entirely.
  //
  // Errors: INVALID_ARGUMENT for a header that is not one, or a message over the limit. Where the
  // next message starts cannot be told then: the stream is of no more use.
  absl::StatusOr<std::optional<std::string>> Next();

  // True between messages: the stream may end here.
  bool IsIdle() const { return buffer_.size() == taken_; }

 private:
  std::string buffer_;
  size_t taken_ = 0;  // Of `buffer_`, messages that were given back.
};

}  // namespace gavel::lsp
