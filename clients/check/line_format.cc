#include <algorithm>

#include "clients/check/formats.h"
#include "clients/check/visible_text.h"
#include "fmt/format.h"

namespace gavel::check {
std::string LineFormat(const Report& report) {
  std::string text;
  for (const CheckedFile& file : report.files) {
    for (const v1::Finding& finding : file.checked.findings) {
      text +=
          fmt::format("{}:{}:{}: {}: {} [{}]\n", PathText(file.path), std::max(finding.line(), 1),
                      std::max(finding.column(), 1), LevelWord(finding.severity()),
                      VisibleLine(finding.message()), finding.code());
    }
  }
  return text;
}

}  // namespace gavel::check
