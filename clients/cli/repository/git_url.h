// One name for one repository, however its remote is spelled.
#pragma once

#include <string>
#include <string_view>

namespace gavel::cli {

// `github.com/acme/uploads` for every spelling of that remote: no user, password, `.git`, default
// port or trailing slash; host in lower case. A path on this machine becomes `local/…`. Empty for
// text that names no repository.
std::string NormaliseRepository(std::string_view url);

}  // namespace gavel::cli
