// Reports made by hand, for the tests of the formats.
#pragma once

#include <string>

#include "clients/check/report.h"
#include "rules/finding_codes.h"

namespace gavel::check {

// Everything that a file name of a repository can hold and some format has to escape.
inline constexpr char kOddPath[] = "specs/a b%:,\"<&'\n\x1b\xff é.md";

inline v1::Finding FindingOf(std::string_view code, int line, int column,
                             std::string_view message = "message",
                             std::string_view field = "field") {
  return rules::MakeFinding(code, field, message, line, column);
}

inline CheckedFile FileOf(std::string path, std::string content,
                          std::vector<v1::Finding> findings) {
  CheckedFile file = {path, path, std::move(content), {}};
  file.checked.findings = std::move(findings);
  return file;
}

}  // namespace gavel::check
