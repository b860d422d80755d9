#include "clients/cli/repository/source.h"

#include <filesystem>

#include "clients/cli/files.h"
#include "clients/cli/repository/git.h"
#include "clients/cli/words/shell_word.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/base/unicode.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

absl::Status NotCommitted(const Source& source, std::string_view what) {
  const std::string text = fmt::format(
      "{} {}: commit it, or `--allow-dirty` sends the working copy and marks the "
      "revision unpublished",
      source.argument, what);
  return absl::FailedPreconditionError(text);
}

absl::Status TooLarge(const Source& source, size_t bytes) {
  const std::string text =
      fmt::format("{} bytes are more than the 1 MiB that a spec may have", bytes);
  return MakeInvalid("SPEC_INVALID", fmt::format("{}: {}", source.argument, text),
                     {{.field = "body", .description = text + ".", .reason = "GV004"}});
}

// What the file system says, before git is asked anything.
absl::Status CheckFile(const Source& source) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(source.argument, error);
  switch (status.type()) {
    case fs::file_type::not_found:
      return UsageError("no such file: " + source.argument);
    case fs::file_type::symlink:
      return UsageError(source.argument + " is a symbolic link; name the file it points to");
    case fs::file_type::directory:
      return UsageError(source.argument + " is a folder; name a spec file");
    case fs::file_type::regular:
      break;
    default:
      return UsageError(source.argument + " is not a regular file");
  }
  const uintmax_t bytes = fs::file_size(source.argument, error);
  if (!error && bytes > kMaxDocumentBytes) return TooLarge(source, static_cast<size_t>(bytes));
  return absl::OkStatus();
}

// Why git does not know the folder of a file, from its own words.
absl::Status NoRepository(const Source& source, const std::string& folder,
                          const std::string& git_words) {
  if (git_words.find("dubious ownership") != std::string::npos) {
    return UsageError(
        fmt::format("somebody else owns the repository of {}, so git does not trust it. If you do: "
                    "git config --global --add safe.directory \"$(realpath {})\"",
                    source.argument, ShellPath(folder)));
  }
  if (git_words.find("bare repository") != std::string::npos) {
    return UsageError(source.argument + " lies in a bare repository, which has no files to submit");
  }
  return UsageError(source.argument + " is in no git repository; gavel submits committed files");
}

// Two calls: the names of folders may hold line breaks.
absl::Status FindWorktree(Source& source) {
  const fs::path file(source.argument);
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  const Git git(folder);
  GAVEL_ASSIGN_OR_RETURN(const ProcessResult result, git.Run({"rev-parse", "--show-toplevel"}));
  if (result.exit_code != 0 || result.out.size() < 2) {
    return NoRepository(source, folder, result.err);
  }
  source.root = result.out.substr(0, result.out.size() - 1);
  GAVEL_ASSIGN_OR_RETURN(const std::string prefix, git.Line({"rev-parse", "--show-prefix"}));
  source.path = prefix + file.filename().string();
  if (FirstInvalidUtf8(source.path).has_value()) {
    return UsageError("the name of " + source.argument + " is not UTF-8; rename the file");
  }
  return absl::OkStatus();
}

absl::Status FindCommit(const Git& git, const std::string& wanted, Source& source) {
  source.commit_reason = wanted.empty() ? "HEAD" : "--commit " + wanted;
  if (!wanted.empty() && wanted.front() == '-') {
    return UsageError("`" + wanted + "` is not a commit");
  }
  GAVEL_ASSIGN_OR_RETURN(source.commit,
                         git.Line({"rev-parse", "--verify", "--quiet",
                                   (wanted.empty() ? "HEAD" : wanted) + "^{commit}"}));
  if (!source.commit.empty()) return absl::OkStatus();
  if (!wanted.empty()) return UsageError("`" + wanted + "` is not a commit of this repository");
  return NotCommitted(source, "is in a repository without commits");
}

// The bytes of COMMIT:PATH.
absl::Status ReadCommitted(const Git& git, Source& source) {
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<std::string> entries,
      git.Records({"ls-tree", "-z", "--full-tree", source.commit, "--", source.path}));
  if (entries.empty()) return NotCommitted(source, "is not committed in " + source.commit_reason);
  // `100644 blob OBJECT\tPATH`
  const std::string& entry = entries.front();
  const std::string mode = entry.substr(0, entry.find(' '));
  if (mode == "120000") return UsageError(source.argument + " is a symbolic link in the commit");
  if (mode != "100644" && mode != "100755") {
    return UsageError(source.argument + " is not a file in " + source.commit_reason);
  }
  const size_t blob = mode.size() + 6;
  source.blob = entry.substr(blob, entry.find('\t') - blob);
  GAVEL_ASSIGN_OR_RETURN(const ProcessResult bytes, git.Run({"cat-file", "blob", source.blob}));
  if (bytes.exit_code != 0) return UsageError("git cannot read " + source.path + ": " + bytes.err);
  if (bytes.out.size() > kMaxDocumentBytes) return TooLarge(source, bytes.out.size());
  source.content = bytes.out;
  return absl::OkStatus();
}

absl::Status ReadWorkingCopy(const Git& git, Source& source) {
  GAVEL_ASSIGN_OR_RETURN(source.content, ReadFile(source.argument));
  // As the bytes are, without the filters that a commit would run: that is what the server hashes.
  GAVEL_ASSIGN_OR_RETURN(source.blob, git.Line({"hash-object", "--no-filters", "--", source.path}));
  source.commit.clear();
  source.commit_reason = "working copy";
  source.unpublished = true;
  return absl::OkStatus();
}

absl::StatusOr<bool> IsDirty(const Git& git, const Source& source) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> changes,
                         git.Records({"status", "--porcelain=v2", "-z", "--untracked-files=all",
                                      "--ignore-submodules=all", "--", source.path}));
  return !changes.empty();
}

absl::Status CheckPushed(const Git& git, Source& source) {
  GAVEL_ASSIGN_OR_RETURN(const std::string remotes, git.Line({"remote"}));
  if (remotes.empty()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const std::string branches,
                         git.Line({"branch", "-r", "--contains", source.commit}));
  source.pushed = !branches.empty();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Source> LocateSource(const std::string& argument, const Config& config,
                                    const SourceOptions& options) {
  Source source;
  source.argument = argument;
  if (options.commit.empty()) GAVEL_RETURN_IF_ERROR(CheckFile(source));
  GAVEL_RETURN_IF_ERROR(FindWorktree(source));
  GAVEL_RETURN_IF_ERROR(DetectRepository(source.root, config, options.repository, source));
  const Git git(source.root);
  bool dirty = false;
  if (options.commit.empty()) {
    GAVEL_ASSIGN_OR_RETURN(dirty, IsDirty(git, source));
    if (dirty && !options.allow_dirty) {
      return NotCommitted(source, "differs from what is committed");
    }
  }
  if (dirty) {
    GAVEL_RETURN_IF_ERROR(ReadWorkingCopy(git, source));
    return source;
  }
  GAVEL_RETURN_IF_ERROR(FindCommit(git, options.commit, source));
  GAVEL_RETURN_IF_ERROR(ReadCommitted(git, source));
  GAVEL_RETURN_IF_ERROR(CheckPushed(git, source));
  return source;
}

}  // namespace gavel::cli
