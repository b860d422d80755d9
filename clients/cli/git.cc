#include "clients/cli/git.h"

#include "engine/base/status_macros.h"

namespace gavel::cli {

absl::StatusOr<ProcessResult> Git::Run(const std::vector<std::string>& arguments) const {
  ProcessOptions options;
  // No program of the repository's choosing: file system monitor, hooks, external transports.
  options.arguments = {"git",
                       "-C",
                       folder_,
                       "-c",
                       "core.fsmonitor=false",
                       "-c",
                       "core.hooksPath=/dev/null",
                       "-c",
                       "protocol.ext.allow=never"};
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  options.variables = {{"GIT_OPTIONAL_LOCKS", "0"},
                       {"GIT_TERMINAL_PROMPT", "0"},
                       {"GIT_LITERAL_PATHSPECS", "1"},  // `specs/[x].md` names one file.
                       {"LC_ALL", "C"}};
  return RunProcess(options);
}

absl::StatusOr<std::string> Git::Line(const std::vector<std::string>& arguments,
                                      const std::string& missing) const {
  GAVEL_ASSIGN_OR_RETURN(ProcessResult result, Run(arguments));
  if (result.exit_code != 0) return missing;
  if (!result.out.empty() && result.out.back() == '\n') result.out.pop_back();
  return result.out;
}

absl::StatusOr<std::vector<std::string>> Git::Records(
    const std::vector<std::string>& arguments) const {
  GAVEL_ASSIGN_OR_RETURN(const ProcessResult result, Run(arguments));
  std::vector<std::string> records;
  if (result.exit_code != 0) return records;
  size_t from = 0;
  for (size_t at = 0; at < result.out.size(); ++at) {
    if (result.out[at] != '\0') continue;
    records.push_back(result.out.substr(from, at - from));
    from = at + 1;
  }
  return records;
}

}  // namespace gavel::cli
