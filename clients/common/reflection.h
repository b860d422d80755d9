// What a server says about its own methods (gRPC server reflection, v1alpha): calls without any
// knowledge of them at compile time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/common/connection.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor_database.h"

namespace gavel::client {

// Holds every file that was asked for; descriptors live as long as this. Blocks on the server.
class Reflection {
 public:
  // `connection` must outlive this.
  explicit Reflection(Connection& connection) : connection_(connection) {}

  // Full names, sorted. Errors: FAILED_PRECONDITION where the server offers no
  // reflection; those of Call.
  absl::StatusOr<std::vector<std::string>> Services();

  // Never null. Errors: NOT_FOUND for a name that is no service of the server; INTERNAL where it
  // describes itself wrongly; those of Call.
  absl::StatusOr<const google::protobuf::ServiceDescriptor*> Service(const std::string& name);

 private:
  // Adds the files of the answer, then what they import and nobody sent yet.
  absl::Status AddFiles(const std::string& symbol);

  Connection& connection_;
  google::protobuf::SimpleDescriptorDatabase files_;
  google::protobuf::DescriptorPool pool_{&files_};
};

}  // namespace gavel::client
