#include "engine/store/store_error.h"

#include <string>

#include "engine/base/error.h"

namespace gavel::store {
namespace {

absl::Status StoreError(absl::StatusCode code, std::string_view reason, std::string_view sentence,
                        std::string_view detail) {
  return MakeError(code, reason, std::string(sentence) + " (" + std::string(detail) + ").",
                   {{"detail", std::string(detail)}});
}

}  // namespace

absl::Status OutcomeUnknown(std::string_view detail) {
  return StoreError(absl::StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
                    "Whether this was stored is unknown: ask again with the same request id",
                    detail);
}

bool IsOutcomeUnknown(const absl::Status& status) {
  return ErrorReasonOf(status) == "OUTCOME_UNKNOWN";
}

absl::Status DiskFull(std::string_view detail) {
  return StoreError(absl::StatusCode::kResourceExhausted, "DISK_FULL",
                    "The disk is full: nothing was stored, reading still works", detail);
}

absl::Status StoreCorrupt(std::string_view detail) {
  return StoreError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                    "The stored bytes are not what was written: restore a backup", detail);
}

bool IsStoreCorrupt(const absl::Status& status) { return ErrorReasonOf(status) == "STORE_CORRUPT"; }

absl::Status StoreUnavailable(std::string_view detail) {
  return StoreError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                    "The store cannot answer now, and nothing was stored: try again", detail);
}

absl::Status StoreMisuse(std::string_view detail) {
  return StoreError(absl::StatusCode::kInternal, "INTERNAL",
                    "The service used its store wrongly, and nothing was stored", detail);
}

}  // namespace gavel::store
