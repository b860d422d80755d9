#include "clients/common/method.h"

#include <cassert>
#include <string_view>

#include "clients/common/request_id.h"
#include "google/protobuf/descriptor.h"

namespace gavel::client {
namespace {

const google::protobuf::MethodDescriptor* MethodOf(const google::protobuf::Message& request) {
  const google::protobuf::FileDescriptor* file = request.GetDescriptor()->file();
  for (int i = 0; i < file->service_count(); ++i) {
    const google::protobuf::ServiceDescriptor* service = file->service(i);
    for (int j = 0; j < service->method_count(); ++j) {
      if (service->method(j)->input_type() == request.GetDescriptor()) return service->method(j);
    }
  }
  return nullptr;
}

const google::protobuf::FieldDescriptor* RequestIdOf(const google::protobuf::Message& request) {
  return request.GetDescriptor()->FindFieldByName("request_id");
}

bool IsRead(std::string_view method) {
  for (std::string_view verb : {"Get", "List", "Find", "Search", "Explain", "Evaluate", "Validate",
                                "Test", "Diff", "Backtest", "Suggest", "Replay"}) {
    if (method.substr(0, verb.size()) == verb) return true;
  }
  return false;
}

}  // namespace

std::string MethodPathOf(const google::protobuf::Message& request) {
  const google::protobuf::MethodDescriptor* method = MethodOf(request);
  assert(method != nullptr);
  return "/" + method->service()->full_name() + "/" + method->name();
}

bool IsSafeToRepeat(const google::protobuf::Message& request) {
  if (const auto* field = RequestIdOf(request)) {
    return !request.GetReflection()->GetString(request, field).empty();
  }
  return IsRead(MethodOf(request)->name());
}

void EnsureRequestId(google::protobuf::Message& request) {
  const auto* field = RequestIdOf(request);
  if (field == nullptr || !request.GetReflection()->GetString(request, field).empty()) return;
  request.GetReflection()->SetString(&request, field, NewRequestId());
}

}  // namespace gavel::client
