// JSON Schemas (draft 7) of the files that people write, for editors: made from the tables of keys,
// the fields and operators that rules have, and the descriptors of the messages that the files
// become, whose comments are the descriptions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace google::protobuf {
class FileDescriptorSet;
}

namespace gavel::rules {

// What has a schema: `front-matter`, `catalog`, `rules`, `rules.test`, `org`.
const std::vector<std::string_view>& SchemaNames();

// The schema of that name, indented, with a newline at its end. `descriptors` holds gavel/v1 with
// source information and imports. The schema is never stricter than the readers, and looser where
// what is right depends on another file (ids of people, tiers, areas).
//
// Errors: NOT_FOUND for another name; INTERNAL where a field of a message has neither a key nor a
// reason to have none, so that none can be forgotten.
absl::StatusOr<std::string> JsonSchema(std::string_view name,
                                       const google::protobuf::FileDescriptorSet& descriptors);

}  // namespace gavel::rules
