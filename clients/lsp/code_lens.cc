// One line above the title: where the spec stands, or what it would get.
#include <algorithm>
#include <cctype>

#include "clients/lsp/features.h"
#include "clients/lsp/header.h"
#include "fmt/format.h"

namespace gavel::lsp {
namespace {

// `Async review` for `STATE_ASYNC_REVIEW`.
std::string StateText(v1::Spec::State state) {
  std::string text = v1::Spec::State_Name(state);
  text = text.substr(std::min(text.size(), std::string("STATE_").size()));
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') text[i] = ' ';
    if (i > 0) text[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
  }
  return text;
}

// The line of `title:`, else of the first heading, else the first one.
int64_t TitleLine(const Document& document) {
  const std::string_view text = document.text();
  const auto header = HeaderOf(text);
  const TextIndex& index = document.index();
  int64_t heading = -1;
  for (int64_t line = 0; line < index.lines(); ++line) {
    const size_t begin = index.LineBegin(line);
    const bool in_header = header.has_value() && header->Contains(begin);
    if (in_header && text.substr(begin).starts_with("title:")) return line;
    if (!in_header && text.substr(begin).starts_with("# ")) heading = line;
    if (heading >= 0) break;
  }
  return std::max<int64_t>(heading, 0);
}

}  // namespace

std::string LiveText(const v1::Spec& spec) {
  int open = 0;
  int blocking = 0;
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.status() != v1::Concern::STATUS_OPEN) continue;
    ++open;
    if (concern.severity() == v1::Concern::SEVERITY_BLOCKING) ++blocking;
  }
  std::string text = fmt::format("{} · {} · {} open", spec.key(), StateText(spec.state()), open);
  if (blocking > 0) text += fmt::format(" ({} blocking)", blocking);
  return text;
}

Json CodeLenses(const View& view) {
  std::string title = WouldBe(view.analysis);
  if (view.live != nullptr && !view.document.edited()) title = LiveText(*view.live);
  if (title.empty()) return Json::array();
  const Json range = view.document.LineRangeJson(TitleLine(view.document), view.client.encoding);
  return {{{"range", range},
           {"command",
            {{"title", title},
             {"command", "gavel.explain"},
             {"arguments", Json::array({{{"uri", view.document.uri()}}})}}}}};
}

}  // namespace gavel::lsp
