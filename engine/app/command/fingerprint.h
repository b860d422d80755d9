// What makes two requests with one `request_id` the same request.
#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace gavel::app {

// SHA-256 (32 raw bytes) of the deterministic encoding of `request` without its field `request_id`.
// O(size of the request).
std::string Fingerprint(const google::protobuf::Message& request);

}  // namespace gavel::app
