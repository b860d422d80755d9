// One line of the IRC protocol (RFC 2812): `[:prefix ]command[ params][ :trailing]`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::chat {

struct IrcLine {
  std::string prefix;               // Without its colon; may be empty.
  std::string command;              // `PING`, `001`.
  std::vector<std::string> params;  // The trailing one last, without its colon.

  // The last parameter, where the words are; empty without parameters.
  std::string text() const { return params.empty() ? "" : params.back(); }
  // A numeric error reply, or ERROR.
  bool is_error() const;
};

// `line` without its line break. Never fails: an empty line has an empty command.
IrcLine ParseIrcLine(std::string_view line);

}  // namespace gavel::chat
