#include "clients/lsp/capabilities.h"

namespace gavel::lsp {

Json ServerCapabilities(const ClientSupport& client) {
  constexpr int kIncremental = 2;
  Json capabilities = {
      {"positionEncoding", client.encoding == PositionEncoding::kUtf8 ? "utf-8" : "utf-16"},
      {"textDocumentSync",
       {{"openClose", true}, {"change", kIncremental}, {"save", {{"includeText", false}}}}},
      // A blank offers the values of the key before it, a hash the missing sections.
      {"completionProvider", {{"triggerCharacters", {" ", "/", "@", "\"", "{", "#"}}}},
      {"hoverProvider", true},
      {"codeActionProvider", {{"codeActionKinds", {"quickfix", "source.fixAll.gavel"}}}},
      {"codeLensProvider", {{"resolveProvider", false}}},
      {"documentLinkProvider", {{"resolveProvider", false}}},
      {"foldingRangeProvider", true},
      {"documentSymbolProvider", true},
      {"executeCommandProvider", {{"commands", {kCheckCommand, kExplainCommand, kSubmitCommand}}}},
  };
  if (client.pulls_diagnostics) {
    capabilities["diagnosticProvider"] = {
        {"identifier", "gavel"}, {"interFileDependencies", false}, {"workspaceDiagnostics", false}};
  }
  return {{"capabilities", capabilities},
          {"serverInfo", {{"name", "gavel"}, {"version", GAVEL_VERSION}}}};
}

}  // namespace gavel::lsp
