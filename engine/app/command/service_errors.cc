#include "engine/app/command/service_errors.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/escaping.h"
#include "engine/base/error.h"
#include "fmt/format.h"
#include "google/rpc/error_details.pb.h"

namespace gavel::app {
namespace {

constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";

}  // namespace

absl::Status Overloaded(std::string_view what, absl::Duration retry_after) {
  const int64_t retry_ms = absl::ToInt64Milliseconds(retry_after);
  absl::Status status =
      MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                fmt::format("Too much waits in the {}. Nothing was done; try again in {} ms.", what,
                            retry_ms),
                {{"queue", std::string(what)}, {"retry_ms", fmt::to_string(retry_ms)}});
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(retry_ms / 1000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(retry_ms % 1000) * 1'000'000);
  status.SetPayload(kRetryInfoUrl, absl::Cord(retry.SerializeAsString()));
  return status;
}

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN",
                   "The server is stopping. Send the same request again in a moment.");
}

absl::Status DeadlinePassed() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE",
                   "The deadline passed before the work began. Nothing was done.");
}

absl::Status RequestIdReused(std::string_view method, std::string_view request_id) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED",
      fmt::format("request_id {} was used for another {}. Use a new UUID.", request_id, method),
      {{"method", std::string(method)}, {"request_id", std::string(request_id)}});
}

absl::Status SlowConsumer(std::string_view cursor) {
  std::string text;
  absl::Base64Escape(absl::string_view(cursor.data(), cursor.size()), &text);
  return MakeError(absl::StatusCode::kUnavailable, "SLOW_CONSUMER",
                   fmt::format("The stream was not read in time. Go on from cursor {}.", text),
                   {{"cursor", text}});
}

absl::Duration RetryDelayOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kRetryInfoUrl);
  google::rpc::RetryInfo retry;
  if (!payload.has_value() || !retry.ParseFromString(std::string(*payload))) {
    return absl::ZeroDuration();
  }
  return absl::Seconds(retry.retry_delay().seconds()) +
         absl::Nanoseconds(retry.retry_delay().nanos());
}

}  // namespace gavel::app
