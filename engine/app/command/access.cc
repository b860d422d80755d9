#include "engine/app/command/access.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/app/command/entity.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::app {
namespace {

int CodePoints(const std::string& text) {
  // Every byte of UTF-8 but the continuation bytes starts one.
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

absl::Status CheckText(const google::protobuf::FieldDescriptor& field, const std::string& text) {
  const int length = CodePoints(text);
  if (length <= kTextCodePoints) return absl::OkStatus();
  return MakeInvalid(
      "LIMIT_EXCEEDED",
      fmt::format("{}: {} characters; the limit is {}.", field.name(), length, kTextCodePoints),
      {{field.name(), fmt::format("at most {} characters", kTextCodePoints), ""}},
      {{"field", field.name()}, {"limit", std::to_string(kTextCodePoints)}});
}

absl::Status CheckRepeated(const google::protobuf::Message& message,
                           const google::protobuf::FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  if (size > kListEntries) {
    return MakeInvalid(
        "LIMIT_EXCEEDED",
        fmt::format("{}: {} entries; the limit is {}.", field.name(), size, kListEntries),
        {{field.name(), fmt::format("at most {} entries", kListEntries), ""}},
        {{"field", field.name()}, {"limit", std::to_string(kListEntries)}});
  }
  for (int i = 0; i < size; ++i) {
    if (field.cpp_type() == field.CPPTYPE_MESSAGE) {
      GAVEL_RETURN_IF_ERROR(CheckLimits(reflection.GetRepeatedMessage(message, &field, i)));
    } else if (field.type() == field.TYPE_STRING) {
      GAVEL_RETURN_IF_ERROR(CheckText(field, reflection.GetRepeatedString(message, &field, i)));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckCaller(const LivePolicy& policy, const Caller& caller, absl::Time now) {
  const Organisation& organisation = *policy.organisation;
  if (organisation.IsPresent(caller.principal, now) || organisation.IsService(caller.principal)) {
    return absl::OkStatus();
  }
  return MakeError(
      absl::StatusCode::kUnauthenticated, "SIGN_IN_REQUIRED",
      caller.principal.empty()
          ? "Say who you are: no identity came with the call."
          : fmt::format("`{}` is not a person or service of the organisation.", caller.principal),
      {{"principal", caller.principal}});
}

bool MayRead(const LivePolicy& policy, const Caller& caller, const v1::Spec& spec) {
  if (spec.state() != v1::Spec::STATE_DRAFT) return true;
  const auto& readers = spec.readers();
  return IsAuthor(spec, caller.principal) ||
         std::find(readers.begin(), readers.end(), caller.principal) != readers.end() ||
         policy.organisation->IsAdmin(caller.principal) ||
         policy.organisation->IsService(caller.principal);
}

absl::Status CheckReadable(const LivePolicy& policy, const Caller& caller, const v1::Spec& spec) {
  return MayRead(policy, caller, spec) ? absl::OkStatus() : SpecNotFound(spec.key());
}

absl::Status CheckEtag(std::string_view given, std::string_view current, std::string_view subject) {
  if (given == current) return absl::OkStatus();
  const ErrorMetadata metadata = {{"subject", std::string(subject)},
                                  {"etag", std::string(current)}};
  if (given.empty()) {
    return MakeInvalid("ETAG_REQUIRED",
                       fmt::format("etag: this command needs the current etag of {}.", subject),
                       {{"etag", "must be the `etag` last read", ""}}, metadata);
  }
  return MakeError(absl::StatusCode::kAborted, "ETAG_MISMATCH",
                   fmt::format("{} has changed since you read it. Reread it and retry.", subject),
                   metadata);
}

absl::Status CheckLimits(const google::protobuf::Message& request) {
  // Policy files are no texts of people; their compiler has limits for them.
  if (request.GetDescriptor() == v1::PolicySource::descriptor()) return absl::OkStatus();
  const auto& reflection = *request.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(request, &fields);
  for (const auto* field : fields) {
    if (field->is_repeated()) {
      GAVEL_RETURN_IF_ERROR(CheckRepeated(request, *field));
    } else if (field->cpp_type() == field->CPPTYPE_MESSAGE) {
      GAVEL_RETURN_IF_ERROR(CheckLimits(reflection.GetMessage(request, field)));
    } else if (field->type() == field->TYPE_STRING) {
      GAVEL_RETURN_IF_ERROR(CheckText(*field, reflection.GetString(request, field)));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRequestId(std::string_view id) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const auto fits = [](char c, char form) {
    return form == '-' ? c == '-' : absl::ascii_isxdigit(static_cast<unsigned char>(c));
  };
  if (id.empty() || std::equal(id.begin(), id.end(), kForm.begin(), kForm.end(), fits)) {
    return absl::OkStatus();
  }
  return FieldError("request_id", "must be a UUID, such as 6f1f1a52-3f57-4f7c-9c3f-0a9b8c7d6e5f");
}

}  // namespace gavel::app
