// Errors that carry `google.rpc` details. Every error that leaves Gavel has exactly one ErrorInfo
// (AIP-193): a stable reason of `gavel.v1.ErrorReason`, the domain `gavel.dev`, and metadata that
// repeats every value of the message. Field violations travel beside it as a BadRequest.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace gavel {

inline constexpr std::string_view kErrorDomain = "gavel.dev";

using ErrorMetadata = std::map<std::string, std::string>;

// One wrong field of a request or of a spec's front matter.
struct FieldViolation {
  std::string field;        // `front_matter.dependencies[1].use`, or `reason` of a request.
  std::string description;  // One sentence that names the value and the fix.
  std::string reason;       // A finding code (`GV204`), or empty.
};

// An error with an ErrorInfo. `reason` is a name of `gavel.v1.ErrorReason` without its prefix.
absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message,
                       const ErrorMetadata& metadata = {});

// INVALID_ARGUMENT with one BadRequest violation per entry.
absl::Status MakeInvalid(std::string_view reason, std::string_view message,
                         const std::vector<FieldViolation>& violations,
                         const ErrorMetadata& metadata = {});

// INVALID_ARGUMENT `FIELD_INVALID` for one field of a request.
absl::Status FieldError(std::string_view field, std::string_view description);

// The ErrorInfo reason of `status`, or empty.
std::string ErrorReasonOf(const absl::Status& status);

// The ErrorInfo metadata of `status`, or empty.
ErrorMetadata ErrorMetadataOf(const absl::Status& status);

// The BadRequest violations of `status`, or empty.
std::vector<FieldViolation> FieldViolationsOf(const absl::Status& status);

}  // namespace gavel
