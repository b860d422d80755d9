// Small files, read and written whole.
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gavel::cli {

// More than anything that Gavel reads whole.
inline constexpr size_t kMostFileBytes = 16 * 1024 * 1024;

// A whole file.
//
// Errors: NOT_FOUND; INVALID_ARGUMENT for what is no regular file, cannot be read or is larger than
// `most` bytes.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t most = kMostFileBytes);

// As ReadFile, but the first `most` bytes of a larger one.
absl::StatusOr<std::string> ReadFileStart(const std::string& path, size_t most);

// The first `most` bytes of what `in` still has.
std::string ReadStart(std::istream& in, size_t most);

// Replaces `path` in one step, making its folder first; readable by the user alone.
//
// Errors: INVALID_ARGUMENT that names the path and the reason.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes);

// Replaces the file at `path` in one step: readers see all of it as it was or as it is. Permissions
// stay, and the owner where that is ours to say.
//
// Errors: INVALID_ARGUMENT that names the path and the reason; among them a symbolic link, which is
// not followed.
absl::Status RewriteFile(const std::string& path, std::string_view bytes);

// Writes a file that must not be there yet, making its folder first.
//
// Errors: ALREADY_EXISTS; INVALID_ARGUMENT that names the path and the reason.
absl::Status WriteNewFile(const std::string& path, std::string_view bytes);

}  // namespace gavel::cli
