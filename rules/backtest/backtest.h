// What a candidate policy would have done to past reviews, next to what the policy in force does.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/backtest/case_judge.h"
#include "rules/backtest/timeline.h"

namespace gavel::rules {

struct BacktestOptions {
  int32_t since_day = 0;  // Both ends, for the report; every case added counts.
  int32_t until_day = 0;
  // Judges every review as if it were submitted on this day: prices and tiers as they are then.
  // Unset: each on the day of its submission.
  std::optional<int32_t> judge_day;
  std::string live_source;  // Hashes of the sources, for the report.
  std::string candidate_source;
};

// Feed it every case, then ask for the report. Single-threaded.
class Backtest {
 public:
  static constexpr int kListed = 200;  // Reviews that a report names, of each kind.

  Backtest(Timeline live, Timeline candidate, BacktestOptions options);

  // Allocates only for what the report names. O(names in the facts + tests of both policies).
  void Add(const v1::ReviewCase& review);

  int64_t cases() const { return report_.cases(); }

  // Ends the back-test: adds nothing afterwards.
  v1::BacktestReport Finish();

 private:
  void AddApproved(const v1::ReviewCase& review);
  void AddChange(const v1::ReviewCase& review, const CaseVerdict& live,
                 const CaseVerdict& candidate);
  void AddMissing(uint32_t fields);
  void FillIntervals();
  void FillMissing();

  // A policy of each day, and what judges by it.
  struct Side {
    explicit Side(Timeline timeline);
    CaseVerdict Judge(const v1::PackedFacts& facts, int32_t day);

    Timeline timeline;
    std::vector<CaseJudge> judges;  // By era.
  };

  Side live_;
  Side candidate_;
  BacktestOptions options_;
  v1::BacktestReport report_;
  std::array<int64_t, kFieldCount> missing_{};
  std::vector<int32_t> days_saved_;
};

// True where the ending says something about a rule that would have approved: people brought it
// about, or harm came of it.
bool IsDecided(const v1::ReviewCase& review);

// True where `after` differs from `before` in what was approved: dependencies, data class, regions,
// or a cost that grew by half or more. A fact that was not known before and is now is no change.
bool IsMaterialChange(const v1::PackedFacts& before, const v1::PackedFacts& after);

}  // namespace gavel::rules
