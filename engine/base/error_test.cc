#include "engine/base/error.h"

#include <gtest/gtest.h>

namespace gavel {
namespace {

TEST(ErrorTest, ReasonAndMetadataSurviveThePayload) {
  const absl::Status status = MakeError(absl::StatusCode::kAborted, "ETAG_MISMATCH", "Reread.",
                                        {{"etag", "\"3-aa\""}});
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ErrorReasonOf(status), "ETAG_MISMATCH");
  EXPECT_EQ(ErrorMetadataOf(status).at("etag"), "\"3-aa\"");
}

TEST(ErrorTest, ViolationsKeepFieldDescriptionAndCode) {
  const absl::Status status =
      MakeInvalid("SPEC_INVALID", "Bad.", {{"front_matter.title", "Too short.", "GV101"}});
  ASSERT_EQ(FieldViolationsOf(status).size(), 1u);
  EXPECT_EQ(FieldViolationsOf(status)[0].reason, "GV101");
}

TEST(ErrorTest, AStatusWithoutDetailsHasNoReason) {
  EXPECT_EQ(ErrorReasonOf(absl::InternalError("x")), "");
  EXPECT_TRUE(FieldViolationsOf(absl::OkStatus()).empty());
}

}  // namespace
}  // namespace gavel
