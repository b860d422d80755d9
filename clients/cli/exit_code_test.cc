#include "clients/cli/exit_code.h"

#include <gtest/gtest.h>

#include "engine/base/error.h"

namespace gavel::cli {
namespace {

struct Row {
  absl::StatusCode code;
  const char* reason;
  ExitCode exit_code;
};
void PrintTo(const Row& row, std::ostream* os) {
  *os << absl::StatusCodeToString(row.code) << " " << row.reason;
}

class ExitCodeTest : public testing::TestWithParam<Row> {};

TEST_P(ExitCodeTest, FollowsTheTable) {
  EXPECT_EQ(ExitCodeOf(MakeError(GetParam().code, GetParam().reason, "text")),
            GetParam().exit_code);
}

using Code = absl::StatusCode;

INSTANTIATE_TEST_SUITE_P(
    Codes, ExitCodeTest,
    testing::Values(Row{Code::kCancelled, "", ExitCode::kInterrupted},
                    Row{Code::kUnknown, "", ExitCode::kBug},
                    Row{Code::kInvalidArgument, "FIELD_INVALID", ExitCode::kUsage},
                    Row{Code::kInvalidArgument, "SPEC_INVALID", ExitCode::kUnreadable},
                    Row{Code::kDeadlineExceeded, "DEADLINE", ExitCode::kUnreachable},
                    Row{Code::kNotFound, "SPEC_NOT_FOUND", ExitCode::kNotFound},
                    Row{Code::kAlreadyExists, "SPEC_EXISTS", ExitCode::kRefused},
                    Row{Code::kPermissionDenied, "ROLE_MISSING", ExitCode::kNotAllowed},
                    Row{Code::kResourceExhausted, "OVERLOADED", ExitCode::kUnreachable},
                    Row{Code::kFailedPrecondition, "STATE_NOT_ALLOWED", ExitCode::kRefused},
                    Row{Code::kAborted, "ETAG_MISMATCH", ExitCode::kRefused},
                    Row{Code::kOutOfRange, "CURSOR_COMPACTED", ExitCode::kRefused},
                    Row{Code::kUnimplemented, "", ExitCode::kBug},
                    Row{Code::kInternal, "", ExitCode::kBug},
                    Row{Code::kUnavailable, "SHUTTING_DOWN", ExitCode::kUnreachable},
                    Row{Code::kDataLoss, "STORE_CORRUPT", ExitCode::kBug},
                    Row{Code::kUnauthenticated, "SIGN_IN_REQUIRED", ExitCode::kNotAllowed}));

TEST(ExitCodeTest, OkIsDone) { EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kDone); }

TEST(ExitCodeTest, ARunOverSeveralFilesReportsTheWorst) {
  EXPECT_EQ(Worst(ExitCode::kNo, ExitCode::kUnreadable), ExitCode::kUnreadable);
  EXPECT_EQ(Worst(ExitCode::kRefused, ExitCode::kDone), ExitCode::kRefused);
}

}  // namespace
}  // namespace gavel::cli
