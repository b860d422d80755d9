#include "clients/lsp/snippet.h"

#include <vector>

#include "clients/lsp/schema_path.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::lsp {
namespace {

using rules::Container;
using rules::Kind;
using rules::Shape;

// A place to fill in, with the words to choose from where there are any.
std::string Stop(const rules::KeySpec& key, int& number) {
  const std::vector<std::string_view> words = WordsOf(key);
  const int at = ++number;
  const bool closed = key.kind == Kind::kWord || key.kind == Kind::kBool;
  if (closed && !words.empty()) return fmt::format("${{{}|{}|}}", at, fmt::join(words, ","));
  return fmt::format("${}", at);
}

// The required keys of a mapping on one line: `{use: $1}`.
std::string Mapping(Shape shape, int& number) {
  std::vector<std::string> entries;
  for (const rules::KeySpec& key : rules::KeysOf(shape)) {
    const std::string name(key.key);
    if (key.required) entries.push_back(fmt::format("{}: {}", name, Stop(key, number)));
  }
  if (entries.empty()) return fmt::format("{{${}}}", ++number);
  // `}` would end a snippet's own braces; outside of them it is text.
  return fmt::format("{{{}}}", fmt::join(entries, ", "));
}

}  // namespace

std::string SnippetOf(const rules::KeySpec& key, bool in_flow) {
  int number = 0;
  const std::string name(key.key);
  const bool list = key.container == Container::kList;
  if (key.kind == Kind::kLiteral) return fmt::format("{}: {}", name, key.words[0]);
  if (key.kind == Kind::kShape && list) {
    const std::string item = Mapping(key.shape, number);
    if (in_flow) return fmt::format("{}: [{}]", name, item);
    return fmt::format("{}:\n  - {}", name, item);
  }
  if (key.kind == Kind::kShape) return fmt::format("{}: {}", name, Mapping(key.shape, number));
  if (key.kind == Kind::kMoneyRange) {
    return fmt::format("{}: {}", name, Mapping(Shape::kRange, number));
  }
  if (list) return fmt::format("{}: [$1]", name);
  return fmt::format("{}: {}", name, Stop(key, number));
}

}  // namespace gavel::lsp
