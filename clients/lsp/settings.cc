#include "clients/lsp/settings.h"

#include <utility>

namespace gavel::lsp {
namespace {

void Take(const Json& json, std::string_view name, std::string& value) {
  if (auto text = TextAt(json, name); text.has_value()) value = *std::move(text);
}

}  // namespace

Settings WithOptions(Settings before, const Json& json) {
  before.online = BoolAt(json, "online", before.online);
  Take(json, "server", before.server);
  Take(json, "rules", before.rules);
  Take(json, "area", before.area);
  Take(json, "specLink", before.spec_link);
  return before;
}

ClientSupport SupportOf(const Json& capabilities) {
  const Json& text = At(capabilities, "textDocument");
  const Json& workspace = At(capabilities, "workspace");
  ClientSupport support;
  if (ListHas(capabilities, "general/positionEncodings", "utf-8")) {
    support.encoding = PositionEncoding::kUtf8;
  }
  support.snippets = BoolAt(text, "completion/completionItem/snippetSupport");
  support.completion_markdown =
      ListHas(text, "completion/completionItem/documentationFormat", "markdown");
  support.hover_markdown = ListHas(text, "hover/contentFormat", "markdown");
  support.nested_symbols = BoolAt(text, "documentSymbol/hierarchicalDocumentSymbolSupport");
  support.action_literals = At(text, "codeAction/codeActionLiteralSupport").is_object();
  support.pulls_diagnostics = At(text, "diagnostic").is_object();
  support.diagnostics_refresh = BoolAt(workspace, "diagnostics/refreshSupport");
  support.lens_refresh = BoolAt(workspace, "codeLens/refreshSupport");
  support.pulls_configuration = BoolAt(workspace, "configuration");
  return support;
}

}  // namespace gavel::lsp
