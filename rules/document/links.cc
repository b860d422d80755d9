#include "rules/document/links.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "engine/base/unicode.h"
#include "rules/document/frame.h"
#include "rules/document/heading_anchor.h"
#include "rules/document/outline.h"
#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// Longer brackets are no link.
constexpr size_t kMaxLinkBytes = 2048;
// Nobody mends more at once, and each costs as much as its line is long.
constexpr size_t kMaxFindings = 200;
// No reader of ours follows these, nor does a careful Markdown renderer.
constexpr std::string_view kUnopened[] = {"javascript", "vbscript", "data", "file"};
constexpr std::string_view kPlaceholders[] = {"tbd", "tba", "todo", "link", "url", "...", "…", "?"};
// Reserved for examples (RFC 2606).
constexpr std::string_view kExampleHosts[] = {"example.com", "example.org", "example.net"};

struct Link {
  size_t offset = 0;        // In its line.
  std::string_view text;    // Between the brackets.
  std::string_view target;  // Without title and pointy brackets.
  bool image = false;
};

template <typename Words>
bool IsOneOf(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// `<a b>`, `a "title"` and `a` are the target `a b`, `a` and `a`.
std::string_view TargetOf(std::string_view inside) {
  inside = Trim(inside);
  if (inside.starts_with('<')) return inside.substr(1, inside.find('>') - 1);
  return inside.substr(0, inside.find_first_of(" \t"));
}

// Where the brackets of a line close; O(bytes) for all of them.
class Brackets {
 public:
  explicit Brackets(std::string_view line) : closing_(line.size(), std::string_view::npos) {
    std::vector<size_t> square;
    std::vector<size_t> round;
    for (size_t at = 0; at < line.size(); ++at) {
      switch (line[at]) {
        case '\\':
          ++at;
          break;
        case '[':
          square.push_back(at);
          break;
        case '(':
          round.push_back(at);
          break;
        case ']':
          Close(square, at);
          break;
        case ')':
          Close(round, at);
          break;
        default:
          break;
      }
    }
  }

  // `npos` where the bracket at `at` does not close.
  size_t ClosingOf(size_t at) const { return closing_[at]; }

 private:
  void Close(std::vector<size_t>& open, size_t at) {
    if (open.empty()) return;
    if (at - open.back() < kMaxLinkBytes) closing_[open.back()] = at;
    open.pop_back();
  }

  std::vector<size_t> closing_;
};

// The length of the inline code at the start of `text`, which starts with a backtick.
size_t CodeLength(std::string_view text) {
  const size_t run = std::min(text.find_first_not_of('`'), text.size());
  const std::string_view fence = text.substr(0, run);
  for (size_t end = text.find(fence, run); end != std::string_view::npos;) {
    const size_t behind = std::min(text.find_first_not_of('`', end), text.size());
    if (behind - end == run) return behind;
    end = text.find(fence, behind);
  }
  return run;
}

// `[name]: target`, but no footnote.
std::optional<Link> ReadDefinition(std::string_view line) {
  const size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const std::string_view rest = line.substr(indent);
  const size_t end = rest.find("]:");
  if (indent > 3 || !rest.starts_with('[') || rest.starts_with("[^") ||
      end == std::string_view::npos || rest.find(']') != end) {
    return std::nullopt;
  }
  return Link{
      .offset = indent, .text = rest.substr(1, end - 1), .target = TargetOf(rest.substr(end + 2))};
}

std::vector<Link> ReadLinks(std::string_view line) {
  if (const auto definition = ReadDefinition(line)) return {*definition};
  std::vector<Link> links;
  const Brackets brackets(line);
  for (size_t at = 0; (at = line.find_first_of("[`\\", at)) != std::string_view::npos;) {
    const std::string_view rest = line.substr(at);
    if (rest.front() != '[') {
      at += rest.front() == '`' ? CodeLength(rest) : 2;
      continue;
    }
    const size_t close = brackets.ClosingOf(at);
    const bool link = close != std::string_view::npos && line.substr(close).starts_with("](");
    const size_t end = link ? brackets.ClosingOf(close + 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      ++at;
      continue;
    }
    links.push_back({.offset = at,
                     .text = line.substr(at + 1, close - at - 1),
                     .target = TargetOf(line.substr(close + 2, end - close - 2)),
                     .image = at > 0 && line[at - 1] == '!'});
    ++at;  // An image may stand inside a link's text.
  }
  return links;
}

// The scheme of `target` in lower case; empty for a relative one.
std::string SchemeOf(std::string_view target) {
  const size_t colon = target.find(':');
  if (colon == std::string_view::npos || colon < 2) return {};  // `C:` is a drive.
  const std::string scheme = AsciiLower(target.substr(0, colon));
  const bool valid = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return IsAsciiAlnum(c) || c == '+' || c == '-' || c == '.';
  });
  return valid ? scheme : std::string();
}

bool IsExampleHost(std::string_view target) {
  const size_t host = target.find("://");
  if (host == std::string_view::npos) return false;
  std::string_view name = target.substr(host + 3);
  name = name.substr(0, name.find_first_of("/:?#"));
  const std::string lower = AsciiLower(name);
  return std::any_of(std::begin(kExampleHosts), std::end(kExampleHosts), [&](std::string_view e) {
    return lower == e || lower.ends_with("." + std::string(e));
  });
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string PercentDecoded(std::string_view text) {
  std::string decoded;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && HexValue(text[at + 1]) >= 0 &&
                        HexValue(text[at + 2]) >= 0;
    decoded +=
        escape ? static_cast<char>(HexValue(text[at + 1]) * 16 + HexValue(text[at + 2])) : text[at];
    if (escape) at += 2;
  }
  return decoded;
}

struct Complaint {
  std::string_view code;
  std::string message;
};

class LinkChecker {
 public:
  LinkChecker(const Outline& outline, const FileExists& exists)
      : anchors_(AnchorsOf(outline)), exists_(exists) {}

  std::optional<Complaint> Check(const Link& link) const {
    const std::string_view target = link.target;
    if (target.empty() || target == "#") {
      return Complaint{"GV403", fmt::format("The link \"{}\" has no target. Give it one, or write "
                                            "plain text.",
                                            link.text)};
    }
    if (Trim(link.text).empty() && !link.image) {
      return Complaint{"GV403", fmt::format("The link to `{}` has no text, so nobody sees it. Say "
                                            "what it leads to.",
                                            target)};
    }
    if (IsOneOf(AsciiLower(target), kPlaceholders) || IsExampleHost(target)) {
      return Complaint{"GV405", fmt::format("`{}` leads nowhere. Put the real link here.", target)};
    }
    if (target.starts_with('#')) return CheckAnchor(target.substr(1));
    if (const std::string scheme = SchemeOf(target); !scheme.empty()) {
      const bool picture = link.image && AsciiLower(target).starts_with("data:image/");
      if (picture || !IsOneOf(scheme, kUnopened)) return std::nullopt;
      return Complaint{"GV404",
                       fmt::format("Nothing opens a link of the scheme `{}:`. Use https.", scheme)};
    }
    return CheckFile(target);
  }

 private:
  std::optional<Complaint> CheckAnchor(std::string_view fragment) const {
    const std::string wanted = HeadingAnchor(PercentDecoded(fragment));
    if (wanted == "top" || anchors_.count(wanted) > 0) return std::nullopt;
    const std::vector<std::string> names(anchors_.begin(), anchors_.end());
    const auto nearest = NearestName(wanted, names);
    return Complaint{"GV402",
                     fmt::format("No heading of this document is `#{}`.{}", fragment,
                                 nearest ? fmt::format(" Did you mean `#{}`?", *nearest) : "")};
  }

  std::optional<Complaint> CheckFile(std::string_view target) const {
    const std::string path = PercentDecoded(target.substr(0, target.find_first_of("?#")));
    if (!exists_ || path.empty() || path.starts_with('/') || exists_(path)) return std::nullopt;
    return Complaint{"GV401", fmt::format("There is no file `{}` beside this one. Mend the path, "
                                          "or commit the file.",
                                          path)};
  }

  const std::set<std::string, std::less<>> anchors_;
  const FileExists& exists_;
};

// The column of `link`, whose line may have lost a comment on its way here.
int ColumnOf(const Link& link, std::string_view text, std::string_view raw) {
  size_t at = link.offset;
  if (raw != text) at = raw.find(text.substr(link.offset, link.text.size() + 3));
  if (at == std::string_view::npos) return 1;
  int column = 1;
  for (size_t offset = 0; offset < at && NextCodePoint(raw, offset);) ++column;
  return column;
}

}  // namespace

std::vector<v1::Finding> CheckLinks(std::string_view bytes, const FileExists& exists) {
  const Frame frame = SplitFrame(bytes);
  const Outline outline = ReadOutline(frame.body, frame.body_line);
  const LinkChecker checker(outline, exists);
  std::vector<v1::Finding> findings;
  std::string_view rest = frame.body;
  for (const BodyLine& line : outline.lines) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view raw = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    if (line.code) continue;
    for (const Link& link : ReadLinks(line.text)) {
      const auto complaint = checker.Check(link);
      if (!complaint) continue;
      if (findings.size() == kMaxFindings) return findings;
      findings.push_back(MakeFinding(complaint->code, "body", complaint->message, line.number,
                                     ColumnOf(link, line.text, raw)));
    }
  }
  return findings;
}

}  // namespace gavel::rules
