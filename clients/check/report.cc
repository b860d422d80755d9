#include "clients/check/report.h"

#include <algorithm>

#include "fmt/format.h"

namespace gavel::check {

bool Fails(const Report& report) {
  const auto fails = [&report](const v1::Finding& finding) {
    return finding.severity() >= report.fail_on;
  };
  return std::any_of(report.files.begin(), report.files.end(), [&](const CheckedFile& file) {
    return std::any_of(file.checked.findings.begin(), file.checked.findings.end(), fails);
  });
}

int CountFindings(const Report& report, v1::Finding::Severity severity) {
  int count = 0;
  for (const CheckedFile& file : report.files) {
    for (const v1::Finding& finding : file.checked.findings) {
      if (finding.severity() == severity) ++count;
    }
  }
  return count;
}

std::string PathText(std::string_view path) {
  std::string text = path.starts_with("::") ? "./" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      text += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += c;
    }
  }
  return text;
}

std::string_view LevelWord(v1::Finding::Severity severity) {
  switch (severity) {
    case v1::Finding::SEVERITY_ERROR:
      return "error";
    case v1::Finding::SEVERITY_WARNING:
      return "warning";
    default:
      return "info";
  }
}

}  // namespace gavel::check
