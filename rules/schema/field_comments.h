// What the .proto files say about the fields that keys become.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "rules/schema/keys.h"

namespace google::protobuf {
class FileDescriptorSet;
}

namespace gavel::rules {

class FieldComments {
 public:
  // `descriptors` holds every file after those it imports.
  explicit FieldComments(const google::protobuf::FileDescriptorSet& descriptors);

  // The key's own note, else the comment of the (first) field that it becomes.
  std::string DescriptionOf(const KeySpec& key) const;

  // The words of the enum that the key's field is of, `UNSPECIFIED` left out: `standard`.
  std::vector<std::string> WordsOf(const KeySpec& key) const;

  // INTERNAL where a key names a field that does not exist, or a field of a message that keys
  // become has no key; `id` aside, which is the name something stands under.
  absl::Status CheckComplete() const;

 private:
  const google::protobuf::FieldDescriptor* Find(std::string_view name) const;

  google::protobuf::DescriptorPool pool_;
};

}  // namespace gavel::rules
