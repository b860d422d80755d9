// Where a file lies in its repository.
#pragma once

#include <string>

namespace gavel::check {

// `path` (relative to the working directory, or absolute) from `root`, the top folder of the
// working tree; absolute where it lies elsewhere or `root` is empty. Symbolic links are resolved.
// Empty where the file system does not say.
std::string RepositoryPath(const std::string& root, const std::string& path);

}  // namespace gavel::check
