#include "clients/cli/wrap.h"

#include <algorithm>

namespace gavel::cli {

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

}  // namespace gavel::cli
