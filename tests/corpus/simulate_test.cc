// Four real histories, whole, through the real lifecycle and planner.
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "engine/simulation/simulate.h"
#include "tests/corpus/tier_label.h"

namespace gavel::simulation {
namespace {

struct HistoryRow {
  const char* name;
  int specs, demands;  // As the histories' README counts them.
  double median, p90;  // Days, first come first served, three a week.
  int longest;
};
void PrintTo(const HistoryRow& row, std::ostream* os) { *os << row.name; }

class Histories : public testing::TestWithParam<HistoryRow> {
 protected:
  static History Read() {
    const std::string file = std::string(GetParam().name) + ".jsonl";
    auto history = ReadHistory(file, corpus::ReadCorpusFile(GAVEL_REPLAY_DIR, file));
    EXPECT_TRUE(history.ok()) << history.status();
    return history.ok() ? *std::move(history) : History();
  }
};

// The cut-off lies three business days ahead, so nobody waits less than three days, and who comes
// after it waits one week more than in a queue without notice.
constexpr double kNoticeDays = 3;
constexpr double kWeek = 7;

TEST_P(Histories, LoseNothingAndKeepUpWithThreeAWeek) {
  const HistoryRow& row = GetParam();
  const absl::Time start = absl::Now();
  const auto report = Simulate(Read(), {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->specs, row.specs);
  EXPECT_EQ(report->demands, row.demands);
  EXPECT_EQ(report->decided, row.demands) << "every demand was heard";
  EXPECT_EQ(report->waiting, 0);
  EXPECT_EQ(report->refused_demands, 0);
  EXPECT_LE(report->most_items, 3);
  EXPECT_LE(report->utilisation, 1.0);
  EXPECT_GE(report->median_wait_days, row.median);
  EXPECT_LE(report->median_wait_days, row.median + kNoticeDays + kWeek);
  EXPECT_GE(report->p90_wait_days, row.p90);
  EXPECT_LE(report->p90_wait_days, row.p90 + kNoticeDays + 2 * kWeek);
  EXPECT_GE(report->longest_queue, row.longest);
  for (const ReportRefusal& refusal : report->refusals) {
    std::printf("%d x %s: %s\n", refusal.count, refusal.what.c_str(), refusal.example.c_str());
  }
  std::printf("median %.1f, p90 %.1f, longest %d, held %d, cancelled %d, used %.2f, %.1f s\n",
              report->median_wait_days, report->p90_wait_days, report->longest_queue,
              report->meetings, report->cancelled, report->utilisation,
              absl::ToDoubleSeconds(absl::Now() - start));
}

INSTANTIATE_TEST_SUITE_P(All, Histories,
                         testing::Values(HistoryRow{"swift-evolution", 439, 507, 3, 51, 44},
                                         HistoryRow{"peps", 736, 406, 4, 7, 12},
                                         HistoryRow{"eips", 1195, 351, 5, 23, 23},
                                         HistoryRow{"keps", 651, 593, 15, 37, 31}),
                         [](const auto& row) {
                           std::string name = row.param.name;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace gavel::simulation
