#include "clients/cli/document/mend_files.h"

#include <algorithm>

#include "clients/check/fix_spec.h"
#include "clients/check/report.h"
#include "clients/cli/document/spec_files.h"
#include "clients/cli/files.h"
#include "clients/cli/output/unified_diff.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

using check::FixedSpec;
using check::MadeFix;

// Nobody's edit is lost: not one that was never staged, and not one made while we were reading.
absl::Status CheckUnchanged(const SpecFile& file, bool staged) {
  const auto now = ReadFileStart(file.path, kMostSpecBytes);
  if (now.ok() && *now == file.content) return absl::OkStatus();
  return absl::FailedPreconditionError(
      staged ? file.path + " differs from what is staged; `git add` it, or leave out --staged"
             : file.path + " changed while it was checked; run this again");
}

void SayFixes(Output& output, const SpecFile& file, const std::vector<MadeFix>& fixes) {
  for (const MadeFix& fix : fixes) {
    output.Warn(fmt::format("fixed {}:{}:{}: {} [{}]", check::PathText(file.path),
                            std::max(fix.finding.line(), 1), std::max(fix.finding.column(), 1),
                            fix.title, fix.finding.code()));
  }
}

void ShowPatch(Output& output, const std::string& patch) {
  if (!output.terminal()) return output.Raw(patch);
  for (size_t at = 0; at < patch.size();) {
    const size_t end = std::min(patch.find('\n', at), patch.size());
    const std::string line = patch.substr(at, end - at);
    const bool bad = line.starts_with('-');
    const bool good = line.starts_with('+');
    output.Line(bad    ? output.Styled(Tone::kBad, line)
                : good ? output.Styled(Tone::kGood, line)
                       : line);
    at = end + 1;
  }
}

// Not to stdout: that is the patch, or the report in its format.
void SaySummary(Output& output, size_t fixes, size_t files, bool dry_run) {
  if (output.options().quiet) return;
  if (fixes == 0) return output.Warn("Nothing can be fixed safely.");
  output.Warn(fmt::format("{} {} finding{} in {} spec{}.", dry_run ? "Would fix" : "Fixed", fixes,
                          fixes == 1 ? "" : "s", files, files == 1 ? "" : "s"));
}

}  // namespace

absl::Status MendFiles(Session& session, const OptionsOf& options, std::vector<SpecFile>& files) {
  const bool dry_run = session.Has("dry-run");
  const bool staged = session.Has("staged");
  for (const SpecFile& file : files) {
    if (staged) GAVEL_RETURN_IF_ERROR(CheckUnchanged(file, staged));
  }
  size_t fixes = 0;
  size_t mended = 0;
  for (SpecFile& file : files) {
    if (file.content.size() >= kMostSpecBytes) continue;  // Only its beginning was read.
    GAVEL_ASSIGN_OR_RETURN(FixedSpec fixed, check::FixSpec(file.content, options(file)));
    if (fixed.fixes.empty()) continue;
    fixes += fixed.fixes.size();
    ++mended;
    if (dry_run) {
      GAVEL_ASSIGN_OR_RETURN(const std::string patch,
                             UnifiedDiff(file.path, file.content, fixed.content));
      ShowPatch(session.output(), patch);
      continue;
    }
    GAVEL_RETURN_IF_ERROR(CheckUnchanged(file, staged));
    GAVEL_RETURN_IF_ERROR(RewriteFile(file.path, fixed.content));
    SayFixes(session.output(), file, fixed.fixes);
    file.content = std::move(fixed.content);
  }
  SaySummary(session.output(), fixes, mended, dry_run);
  return absl::OkStatus();
}

}  // namespace gavel::cli
