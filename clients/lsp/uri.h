// `file:` URIs as editors write them.
#pragma once

#include <string>
#include <string_view>

namespace gavel::lsp {

// The path of a `file:` URI of this machine, percent-decoded; empty for any other URI.
std::string PathOfUri(std::string_view uri);

// The inverse, for an absolute path.
std::string UriOfPath(std::string_view path);

}  // namespace gavel::lsp
