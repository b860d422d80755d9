// Conformance: review cases, kept beside the log for back-tests.
#include <limits>

#include "engine/base/error.h"
#include "tests/conformance/store_conformance.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int32_t kMin = std::numeric_limits<int32_t>::min();
constexpr int32_t kMax = std::numeric_limits<int32_t>::max();

class ReviewCaseConformance : public StoreConformance {
 protected:
  absl::StatusOr<Head> Put(std::vector<ReviewCaseRow> rows) {
    CommandRows command;
    command.events = {MakeEvent("policy", ++version_)};
    command.review_cases = std::move(rows);
    return Commit(store(), command);
  }

  std::vector<std::string> Scan(int32_t since_day, int32_t until_day) {
    std::vector<std::string> bodies;
    const absl::Status scanned =
        Read()->ScanReviewCases(since_day, until_day, [&](std::string_view body) {
          bodies.emplace_back(body);
          return absl::OkStatus();
        });
    EXPECT_TRUE(scanned.ok()) << scanned;
    return bodies;
  }

 private:
  int64_t version_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Store, ReviewCaseConformance, ::testing::ValuesIn(Backends()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(ReviewCaseConformance, ARowComesBackByteForByte) {
  Must(Put({{"specs/A-1", kMax, BinaryBytes()}, {"specs/a-1", kMin, ""}, {"", -1, "x"}}));
  const auto view = Read();
  const auto row = Must(view->ReviewCase("specs/A-1"));
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->subject, "specs/A-1");
  EXPECT_EQ(row->submitted_day, kMax);
  EXPECT_EQ(row->body, BinaryBytes());
  EXPECT_EQ(Must(view->ReviewCase("specs/a-1"))->submitted_day, kMin);
  EXPECT_EQ(Must(view->ReviewCase(""))->body, "x");
  EXPECT_FALSE(Must(view->ReviewCase("specs/B-1")).has_value());
}

TEST_P(ReviewCaseConformance, AScanTakesBothEndsInTheOrderOfFirstWriting) {
  Must(Put({{"specs/Z-1", 30, "z"}, {"specs/A-1", 10, "a"}}));
  Must(Put({{"specs/M-1", 20, "m"}}));
  Must(Put({{"specs/Z-1", 30, "z2"}}));
  EXPECT_THAT(Scan(kMin, kMax), ElementsAre("z2", "a", "m"));
  EXPECT_THAT(Scan(10, 20), ElementsAre("a", "m"));
  EXPECT_THAT(Scan(11, 19), IsEmpty());
  EXPECT_THAT(Scan(20, 10), IsEmpty());
}

TEST_P(ReviewCaseConformance, AViewSeesWhatWasThereWhenItWasTaken) {
  Must(Put({{"specs/A-1", 1, "before"}}));
  const auto view = Read();
  Must(Put({{"specs/A-1", 1, "after"}, {"specs/A-2", 1, "new"}}));
  EXPECT_EQ(Must(view->ReviewCase("specs/A-1"))->body, "before");
  EXPECT_FALSE(Must(view->ReviewCase("specs/A-2")).has_value());
  EXPECT_THAT(Scan(1, 1), ElementsAre("after", "new"));
}

TEST_P(ReviewCaseConformance, ManyRowsAreScannedWithoutAGap) {
  constexpr int kRows = 10'000;
  std::vector<ReviewCaseRow> rows;
  for (int i = 0; i < kRows; ++i) {
    rows.push_back({"specs/A-" + std::to_string(i), i % 7, std::to_string(i)});
  }
  Must(Put(rows));
  const auto bodies = Scan(0, 6);
  ASSERT_EQ(bodies.size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(bodies[i], rows[i].body);
}

TEST_P(ReviewCaseConformance, AnErrorOfTheVisitorEndsTheScan) {
  Must(Put({{"specs/A-1", 1, "a"}, {"specs/A-2", 1, "b"}}));
  int visited = 0;
  const absl::Status scanned = Read()->ScanReviewCases(1, 1, [&](std::string_view) {
    ++visited;
    return absl::CancelledError("enough");
  });
  EXPECT_EQ(scanned.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(visited, 1);
  EXPECT_THAT(Scan(1, 1), ElementsAre("a", "b")) << "a broken-off scan must not keep its cursor";
}

TEST_P(ReviewCaseConformance, TheDayOfSubmissionNeverChanges) {
  Must(Put({{"specs/A-1", 1, "a"}}));
  EXPECT_EQ(ErrorReasonOf(Put({{"specs/A-1", 2, "b"}}).status()), "INTERNAL");
  EXPECT_EQ(Must(Read()->ReviewCase("specs/A-1"))->body, "a");
}

}  // namespace
}  // namespace gavel::store
