#include "engine/app/watch/cursor.h"

#include <gtest/gtest.h>

#include <ostream>

#include "engine/base/error.h"

namespace gavel::app {
namespace {

constexpr char kLog[] = "3f8b1d0e-54a7-4b77-9d0c-0f4f3c7a1a55";

TEST(Cursor, RoundTrips) {
  for (const int64_t seq : {int64_t{0}, int64_t{1}, int64_t{255}, int64_t{1} << 40, INT64_MAX}) {
    const Cursor before{.log_id = kLog, .seq = seq, .filter_hash = 0xfedcba9876543210};
    const auto after = DecodeCursor(EncodeCursor(before));
    ASSERT_TRUE(after.ok()) << after.status();
    EXPECT_EQ(after->log_id, before.log_id);
    EXPECT_EQ(after->seq, before.seq);
    EXPECT_EQ(after->filter_hash, before.filter_hash);
  }
}

TEST(Cursor, EveryCutAndEveryChangedByteIsRefused) {
  const std::string good = EncodeCursor({.log_id = kLog, .seq = 42, .filter_hash = 7});
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(ErrorReasonOf(DecodeCursor(good.substr(0, size)).status()), "CURSOR_INVALID") << size;
  }
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x20);
    EXPECT_EQ(ErrorReasonOf(DecodeCursor(bad).status()), "CURSOR_INVALID") << i;
  }
  EXPECT_EQ(ErrorReasonOf(DecodeCursor(good + "x").status()), "CURSOR_INVALID");
  EXPECT_EQ(ErrorReasonOf(DecodeCursor(std::string(100'000, 'G')).status()), "CURSOR_INVALID");
}

struct Row {
  const char* name;
  Cursor cursor;
  absl::StatusCode code;
  const char* reason;
  ErrorMetadata metadata;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class CheckCursorTest : public ::testing::TestWithParam<Row> {};

// Against a log of events 10 to 100, and a stream whose filter hashes to 7.
TEST_P(CheckCursorTest, EachBadCursorHasItsOwnError) {
  const store::Head head{.log_id = kLog, .seq = 100, .last_commit_us = 0};
  const absl::Status status = CheckCursor(GetParam().cursor, 7, head, /*oldest_seq=*/10);
  EXPECT_EQ(status.code(), GetParam().code) << status;
  EXPECT_EQ(ErrorReasonOf(status), GetParam().reason);
  for (const auto& [key, value] : GetParam().metadata) {
    EXPECT_EQ(ErrorMetadataOf(status)[key], value) << key;
  }
}

using Code = absl::StatusCode;
INSTANTIATE_TEST_SUITE_P(
    Table, CheckCursorTest,
    ::testing::Values(
        Row{"InTheMiddle", {kLog, 50, 7}, Code::kOk, "", {}},
        Row{"AtTheHead", {kLog, 100, 7}, Code::kOk, "", {}},
        Row{"JustBeforeTheOldest", {kLog, 9, 7}, Code::kOk, "", {}},
        Row{"OneTooOld",
            {kLog, 8, 7},
            Code::kOutOfRange,
            "CURSOR_COMPACTED",
            {{"oldest_seq", "10"}}},
        Row{"PastTheHead",
            {kLog, 101, 7},
            Code::kOutOfRange,
            "CURSOR_IN_FUTURE",
            {{"head_seq", "100"}}},
        Row{"OtherFilter", {kLog, 50, 8}, Code::kInvalidArgument, "CURSOR_FILTER_MISMATCH", {}},
        Row{"OtherLog",
            {"another", 50, 7},
            Code::kFailedPrecondition,
            "CURSOR_FROM_OTHER_LOG",
            {{"log_id", kLog}}},
        // A restored log counts anew: its numbers must not be compared with the cursor's.
        Row{"OtherLogAndInFuture",
            {"another", 500, 7},
            Code::kFailedPrecondition,
            "CURSOR_FROM_OTHER_LOG",
            {}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace gavel::app
