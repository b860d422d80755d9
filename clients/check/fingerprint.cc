#include "clients/check/fingerprint.h"

#include <map>

#include "engine/base/sha256.h"
#include "fmt/format.h"
#include "rules/text/text_lines.h"

namespace gavel::check {
namespace {

constexpr size_t kDigits = 32;
constexpr std::string_view kBlank = " \t";

// `dependencies[].use` for `dependencies[1].use`: an entry above would change the number.
std::string WithoutNumbers(std::string_view field) {
  std::string text;
  bool inside = false;
  for (const char c : field) {
    if (c == ']') inside = false;
    if (!inside) text += c;
    if (c == '[') inside = true;
  }
  return text;
}

std::string_view Trimmed(std::string_view line) {
  const size_t begin = line.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlank) - begin + 1);
}

// Empty where the finding has no place.
std::string_view LineOf(const rules::TextLines& lines, const v1::Finding& finding) {
  if (finding.line() < 1 || finding.line() > lines.count()) return {};
  return lines.Text(lines.Line(finding.line()));
}

}  // namespace

std::vector<std::string> Fingerprints(const CheckedFile& file) {
  const rules::TextLines lines(file.content);
  std::map<std::string, int> seen;
  std::vector<std::string> fingerprints;
  for (const v1::Finding& finding : file.checked.findings) {
    const std::string content =
        fmt::format("{}\n{}\n{}", finding.code(), WithoutNumbers(finding.field()),
                    Trimmed(LineOf(lines, finding)));
    const int nth = ++seen[content];  // The same thing twice has two names.
    fingerprints.push_back(Sha256Hex(fmt::format("{}\n{}", content, nth)).substr(0, kDigits));
  }
  return fingerprints;
}

}  // namespace gavel::check
