// Requests about a document: which one, where in it, and the feature that answers.
#include <utility>

#include "clients/lsp/server.h"
#include "fmt/format.h"

namespace gavel::lsp {

std::optional<View> Server::ViewOf(const Json& params) {
  const auto uri = TextAt(params, "textDocument/uri");
  if (!uri.has_value()) {
    Refuse(RpcError::kInvalidParams, "no `textDocument.uri`");
    return std::nullopt;
  }
  OpenDocument* const open = workspace_.Find(*uri);
  if (open == nullptr) {
    Refuse(RpcError::kInvalidParams, fmt::format("{} is not open", *uri));
    return std::nullopt;
  }
  if (!open->is_spec || !open->document.in_step()) return std::nullopt;
  return workspace_.ViewOf(*open);
}

std::optional<size_t> Server::OffsetOf(const View& view, const Json& params,
                                       std::string_view path) {
  const auto position = PositionAt(params, path);
  if (!position.has_value()) {
    Refuse(RpcError::kInvalidParams, fmt::format("no `{}`", path));
    return std::nullopt;
  }
  return view.document.index().OffsetOf(view.document.text(), *position, view.client.encoding);
}

Json Server::PullDiagnostics(const Json& params) {
  const auto view = ViewOf(params);
  return {{"kind", "full"}, {"items", view.has_value() ? Diagnostics(*view) : Json::array()}};
}

Json Server::Complete(const Json& params) {
  const auto view = ViewOf(params);
  const auto offset = view.has_value() ? OffsetOf(*view, params, "position") : std::nullopt;
  return {{"isIncomplete", false},
          {"items", offset.has_value() ? Completions(*view, *offset) : Json::array()}};
}

Json Server::Hover(const Json& params) {
  const auto view = ViewOf(params);
  const auto offset = view.has_value() ? OffsetOf(*view, params, "position") : std::nullopt;
  return offset.has_value() ? HoverAt(*view, *offset) : Json();
}

Json Server::Actions(const Json& params) {
  const auto view = ViewOf(params);
  if (!view.has_value()) return Json::array();
  const auto begin = OffsetOf(*view, params, "range/start");
  const auto end = OffsetOf(*view, params, "range/end");
  if (!begin.has_value() || !end.has_value()) return Json::array();
  return CodeActions(*view, {*begin, *end}, At(params, "context/only"));
}

Json Server::Lenses(const Json& params) {
  const auto view = ViewOf(params);
  return view.has_value() ? CodeLenses(*view) : Json::array();
}

Json Server::Links(const Json& params) {
  const auto view = ViewOf(params);
  return view.has_value() ? DocumentLinks(*view) : Json::array();
}

Json Server::Folds(const Json& params) {
  const auto view = ViewOf(params);
  return view.has_value() ? FoldingRanges(*view) : Json::array();
}

Json Server::Symbols(const Json& params) {
  const auto view = ViewOf(params);
  return view.has_value() ? DocumentSymbols(*view) : Json::array();
}

}  // namespace gavel::lsp
