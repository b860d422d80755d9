#include "clients/lsp/document.h"

#include <utility>

#include "clients/lsp/uri.h"
#include "fmt/format.h"

namespace gavel::lsp {

Document::Document(std::string uri, int64_t version, std::string text)
    : uri_(std::move(uri)),
      path_(PathOfUri(uri_)),
      version_(version),
      text_(std::move(text)),
      index_(text_) {}

absl::Status Document::Change(const Json& content_changes, int64_t version,
                              PositionEncoding encoding) {
  if (!content_changes.is_array()) return absl::InvalidArgumentError("no `contentChanges`");
  version_ = version;
  edited_ = true;
  absl::Status worst;
  for (const Json& change : content_changes) {
    const absl::Status made = ChangeOnce(change, encoding);
    if (!made.ok()) in_step_ = false;
    worst.Update(made);
  }
  return in_step_ ? absl::OkStatus() : worst;
}

absl::Status Document::ChangeOnce(const Json& change, PositionEncoding encoding) {
  auto text = TextAt(change, "text");
  if (!text.has_value()) return absl::InvalidArgumentError("an edit without `text`");
  if (At(change, "range").is_null()) {
    text_ = *std::move(text);
    in_step_ = true;
  } else {
    if (!in_step_) return absl::OkStatus();
    const auto start = PositionAt(change, "range/start");
    const auto end = PositionAt(change, "range/end");
    // Clients name the end of a text as the start of the line behind it.
    if (!start.has_value() || !end.has_value() || end->line > index_.lines()) {
      return absl::InvalidArgumentError(
          fmt::format("an edit outside of the {} lines", index_.lines()));
    }
    const size_t from = index_.OffsetOf(text_, *start, encoding);
    const size_t to = index_.OffsetOf(text_, *end, encoding);
    if (to < from) return absl::InvalidArgumentError("an edit that ends before it begins");
    text_.replace(from, to - from, *text);
  }
  index_ = TextIndex(text_);
  return absl::OkStatus();
}

Json Document::RangeJson(rules::TextRange range, PositionEncoding encoding) const {
  return {{"start", PositionJson(index_.PositionOf(text_, range.begin, encoding))},
          {"end", PositionJson(index_.PositionOf(text_, range.end, encoding))}};
}

Json Document::LineRangeJson(int64_t line, PositionEncoding encoding) const {
  return RangeJson({index_.LineBegin(line), index_.LineEnd(text_, line)}, encoding);
}

std::optional<Position> PositionAt(const Json& json, std::string_view path) {
  const Json& position = At(json, path);
  const auto line = IntAt(position, "line");
  const auto character = IntAt(position, "character");
  if (!line.has_value() || !character.has_value() || *line < 0 || *character < 0) {
    return std::nullopt;
  }
  return Position{*line, *character};
}

Json PositionJson(Position position) {
  return {{"line", position.line}, {"character", position.character}};
}

}  // namespace gavel::lsp
