#include "clients/cli/document/anchor.h"

#include <charconv>
#include <vector>

#include "absl/strings/match.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

std::vector<std::string_view> LinesOf(std::string_view content) {
  std::vector<std::string_view> lines;
  while (!content.empty()) {
    const size_t newline = content.find('\n');
    std::string_view line = content.substr(0, newline);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    content = newline == std::string_view::npos ? "" : content.substr(newline + 1);
  }
  return lines;
}

// The text of an ATX heading, empty for another line. Level 1 is the title, not a section.
std::string_view HeadingOf(std::string_view line) {
  const size_t level = line.find_first_not_of('#');
  if (level == std::string_view::npos || level < 2 || level > 6 || line[level] != ' ') return "";
  line.remove_prefix(line.find_first_not_of(' ', level));
  return line;
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

v1::Anchor MakeAnchor(const std::vector<std::string_view>& lines, size_t first, size_t last) {
  v1::Anchor anchor;
  anchor.set_first_line(static_cast<int>(first) + 1);
  anchor.set_last_line(static_cast<int>(last) + 1);
  std::string quote;
  for (size_t i = first; i <= last; ++i) quote += (i == first ? "" : "\n") + std::string(lines[i]);
  anchor.set_quote(quote);
  for (size_t i = first + 1; i-- > 0;) {
    if (HeadingOf(lines[i]).empty()) continue;
    anchor.set_heading(std::string(HeadingOf(lines[i])));
    break;
  }
  return anchor;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return absl::StartsWithIgnoreCase(absl::string_view(text.data(), text.size()),
                                    absl::string_view(prefix.data(), prefix.size()));
}

}  // namespace

absl::StatusOr<v1::Anchor> AnchorOfLines(std::string_view content, std::string_view text) {
  const std::vector<std::string_view> lines = LinesOf(content);
  const size_t dash = text.find('-');
  const auto first = Number(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : Number(text.substr(dash + 1));
  if (!first.has_value() || !last.has_value() || *last < *first) {
    return UsageError(fmt::format("--line `{}` is not a line or a range; write 40 or 40-44", text));
  }
  if (static_cast<size_t>(*last) > lines.size()) {
    return UsageError(fmt::format("--line {}: the revision has {} lines", text, lines.size()));
  }
  return MakeAnchor(lines, static_cast<size_t>(*first) - 1, static_cast<size_t>(*last) - 1);
}

absl::StatusOr<v1::Anchor> AnchorOfSection(std::string_view content, std::string_view title) {
  const std::vector<std::string_view> lines = LinesOf(content);
  std::string known;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view heading = HeadingOf(lines[i]);
    if (heading.empty()) continue;
    if (StartsWithIgnoringCase(heading, title)) return MakeAnchor(lines, i, i);
    known += (known.empty() ? "" : ", ") + std::string(heading);
  }
  return UsageError(fmt::format("--section `{}` is not there; the sections are {}", title, known));
}

absl::StatusOr<std::optional<v1::Anchor>> AnchorOf(Session& session, const std::string& key) {
  const bool by_line = session.Has("line");
  if (!by_line && !session.Has("section")) return std::optional<v1::Anchor>();
  v1::GetRevisionRequest request;
  request.set_spec(key);
  GAVEL_ASSIGN_OR_RETURN(const int revision, RevisionOf(session));
  request.set_number(revision);
  GAVEL_ASSIGN_OR_RETURN(const auto answer, session.Call<v1::GetRevisionResponse>(request));
  GAVEL_ASSIGN_OR_RETURN(v1::Anchor anchor,
                         by_line ? AnchorOfLines(answer.content(), session.Text("line"))
                                 : AnchorOfSection(answer.content(), session.Text("section")));
  anchor.set_revision(answer.revision().number());
  return std::optional<v1::Anchor>(anchor);
}

}  // namespace gavel::cli
