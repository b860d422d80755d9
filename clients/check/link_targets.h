// Files that the links of a document lead to.
#pragma once

#include <functional>
#include <string>

namespace gavel::check {

// A question for CheckOptions::exists about the document at `path`: whether a path relative
// to it (or, with a `/` in front, to the top folder) names something in the working tree at `root`.
// A checkout is untrusted: nothing outside `root` is ever looked at, and such a path does not
// exist. A symbolic link on the way is not followed; what lies behind it counts as there.
//
// Empty, so that links are not checked, where the document lies outside `root`.
std::function<bool(const std::string&)> LinkTargets(const std::string& root,
                                                    const std::string& path);

}  // namespace gavel::check
