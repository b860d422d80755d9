#include "engine/rpc/status.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "engine/app/command/service_errors.h"
#include "engine/base/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace gavel::rpc {
namespace {

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), static_cast<int>(status.error_code()));
  EXPECT_EQ(details.message(), status.error_message());
  return details;
}

// The only detail of its type.
template <typename Detail>
Detail Find(const grpc::Status& status) {
  const google::rpc::Status details = DetailsOf(status);
  Detail found;
  int count = 0;
  for (const auto& any : details.details()) {
    if (any.Is<Detail>() && any.UnpackTo(&found)) ++count;
  }
  EXPECT_EQ(count, 1);
  return found;
}

TEST(ToGrpcStatus, OkHasNoDetails) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).error_details().empty());
}

TEST(ToGrpcStatus, EveryCodeKeepsItsNumber) {
  for (int code = 1; code <= 16; ++code) {
    if (code == static_cast<int>(absl::StatusCode::kUnknown)) continue;
    const auto status = ToGrpcStatus(MakeError(static_cast<absl::StatusCode>(code), "X", "why"));
    EXPECT_EQ(static_cast<int>(status.error_code()), code);
    EXPECT_EQ(status.error_message(), "why");
    EXPECT_EQ(Find<google::rpc::ErrorInfo>(status).reason(), "X");
  }
}

TEST(ToGrpcStatus, UnknownNeverLeaves) {
  const auto status = ToGrpcStatus(absl::UnknownError("what"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(status).reason(), "INTERNAL");
}

TEST(ToGrpcStatus, AnErrorThatNobodyNamedGetsAnErrorInfo) {
  const auto info = Find<google::rpc::ErrorInfo>(ToGrpcStatus(absl::NotFoundError("where?")));
  EXPECT_EQ(info.reason(), "INTERNAL");
  EXPECT_EQ(info.domain(), "gavel.dev");
}

TEST(ToGrpcStatus, CopiesEveryPayload) {
  const auto violations =
      ToGrpcStatus(MakeInvalid("SPEC_INVALID", "Unreadable.",
                               {{"front_matter.area", "No such area.", "GV101"}}, {{"a", "b"}}));
  const auto bad_request = Find<google::rpc::BadRequest>(violations);
  ASSERT_EQ(bad_request.field_violations_size(), 1);
  EXPECT_EQ(bad_request.field_violations(0).field(), "front_matter.area");
  EXPECT_EQ(bad_request.field_violations(0).reason(), "GV101");
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(violations).metadata().at("a"), "b");

  const auto retry = Find<google::rpc::RetryInfo>(
      ToGrpcStatus(app::Overloaded("command queue", absl::Milliseconds(1250))));
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 250'000'000);
}

size_t TrailerBytes(const grpc::Status& status) {
  return status.error_message().size() + (status.error_details().size() + 2) / 3 * 4;
}

TEST(ToGrpcStatus, TooManyViolationsAreCutAndCounted) {
  std::vector<FieldViolation> violations(
      500, {"front_matter.dependencies[1].use", "`k8s/standrad` is not in the catalog.", "GV204"});
  const auto status = ToGrpcStatus(MakeInvalid("SPEC_INVALID", "Unreadable.", violations));
  EXPECT_LT(TrailerBytes(status), 8000u);
  const int kept = Find<google::rpc::BadRequest>(status).field_violations_size();
  EXPECT_GT(kept, 20);
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(status).metadata().at("violations_omitted"),
            std::to_string(500 - kept));
}

TEST(ToGrpcStatus, EndlessTextIsCutBetweenCharacters) {
  std::string text;
  while (text.size() < 20'000) text += "ä€😀";
  const auto status = ToGrpcStatus(
      MakeError(absl::StatusCode::kNotFound, "SPEC_NOT_FOUND", text, {{"spec", text}}));
  EXPECT_LT(TrailerBytes(status), 8000u);
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(status).reason(), "SPEC_NOT_FOUND");
  EXPECT_LE(status.error_message().size(), 1000u);
  EXPECT_TRUE(status.error_message().ends_with("…"));
  // A protobuf string that is not UTF-8 would not survive the trip through JSON.
  google::rpc::ErrorInfo probe;
  probe.set_reason(status.error_message());
  EXPECT_TRUE(probe.ParseFromString(probe.SerializeAsString()));
}

}  // namespace
}  // namespace gavel::rpc
