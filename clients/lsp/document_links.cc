// What a document points to: addresses, files beside it, and other specs.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <utility>

#include "clients/lsp/features.h"
#include "clients/lsp/outline_lines.h"
#include "clients/lsp/uri.h"
#include "fmt/format.h"

namespace gavel::lsp {
namespace {

using rules::TextRange;

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Finds the links of one line after the other; what is part of one is no part of another.
class LinkFinder {
 public:
  explicit LinkFinder(const View& view) : view_(view) {
    if (!view.settings.online || view.inputs.policy == nullptr) return;
    for (const v1::Area& area : view.inputs.policy->org().areas()) prefixes_.insert(area.prefix());
  }

  void ReadLine(TextRange line) {
    behind_last_ = line.begin;
    for (size_t at = line.begin; at < line.end;) at = ReadAt(at, line);
  }

  Json Take() { return std::move(links_); }

 private:
  std::string_view text() const { return view_.document.text(); }

  // Reads what stands at `at`; where to go on.
  size_t ReadAt(size_t at, TextRange line) {
    const std::string_view rest = text().substr(at, line.end - at);
    const bool starts_word = at == line.begin || !IsWord(text()[at - 1]);
    if (starts_word && (rest.starts_with("https://") || rest.starts_with("http://"))) {
      return AddAddress(at, rest);
    }
    if (rest.starts_with("](")) return AddFile(at + 2, line);
    if (starts_word && std::isupper(static_cast<unsigned char>(rest.front()))) {
      return AddSpec(at, rest);
    }
    return at + 1;
  }

  size_t AddAddress(size_t at, std::string_view rest) {
    size_t length = std::min(rest.find_first_of(" \t<>\"'`)]}|"), rest.size());
    while (length > 0 &&
           std::string_view(".,;:!?").find(rest[length - 1]) != std::string_view::npos)
      --length;
    Add({at, at + length}, std::string(rest.substr(0, length)));
    return at + std::max<size_t>(length, 1);
  }

  // The target of `[text](target "title")` where it names a file that is there.
  size_t AddFile(size_t at, TextRange line) {
    const std::string_view rest = text().substr(at, line.end - at);
    const std::string_view target = rest.substr(0, rest.find_first_of(" \t)\"<>"));
    const std::string_view file = target.substr(0, target.find_first_of("#?"));
    const bool relative =
        !file.empty() && file.front() != '/' && file.find(':') == std::string_view::npos;
    if (!relative || view_.document.path().empty() || !view_.inputs.exists) return at;
    const std::string path = PathOfUri(fmt::format("file:///{}", file)).substr(1);
    if (!view_.inputs.exists(path)) return at;
    const auto folder = std::filesystem::path(view_.document.path()).parent_path();
    Add({at, at + target.size()}, UriOfPath((folder / path).lexically_normal().string()));
    return at + target.size();
  }

  // `MEDIA-42`, of an area that there is.
  size_t AddSpec(size_t at, std::string_view rest) {
    const auto behind = [rest](size_t from, int (*is)(int)) {
      while (from < rest.size() && is(static_cast<unsigned char>(rest[from])) != 0) ++from;
      return from;
    };
    const size_t dash = behind(0, std::isalnum);
    if (dash >= rest.size() || rest[dash] != '-') return at + std::max<size_t>(dash, 1);
    const size_t end = behind(dash + 1, std::isdigit);
    const bool whole = end > dash + 1 && (end == rest.size() || !IsWord(rest[end]));
    if (!whole || prefixes_.count(std::string(rest.substr(0, dash))) == 0) return at + dash + 1;
    std::string target = view_.settings.spec_link;
    const std::string_view place = "{key}";
    if (const size_t mark = target.find(place); mark != std::string::npos) {
      target.replace(mark, place.size(), rest.substr(0, end));
    }
    Add({at, at + end}, std::move(target));
    return at + end;
  }

  void Add(TextRange range, std::string target) {
    if (range.begin < behind_last_ || target.empty()) return;
    behind_last_ = range.end;
    links_.push_back({{"range", view_.Range(range)}, {"target", std::move(target)}});
  }

  const View& view_;
  std::set<std::string> prefixes_;
  size_t behind_last_ = 0;
  Json links_ = Json::array();
};

}  // namespace

Json DocumentLinks(const View& view) {
  LinkFinder finder(view);
  const TextIndex& index = view.document.index();
  const OutlineLines outline = OutlineOf(view.document);
  auto fence = outline.fences.begin();
  for (int64_t line = 0; line < index.lines(); ++line) {
    while (fence != outline.fences.end() && fence->last < line) ++fence;
    if (fence != outline.fences.end() && fence->first <= line) continue;
    finder.ReadLine({index.LineBegin(line), index.LineEnd(view.document.text(), line)});
  }
  return finder.Take();
}

}  // namespace gavel::lsp
