// The outline: front matter and headings.
#include <utility>

#include "clients/lsp/features.h"
#include "clients/lsp/outline_lines.h"

namespace gavel::lsp {
namespace {

constexpr int kNamespace = 3;  // SymbolKind.
constexpr int kString = 15;

struct Symbol {
  std::string name;
  int kind = kString;
  int level = 1;
  LineSpan lines;
};

std::vector<Symbol> SymbolsOf(const Document& document) {
  const OutlineLines outline = OutlineOf(document);
  std::vector<Symbol> symbols;
  if (outline.has_header) symbols.push_back({"Front matter", kNamespace, 1, outline.header});
  for (const SectionLines& section : outline.sections) {
    // A symbol without a name breaks some clients.
    const std::string name = section.title.empty() ? "(empty)" : section.title;
    symbols.push_back({name, kString, section.level, section.lines});
  }
  return symbols;
}

Json LinesJson(const View& view, LineSpan lines) {
  const TextIndex& index = view.document.index();
  return view.Range(
      {index.LineBegin(lines.first), index.LineEnd(view.document.text(), lines.last)});
}

// The symbols from `at` on that stand deeper than `level`; moves `at` behind them.
Json Nested(const View& view, const std::vector<Symbol>& symbols, size_t& at, int level) {
  Json list = Json::array();
  while (at < symbols.size() && symbols[at].level > level) {
    const Symbol& symbol = symbols[at++];
    Json json = {{"name", symbol.name},
                 {"kind", symbol.kind},
                 {"range", LinesJson(view, symbol.lines)},
                 {"selectionRange", LinesJson(view, {symbol.lines.first, symbol.lines.first})}};
    Json children = Nested(view, symbols, at, symbol.level);
    if (!children.empty()) json["children"] = std::move(children);
    list.push_back(std::move(json));
  }
  return list;
}

Json Flat(const View& view, const std::vector<Symbol>& symbols) {
  Json list = Json::array();
  for (const Symbol& symbol : symbols) {
    list.push_back(
        {{"name", symbol.name},
         {"kind", symbol.kind},
         {"location", {{"uri", view.document.uri()}, {"range", LinesJson(view, symbol.lines)}}}});
  }
  return list;
}

}  // namespace

Json DocumentSymbols(const View& view) {
  const std::vector<Symbol> symbols = SymbolsOf(view.document);
  if (!view.client.nested_symbols) return Flat(view, symbols);
  size_t at = 0;
  return Nested(view, symbols, at, 0);
}

}  // namespace gavel::lsp
