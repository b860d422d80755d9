#include "clients/cli/repository/only_spec.h"

#include "clients/cli/repository/changed_specs.h"
#include "engine/base/status_macros.h"

namespace gavel::cli {

absl::StatusOr<std::string> OnlySpecPath(Session& session, const std::string& name) {
  if (session.Has(name)) return session.Text(name);
  GAVEL_ASSIGN_OR_RETURN(const auto changed, ChangedSpecs(session.config()));
  if (changed.size() == 1) return changed.front().path;
  if (changed.empty()) return UsageError("which file? No spec changed here; name a spec file");
  std::string paths;
  for (const SpecFile& file : changed) paths += "\n  " + file.path;
  return UsageError("which file? These specs changed:" + paths);
}

}  // namespace gavel::cli
