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
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  // Another service may call something else by this name.
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
  return text ? field : nullptr;
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
  return IsSafeToRepeat(MethodPathOf(request), request);
}

bool IsSafeToRepeat(const std::string& path, const google::protobuf::Message& request) {
  if (const auto* field = RequestIdOf(request)) {
    return !request.GetReflection()->GetString(request, field).empty();
  }
  return IsRead(std::string_view(path).substr(path.rfind('/') + 1));
}

bool WantsRequestId(const google::protobuf::Message& request) {
  const auto* id = RequestIdOf(request);
  if (id == nullptr || !request.GetReflection()->GetString(request, id).empty()) return false;
  const auto* rehearsal = request.GetDescriptor()->FindFieldByName("validate_only");
  return rehearsal == nullptr || !request.GetReflection()->GetBool(request, rehearsal);
}

void EnsureRequestId(google::protobuf::Message& request) {
  const auto* field = RequestIdOf(request);
  if (field == nullptr || !request.GetReflection()->GetString(request, field).empty()) return;
  request.GetReflection()->SetString(&request, field, NewRequestId());
}

}  // namespace gavel::client
