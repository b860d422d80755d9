// gavel-schema NAME < DESCRIPTORS > NAME.schema.json
//
// Writes one JSON Schema at build time. DESCRIPTORS is what `protoc --include_imports
// --include_source_info --descriptor_set_out` makes of gavel/v1. Exit code 1 where the keys do not
// cover the messages, 2 for a wrong call.
#include <google/protobuf/descriptor.pb.h>

#include <iostream>

#include "rules/schema/json_schema.h"

int main(int argc, char** argv) {
  google::protobuf::FileDescriptorSet descriptors;
  if (argc != 2 || !descriptors.ParseFromIstream(&std::cin)) {
    std::cerr << "usage: gavel-schema NAME < DESCRIPTORS\n";
    return 2;
  }
  const auto schema = gavel::rules::JsonSchema(argv[1], descriptors);
  if (!schema.ok()) {
    std::cerr << schema.status() << '\n';
    return 1;
  }
  std::cout << *schema;
  return std::cout.flush() ? 0 : 1;
}
