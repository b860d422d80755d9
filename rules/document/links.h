// Links of a document that lead nowhere.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"

namespace gavel::rules {

// Whether the file at a path relative to the document exists.
using FileExists = std::function<bool(const std::string& path)>;

// Warnings GV401 to GV405 about the Markdown links of the body, by place, the first 200. Read are
// `[text](target)` and definitions `[name]: target` on one line; not what is code or inside an HTML
// comment, bare addresses, and links into other documents' headings. Paths from the root
// (`/docs/x.md`) mean something else on every host and are left alone, and so are files where
// `exists` is empty. Nothing is ever fetched. Pure, but for `exists`; O(bytes).
std::vector<v1::Finding> CheckLinks(std::string_view bytes, const FileExists& exists);

}  // namespace gavel::rules
