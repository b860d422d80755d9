#include "engine/base/error.h"

#include <optional>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"

namespace gavel {
namespace {

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";

template <typename Detail>
std::optional<Detail> DetailOf(const absl::Status& status, const char* url) {
  const auto payload = status.GetPayload(url);
  if (!payload.has_value()) return std::nullopt;
  Detail detail;
  if (!detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message,
                       const ErrorMetadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  status.SetPayload(kErrorInfoUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

absl::Status MakeInvalid(std::string_view reason, std::string_view message,
                         const std::vector<FieldViolation>& violations,
                         const ErrorMetadata& metadata) {
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, reason, message, metadata);
  google::rpc::BadRequest bad_request;
  for (const FieldViolation& violation : violations) {
    auto* out = bad_request.add_field_violations();
    out->set_field(violation.field);
    out->set_description(violation.description);
    if (violation.reason.empty()) continue;
    out->set_reason(violation.reason);
  }
  status.SetPayload(kBadRequestUrl, absl::Cord(bad_request.SerializeAsString()));
  return status;
}

absl::Status FieldError(std::string_view field, std::string_view description) {
  return MakeInvalid("FIELD_INVALID",
                     std::string(field) + ": " + std::string(description),
                     {{std::string(field), std::string(description), ""}},
                     {{"field", std::string(field)}});
}

std::string ErrorReasonOf(const absl::Status& status) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  return info.has_value() ? info->reason() : std::string();
}

ErrorMetadata ErrorMetadataOf(const absl::Status& status) {
  ErrorMetadata metadata;
  if (const auto info = DetailOf<google::rpc::ErrorInfo>(status, kErrorInfoUrl)) {
    for (const auto& [key, value] : info->metadata()) metadata[key] = value;
  }
  return metadata;
}

std::vector<FieldViolation> FieldViolationsOf(const absl::Status& status) {
  std::vector<FieldViolation> violations;
  if (const auto bad_request = DetailOf<google::rpc::BadRequest>(status, kBadRequestUrl)) {
    for (const auto& violation : bad_request->field_violations()) {
      violations.push_back({violation.field(), violation.description(), violation.reason()});
    }
  }
  return violations;
}

}  // namespace gavel
