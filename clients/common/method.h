// What the descriptors say about a request: which RPC it belongs to, and whether it may be
// repeated.
#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace gavel::client {

// `/gavel.v1.SpecService/GetSpec` for a GetSpecRequest. The request must be the input of an RPC of
// its own file, as every request of gavel.v1 is.
std::string MethodPathOf(const google::protobuf::Message& request);

// True for reads, and for writes that carry a `request_id`.
bool IsSafeToRepeat(const google::protobuf::Message& request);

bool IsSafeToRepeat(const std::string& path, const google::protobuf::Message& request);

// True for a write that will change something and has no `request_id` yet.
bool WantsRequestId(const google::protobuf::Message& request);

// Gives a write a fresh `request_id` unless it has one; leaves reads alone.
void EnsureRequestId(google::protobuf::Message& request);

}  // namespace gavel::client
