#include "engine/app/command/fingerprint.h"

#include <memory>

#include "engine/app/command/canonical_bytes.h"
#include "engine/base/sha256.h"
#include "google/protobuf/descriptor.h"

namespace gavel::app {

std::string Fingerprint(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> content(request.New());
  content->CopyFrom(request);
  const auto* request_id = content->GetDescriptor()->FindFieldByName("request_id");
  if (request_id != nullptr) content->GetReflection()->ClearField(content.get(), request_id);
  // Without an order of map entries a retry could look like another request.
  return Sha256(CanonicalBytes(*content));
}

}  // namespace gavel::app
