// The one encoding of a message that may be hashed.
#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace gavel::app {

// Equal messages give equal bytes: maps, which have no order of their own, are written by key.
// O(size).
std::string CanonicalBytes(const google::protobuf::Message& message);

}  // namespace gavel::app
