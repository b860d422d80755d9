#include "rules/document/frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/unicode.h"
#include "rules/document.h"
#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Takes the next line off `rest`, without its line end.
std::string_view TakeLine(std::string_view& rest) {
  const size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool IsFence(std::string_view line) {
  return line.starts_with("---") && Trim(line.substr(3)).empty();
}

// `spec:` at the left margin, bare or in quotes, or first in a flow mapping. Looked for in the text
// and not in the parsed YAML: what is not ours may be anything, YAML or not.
bool HasSpecKey(std::string_view line) {
  if (line.starts_with('{')) line = Trim(line.substr(1));
  for (const std::string_view key : {"spec", "\"spec\"", "'spec'"}) {
    if (!line.starts_with(key)) continue;
    const std::string_view rest = Trim(line.substr(key.size()));
    if (rest == ":" || rest.starts_with(": ") || rest.starts_with(":\t")) return true;
  }
  return false;
}

int LineOf(std::string_view bytes, size_t offset) {
  const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(std::min(offset, bytes.size()));
  return 1 + static_cast<int>(std::count(bytes.begin(), end, '\n'));
}

}  // namespace

Frame SplitFrame(std::string_view bytes) {
  Frame frame;
  frame.byte_order_mark = bytes.starts_with(kByteOrderMark);
  if (frame.byte_order_mark) bytes.remove_prefix(kByteOrderMark.size());
  frame.crlf = bytes.find("\r\n") != std::string_view::npos;
  frame.body = bytes;

  std::string_view rest = bytes;
  if (!IsFence(TakeLine(rest))) return frame;
  const std::string_view block = rest;
  bool ours = false;
  for (int line_number = 2; !rest.empty(); ++line_number) {
    const size_t at = block.size() - rest.size();
    const std::string_view line = TakeLine(rest);
    ours = ours || HasSpecKey(line);
    if (!IsFence(line)) continue;
    frame.fenced = true;
    frame.ours = ours;
    frame.header = block.substr(0, at);
    frame.header_line = 2;
    frame.body = rest;
    frame.body_line = line_number + 1;
    return frame;
  }
  frame.unclosed = ours;
  return frame;
}

std::vector<v1::Finding> CheckReadable(std::string_view bytes, const Frame& frame) {
  std::vector<v1::Finding> findings;
  const auto add = [&](std::string_view code, int line, std::string message) {
    findings.push_back(MakeFinding(code, "content", message, line, 0));
  };
  if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    add("GV001", 0, "The file is empty. Start with `gavel new`.");
    return findings;
  }
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    add("GV003", LineOf(bytes, nul),
        fmt::format("NUL byte at offset {}: this is a binary file. Submit text.", nul));
  }
  if (const auto invalid = FirstInvalidUtf8(bytes)) {
    add("GV002", LineOf(bytes, *invalid),
        fmt::format("Byte {:#04x} at offset {} is not UTF-8. Save the file as UTF-8.",
                    static_cast<unsigned char>(bytes[*invalid]), *invalid));
  }
  if (frame.body.size() > kMaxBodyBytes) {
    add("GV004", 0,
        fmt::format("The body has {} bytes; at most {} are read. Move data and images out.",
                    frame.body.size(), kMaxBodyBytes));
  }
  if (frame.ours && frame.header.size() > kMaxFrontMatterBytes) {
    add("GV005", 2,
        fmt::format("The front matter has {} bytes; at most {} are read. Move text to the body.",
                    frame.header.size(), kMaxFrontMatterBytes));
  }
  if (!frame.ours && frame.fenced && frame.header.size() > kMaxBodyBytes) {
    add("GV004", 2,
        fmt::format("The header has {} bytes; at most {} are read.", frame.header.size(),
                    kMaxBodyBytes));
  }
  if (frame.unclosed) {
    add("GV006", 1,
        "The front matter that opens on line 1 never closes. End it with a line `---`.");
  }
  return findings;
}

std::string_view DocumentBody(std::string_view bytes) { return SplitFrame(bytes).body; }

}  // namespace gavel::rules
