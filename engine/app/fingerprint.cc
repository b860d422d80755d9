#include "engine/app/fingerprint.h"

#include <memory>

#include "engine/base/sha256.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace gavel::app {

std::string Fingerprint(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> content(request.New());
  content->CopyFrom(request);
  const auto* request_id = content->GetDescriptor()->FindFieldByName("request_id");
  if (request_id != nullptr) content->GetReflection()->ClearField(content.get(), request_id);

  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    // Map entries have no order of their own; unordered, a retry could look like another request.
    output.SetSerializationDeterministic(true);
    content->SerializeToCodedStream(&output);
  }
  return Sha256(bytes);
}

}  // namespace gavel::app
