#include "clients/cli/document/template.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "clients/cli/command.h"
#include "engine/base/unicode.h"
#include "rules/document.h"
#include "rules/document/value_reader.h"

namespace gavel::cli {
namespace {

// A place of the template and what goes there.
using Places = std::vector<std::pair<std::string_view, std::string>>;

std::string YamlQuoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// In Markdown, `<!--` would hide what follows it.
std::string MarkdownText(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '<' ? std::string("&lt;") : std::string(1, c);
  return out;
}

// Where the front matter ends; 0 where there is none.
size_t BodyStart(std::string_view source) {
  return source.size() - rules::DocumentBody(source).size();
}

// In one pass: a title may itself look like a place.
std::string Filled(std::string_view text, const Places& places) {
  std::string filled;
  while (!text.empty()) {
    const auto place = std::find_if(places.begin(), places.end(), [&](const auto& candidate) {
      return text.starts_with(candidate.first);
    });
    const bool found = place != places.end();
    filled += found ? std::string_view(place->second) : text.substr(0, 1);
    text.remove_prefix(found ? place->first.size() : 1);
  }
  return filled;
}

// `ana@localhost`, which git makes up where nobody configured one, is nobody's address.
bool IsPerson(const std::string& author) {
  static const RE2* const kPattern = [] {
    const std::string_view pattern = rules::PatternOf(rules::Form::kPerson);
    return new RE2(re2::StringPiece(pattern.data(), pattern.size()));
  }();
  return RE2::FullMatch(author, *kPattern);
}

std::string OrMissing(const std::string& value, const std::string& shown) {
  return value.empty() ? "TBD" : shown;
}

bool CannotBeSeen(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || IsBidiControl(c) || IsZeroWidth(c) ||
         IsForeignLineBreak(c);
}

// Words of every script in ASCII, as well as they can be: names of files travel through systems
// that know nothing else. As they are where ICU has no data.
std::string InLatinLetters(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> transliterator(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
  icu::UnicodeString letters =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  if (U_SUCCESS(error)) transliterator->transliterate(letters);
  std::string latin;
  letters.toUTF8String(latin);
  return latin;
}

}  // namespace

std::string FillTemplate(std::string_view source, const TemplateValues& values) {
  const size_t body_start = BodyStart(source);
  const std::string author = IsPerson(values.author) ? values.author : "";
  const Places front = {{"{{title}}", YamlQuoted(values.title)},
                        {"{{area}}", OrMissing(values.area, values.area)},
                        {"{{author}}", OrMissing(author, YamlQuoted(author))}};
  const Places body = {{"{{title}}", MarkdownText(values.title)},
                       {"{{area}}", OrMissing(values.area, values.area)},
                       {"{{author}}", OrMissing(author, author)}};
  return Filled(source.substr(0, body_start), front) + Filled(source.substr(body_start), body);
}

absl::Status CheckTemplate(const std::string& text, const TemplateValues& values,
                           const std::string& path) {
  const auto document = rules::ReadDocument(text, {.path = path});
  if (!document.ok()) return UsageError(std::string(document.status().message()));
  if (document->facts.foreign()) {
    return UsageError(path + " has no front matter with `spec: 1`");
  }
  for (const v1::Finding& finding : document->findings) {
    const bool missing_key = finding.code() == "GV101";
    if (!missing_key && finding.severity() != v1::Finding::SEVERITY_ERROR) continue;
    const std::string line = finding.line() > 0 ? fmt::format(":{}", finding.line()) : "";
    return UsageError(fmt::format("{}{}: {}", path, line, finding.message()));
  }
  if (document->facts.title() != values.title) {
    return UsageError(path + " has no `title: {{title}}` in its front matter");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SlugOf(std::string_view title) {
  const auto length =
      std::count_if(title.begin(), title.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (length < 8 || length > 120) {
    return UsageError("a title has 8 to 120 characters; this one has " + std::to_string(length));
  }
  if (FirstInvalidUtf8(title)) return UsageError("the title is not UTF-8 text");
  if (const auto found = FindCharacter(title, CannotBeSeen)) {
    return UsageError("a title is one line that everybody can read; this one holds " +
                      CodePointText(found->code_point));
  }
  std::string slug;
  for (const char c : InLatinLetters(title)) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      slug += absl::ascii_tolower(static_cast<unsigned char>(c));
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  if (slug.empty())
    return UsageError("the title has no letter or digit that a file could be named by");
  return slug;
}

}  // namespace gavel::cli
