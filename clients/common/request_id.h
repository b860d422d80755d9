// Request ids: the server answers the same id with the same content once, for seven days.
#pragma once

#include <string>
#include <vector>

namespace gavel::client {

// A random UUID (version 4).
std::string NewRequestId();

// The same UUID (version 8) for the same parts, on every machine: a command that was killed before
// its answer and is run again asks with the id it had. Parts are length-prefixed, so moving a
// boundary changes the id.
std::string DeriveRequestId(const std::vector<std::string>& parts);

}  // namespace gavel::client
