// A workflow command is `::NAME KEY=PROPERTY,…::DATA` on a line of its own. Data escapes `%` and
// line ends; properties escape `:` and `,` as well, since those end them.
#include "clients/check/formats.h"
#include "clients/check/visible_text.h"
#include "fmt/format.h"

namespace gavel::check {
namespace {

std::string Escape(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      escaped += c;
    } else {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

std::string Data(std::string_view text) { return Escape(text, "%\r\n"); }
std::string Property(std::string_view text) { return Escape(text, "%\r\n:,"); }

std::string_view CommandName(v1::Finding::Severity severity) {
  return severity == v1::Finding::SEVERITY_INFO ? "notice" : LevelWord(severity);
}

// Nothing for a finding without a place: GitHub then shows it at the top of the file.
std::string Place(const v1::Finding& finding) {
  if (finding.line() <= 0) return "";
  if (finding.column() <= 0) return fmt::format(",line={}", finding.line());
  return fmt::format(",line={},col={}", finding.line(), finding.column());
}

}  // namespace

std::string GithubFormat(const Report& report) {
  std::string text;
  for (const CheckedFile& file : report.files) {
    const std::string& path = file.repository_path.empty() ? file.path : file.repository_path;
    for (const v1::Finding& finding : file.checked.findings) {
      text += fmt::format("::{} file={}{},title={}::{}\n", CommandName(finding.severity()),
                          Property(path), Place(finding), Property(finding.code()),
                          Data(VisibleText(finding.message())));
    }
  }
  return text;
}

}  // namespace gavel::check
