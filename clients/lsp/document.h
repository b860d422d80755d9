// One document that the client has open: its text as the client sees it.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "clients/lsp/json.h"
#include "clients/lsp/text_index.h"
#include "rules/fix/fix.h"

namespace gavel::lsp {

class Document {
 public:
  Document(std::string uri, int64_t version, std::string text);

  const std::string& uri() const { return uri_; }
  const std::string& path() const { return path_; }  // Of a `file:` URI; else empty.
  int64_t version() const { return version_; }
  const std::string& text() const { return text_; }
  const TextIndex& index() const { return index_; }

  // True from an edit on until the client saves.
  bool edited() const { return edited_; }
  void MarkSaved() { edited_ = false; }

  // False once an edit could not be made: what the client sees is not known until it sends the
  // whole text.
  bool in_step() const { return in_step_; }

  // Makes the edits of one `textDocument/didChange`, in their order.
  //
  // Errors: INVALID_ARGUMENT for an edit that fits no text of that many lines, or that ends before
  // it begins; the document is out of step from then on. The edits behind it are not made unless
  // one of them is the whole text.
  absl::Status Change(const Json& content_changes, int64_t version, PositionEncoding encoding);

  // A place of the text on the wire.
  Json RangeJson(rules::TextRange range, PositionEncoding encoding) const;
  Json LineRangeJson(int64_t line, PositionEncoding encoding) const;

 private:
  absl::Status ChangeOnce(const Json& change, PositionEncoding encoding);

  const std::string uri_;
  const std::string path_;
  int64_t version_;
  std::string text_;
  TextIndex index_;
  bool edited_ = false;
  bool in_step_ = true;
};

// A position that the client sent under `path`; nothing where there is none, or one below zero.
std::optional<Position> PositionAt(const Json& json, std::string_view path);

Json PositionJson(Position position);

}  // namespace gavel::lsp
