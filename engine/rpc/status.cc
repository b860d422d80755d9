#include "engine/rpc/status.h"

#include <string>

#include "engine/base/error.h"
#include "fmt/format.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace gavel::rpc {
namespace {

// base64 makes 4/3 of it, and the message travels once more beside it: together under 8 KiB.
constexpr size_t kDetailsBytesMax = 4500;
constexpr size_t kMessageBytesMax = 1000;

// At most `bytes_max` bytes, cut before a whole UTF-8 character.
std::string Cut(std::string text, size_t bytes_max) {
  constexpr std::string_view kEllipsis = "…";
  if (text.size() <= bytes_max) return text;
  size_t end = bytes_max - kEllipsis.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end).append(kEllipsis);
}

// What leaves instead of an error that nobody named.
absl::Status Named(const absl::Status& status) {
  if (!ErrorReasonOf(status).empty()) return status;
  const bool unknown = status.code() == absl::StatusCode::kUnknown;
  return MakeError(unknown ? absl::StatusCode::kInternal : status.code(), "INTERNAL",
                   std::string(status.message()));
}

template <typename Detail>
google::protobuf::Any* FindDetail(google::rpc::Status& status) {
  for (auto& any : *status.mutable_details()) {
    if (any.Is<Detail>()) return &any;
  }
  return nullptr;
}

// Drops field violations from the end until the details fit, and says how many went.
void FitViolations(google::rpc::Status& status) {
  auto* info_any = FindDetail<google::rpc::ErrorInfo>(status);
  auto* bad_request_any = FindDetail<google::rpc::BadRequest>(status);
  if (info_any == nullptr || bad_request_any == nullptr) return;
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad_request;
  if (!info_any->UnpackTo(&info) || !bad_request_any->UnpackTo(&bad_request)) return;

  auto& violations = *bad_request.mutable_field_violations();
  for (int omitted = 1; status.ByteSizeLong() > kDetailsBytesMax && !violations.empty();
       ++omitted) {
    violations.RemoveLast();
    (*info.mutable_metadata())["violations_omitted"] = fmt::to_string(omitted);
    bad_request_any->PackFrom(bad_request);
    info_any->PackFrom(info);
  }
}

// The last resort: the reason alone, without the metadata that made it too long.
void KeepReasonOnly(google::rpc::Status& status, const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(std::string(kErrorDomain));
  status.clear_details();
  status.add_details()->PackFrom(info);
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const absl::Status named = Named(status);
  const std::string message = Cut(std::string(named.message()), kMessageBytesMax);

  google::rpc::Status out;
  out.set_code(static_cast<int>(named.code()));
  out.set_message(message);
  named.ForEachPayload([&](absl::string_view type_url, const absl::Cord& payload) {
    auto* detail = out.add_details();
    detail->set_type_url(std::string(type_url));
    detail->set_value(std::string(payload));
  });
  if (out.ByteSizeLong() > kDetailsBytesMax) FitViolations(out);
  if (out.ByteSizeLong() > kDetailsBytesMax) KeepReasonOnly(out, ErrorReasonOf(named));
  return grpc::Status(static_cast<grpc::StatusCode>(named.code()), message,
                      out.SerializeAsString());
}

}  // namespace gavel::rpc
