// Writing Markdown that is readable as it stands, with texts of people in it that cannot escape
// from their place.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gavel::documents {

// A text of a person as part of a line: one line, and what would become raw HTML, an entity, a link
// or an image is text. Emphasis and plain `code` stay theirs. `fallback` where nothing is left.
std::string Inline(std::string_view text, std::string_view fallback = "not said");

// Inline, ending in a full stop unless it ends a sentence by itself.
std::string Sentence(std::string_view text, std::string_view fallback = "not said");

// `items` after one another: "a, b"; `none` where there are none.
std::string Joined(const std::vector<std::string>& items, std::string_view separator = ", ",
                   std::string_view none = "none");

// Writes line by line.
class MarkdownWriter {
 public:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  void Blank() { text_ += '\n'; }

  // A text of a person after "label: ". More than one line becomes a quotation below the label,
  // `indent` deep, each line Inline.
  void Quote(std::string_view indent, std::string_view label, std::string_view text);

  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace gavel::documents
