#include "clients/common/reflection.h"

#include <algorithm>
#include <set>

#include "clients/common/reflection.pb.h"
#include "engine/base/status_macros.h"
#include "google/protobuf/descriptor.pb.h"

namespace gavel::client {
namespace {

constexpr char kMethod[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
// A server that names ever new imports is not believed for ever; gavel.v1 has 30 files.
constexpr size_t kMaxFiles = 1000;

absl::StatusOr<ReflectionResponse> Ask(Connection& connection, const ReflectionRequest& request) {
  ReflectionResponse response;
  const absl::Status status = connection.Stream(
      {.path = kMethod, .safe_to_repeat = true, .timeout = connection.options().timeout}, request,
      &response, [] {});
  if (absl::IsUnimplemented(status)) {
    return absl::FailedPreconditionError("the server does not describe itself (gRPC reflection)");
  }
  GAVEL_RETURN_IF_ERROR(status);
  if (response.has_error()) {
    const bool known = response.error().code() > 0 && response.error().code() <= 16;
    return absl::Status(known ? static_cast<absl::StatusCode>(response.error().code())
                              : absl::StatusCode::kInternal,
                        response.error().message());
  }
  return response;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> Reflection::Services() {
  ReflectionRequest request;
  request.set_list_services("*");
  GAVEL_ASSIGN_OR_RETURN(const ReflectionResponse response, Ask(connection_, request));
  std::vector<std::string> names;
  for (const auto& service : response.services().service()) names.push_back(service.name());
  std::sort(names.begin(), names.end());
  return names;
}

absl::Status Reflection::AddFiles(const std::string& symbol) {
  ReflectionRequest request;
  request.set_file_containing_symbol(symbol);
  std::set<std::string> known;
  std::set<std::string> missing;
  while (known.size() < kMaxFiles) {
    GAVEL_ASSIGN_OR_RETURN(const ReflectionResponse response, Ask(connection_, request));
    for (const std::string& bytes : response.files().file()) {
      google::protobuf::FileDescriptorProto file;
      if (!file.ParseFromString(bytes)) return absl::InternalError("a descriptor does not parse");
      google::protobuf::FileDescriptorProto before;
      const bool have = files_.FindFileByName(file.name(), &before);
      if (!have && !files_.Add(file)) {
        return absl::InternalError(file.name() + " contradicts another file of the server");
      }
      known.insert(file.name());
      missing.insert(file.dependency().begin(), file.dependency().end());
    }
    std::erase_if(missing, [&](const std::string& name) { return known.contains(name); });
    if (missing.empty()) return absl::OkStatus();
    request.set_file_by_filename(*missing.begin());
    known.insert(*missing.begin());  // Asked once, whatever the answer names.
  }
  return absl::InternalError("the server describes itself with too many files");
}

absl::StatusOr<const google::protobuf::ServiceDescriptor*> Reflection::Service(
    const std::string& name) {
  const absl::Status added = AddFiles(name);
  if (absl::IsNotFound(added)) {
    return absl::NotFoundError("the server does not describe a service `" + name + "`");
  }
  GAVEL_RETURN_IF_ERROR(added);
  if (const auto* service = pool_.FindServiceByName(name)) return service;
  return absl::NotFoundError(name + " is no service of this server");
}

}  // namespace gavel::client
