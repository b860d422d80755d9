#include "clients/lsp/header.h"

#include <algorithm>

#include "rules/document/frame.h"

namespace gavel::lsp {

std::optional<Header> HeaderOf(std::string_view text) {
  const rules::Frame frame = rules::SplitFrame(text);
  if (frame.fenced) {
    return Header{frame.header, static_cast<size_t>(frame.header.data() - text.data())};
  }
  if (!frame.body.starts_with("---\n") && !frame.body.starts_with("---\r\n")) return std::nullopt;
  const size_t begin = text.find('\n') + 1;
  return Header{text.substr(begin), begin};
}

}  // namespace gavel::lsp
