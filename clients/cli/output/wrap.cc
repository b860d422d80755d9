#include "clients/cli/output/wrap.h"

#include <algorithm>

namespace gavel::cli {
namespace {

// Where `text` has to be broken to fit into `width` columns: the last space that fits, else the
// first there is; its size where it fits as it is. Not before `from`.
size_t BreakOf(std::string_view text, size_t width, size_t from) {
  size_t columns = 0;
  size_t last = std::string_view::npos;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\033') {
      at = std::min(text.find('m', at), text.size());
      continue;
    }
    if (text[at] == ' ' && at > from) {
      if (columns > width && last == std::string_view::npos) return at;
      last = at;
    }
    if ((text[at] & 0xC0) != 0x80) ++columns;
    if (columns > width && last != std::string_view::npos) return last;
  }
  return text.size();
}

// Bytes of the first `width` columns of `text`; a colour goes with what is before it.
size_t BytesOf(std::string_view text, size_t width) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\033') {
      at = std::min(text.find('m', at), text.size());
    } else if ((text[at] & 0xC0) != 0x80 && ++columns > width) {
      return at;
    }
  }
  return text.size();
}

std::string TrimmedRight(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

std::vector<std::string> Wrap(std::string_view text, int width) {
  const auto most = static_cast<size_t>(std::max(width, 1));
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (line.size() + 1 + word.size() <= most) {
      line += ' ';
      line += word;
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

std::vector<std::string> WrapHanging(std::string_view text, size_t width, size_t indent) {
  const std::string margin(indent, ' ');
  std::vector<std::string> lines;
  size_t from = std::min(text.find_first_not_of(' '), text.size());  // Its own indentation.
  for (size_t room = width; lines.empty() || !text.empty(); from = 0) {
    const size_t end = BreakOf(text, room, from);
    lines.push_back((lines.empty() ? "" : margin) + TrimmedRight(text.substr(0, end)));
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    room = width > indent ? width - indent : 1;
  }
  return lines;
}

std::vector<std::string> WrapCell(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (const std::string& wrapped : WrapHanging(text, width, 0)) {
    std::string_view line = wrapped;
    do {
      const size_t end = BytesOf(line, std::max<size_t>(width, 1));
      lines.emplace_back(line.substr(0, end));
      line.remove_prefix(end);
    } while (!line.empty());
  }
  return lines;
}

size_t ColumnsOf(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\033') {
      at = std::min(text.find('m', at), text.size());
    } else if ((text[at] & 0xC0) != 0x80) {
      ++columns;
    }
  }
  return columns;
}

}  // namespace gavel::cli
