#include "rules/backtest/backtest.h"

#include <algorithm>
#include <bit>
#include <string_view>
#include <utility>

#include "engine/base/sha256.h"
#include "rules/backtest/interval.h"
#include "rules/backtest/report_lines.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

void Count(const CaseVerdict& verdict, v1::BacktestCounts& counts) {
  if (verdict.bucket == Bucket::kAuto) return counts.set_auto_(counts.auto_() + 1);
  if (verdict.bucket == Bucket::kNotAuto) counts.set_not_auto(counts.not_auto() + 1);
  if (verdict.bucket == Bucket::kCannotTell) counts.set_cannot_tell(counts.cannot_tell() + 1);
  if (verdict.mode == v1::REVIEW_MODE_SYNC) {
    counts.set_sync(counts.sync() + 1);
  } else {
    counts.set_async(counts.async() + 1);
  }
}

// `sync, back to the author`.
std::string VerdictText(const CaseVerdict& verdict) {
  std::string text = verdict.mode == v1::REVIEW_MODE_AUTO    ? "auto"
                     : verdict.mode == v1::REVIEW_MODE_ASYNC ? "async"
                                                             : "sync";
  if (verdict.author_gate) text += ", back to the author";
  return text;
}

bool DecidedByPeople(const v1::ReviewCase& review) {
  return review.ending() == v1::ReviewCase::ENDING_APPROVED ||
         review.ending() == v1::ReviewCase::ENDING_REJECTED ||
         review.ending() == v1::ReviewCase::ENDING_WITHDRAWN;
}

// For each field the first one that the same key supplies.
std::array<uint8_t, kFieldCount> FirstFieldsOfKeys() {
  std::array<uint8_t, kFieldCount> first{};
  for (uint8_t i = 0; i < kFieldCount; ++i) {
    const std::string_view name = MissingName(static_cast<Field>(i));
    while (MissingName(static_cast<Field>(first[i])) != name) ++first[i];
  }
  return first;
}

double MedianOf(std::vector<int32_t>& days) {
  if (days.empty()) return 0;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  if (days.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(days.begin(), middle)) / 2.0;
}

}  // namespace

bool IsDecided(const v1::ReviewCase& review) {
  return DecidedByPeople(review) || review.harms_size() > 0;
}

Backtest::Side::Side(Timeline days) : timeline(std::move(days)) {
  for (const Era& era : timeline.eras()) judges.emplace_back(era.policy);
}

CaseVerdict Backtest::Side::Judge(const v1::PackedFacts& facts, int32_t day) {
  return judges[timeline.EraOf(day)].Judge(facts, day);
}

Backtest::Backtest(Timeline live, Timeline candidate, BacktestOptions options)
    : live_(std::move(live)), candidate_(std::move(candidate)), options_(std::move(options)) {
  report_.set_live(live_.timeline.newest().policy().rule_set_pin());
  report_.set_candidate(candidate_.timeline.newest().policy().rule_set_pin());
  report_.set_live_source(options_.live_source);
  report_.set_candidate_source(options_.candidate_source);
  report_.set_catalog_today(options_.judge_day.has_value());
  *report_.mutable_since() = DateOf(options_.since_day);
  *report_.mutable_until() = DateOf(options_.until_day);
}

void Backtest::Add(const v1::ReviewCase& review) {
  const int32_t day = options_.judge_day.value_or(review.submitted_day());
  const CaseVerdict live = live_.Judge(review.facts(), day);
  const CaseVerdict candidate = candidate_.Judge(review.facts(), day);
  report_.set_cases(report_.cases() + 1);
  if (review.backfilled()) report_.set_backfilled(report_.backfilled() + 1);
  Count(live, *report_.mutable_live_counts());
  Count(candidate, *report_.mutable_candidate_counts());
  AddMissing(candidate.missing);
  if (candidate.bucket == Bucket::kAuto) AddApproved(review);
  const bool same = live.mode == candidate.mode && live.author_gate == candidate.author_gate;
  if (!same) AddChange(review, live, candidate);
}

void Backtest::AddApproved(const v1::ReviewCase& review) {
  const bool decided = IsDecided(review);
  const bool harmed = review.harms_size() > 0;
  report_.set_decided(report_.decided() + (decided ? 1 : 0));
  report_.set_harmed(report_.harmed() + (harmed ? 1 : 0));
  if (review.backfilled()) {
    report_.set_backfilled_auto(report_.backfilled_auto() + 1);
    report_.set_backfilled_decided(report_.backfilled_decided() + (decided ? 1 : 0));
    report_.set_backfilled_harmed(report_.backfilled_harmed() + (harmed ? 1 : 0));
  }
  if (harmed && report_.harm_size() < kListed) {
    v1::BacktestChange& listed = *report_.add_harm();
    listed.set_spec(review.spec());
    listed.set_candidate("auto");
    *listed.mutable_harms() = review.harms();
  }
  if (!DecidedByPeople(review)) return;
  days_saved_.push_back(review.waited_days());
  report_.set_remarks_saved(report_.remarks_saved() + review.remarks());
}

void Backtest::AddChange(const v1::ReviewCase& review, const CaseVerdict& live,
                         const CaseVerdict& candidate) {
  report_.set_changed(report_.changed() + 1);
  if (candidate.bucket == Bucket::kAuto) report_.set_newly_auto(report_.newly_auto() + 1);
  if (live.bucket == Bucket::kAuto) report_.set_no_longer_auto(report_.no_longer_auto() + 1);
  const bool from_sync =
      candidate.bucket == Bucket::kAuto && live.mode == v1::REVIEW_MODE_SYNC;
  if (from_sync && report_.newly_auto_from_sync_size() < kListed) {
    report_.add_newly_auto_from_sync(review.spec());
  }
  if (report_.changes_size() >= kListed) return;
  v1::BacktestChange& change = *report_.add_changes();
  change.set_spec(review.spec());
  change.set_live(VerdictText(live));
  change.set_candidate(VerdictText(candidate));
  *change.mutable_harms() = review.harms();
}

void Backtest::AddMissing(uint32_t fields) {
  // Several fields may stand for one key: `deps.storage` and `deps.compute` are one list.
  static const std::array<uint8_t, kFieldCount> kKeys = FirstFieldsOfKeys();
  uint32_t keys = 0;
  for (; fields != 0; fields &= fields - 1) keys |= 1u << kKeys[std::countr_zero(fields)];
  for (; keys != 0; keys &= keys - 1) ++missing_[static_cast<size_t>(std::countr_zero(keys))];
}

void Backtest::FillIntervals() {
  const Interval interval = ExactInterval(report_.harmed(), report_.decided());
  report_.set_harm_low_percent(interval.low);
  report_.set_harm_high_percent(interval.high);
  report_.set_harm_bound_percent(UpperBound(report_.harmed(), report_.decided()));
  report_.set_gate_met(MeetsGate(report_.harmed(), report_.decided()));
}

void Backtest::FillMissing() {
  for (size_t i = 0; i < missing_.size(); ++i) {
    if (missing_[i] == 0) continue;
    v1::FieldCount& missing = *report_.add_missing();
    missing.set_field(std::string(MissingName(static_cast<Field>(i))));
    missing.set_count(missing_[i]);
  }
  std::stable_sort(report_.mutable_missing()->begin(), report_.mutable_missing()->end(),
                   [](const auto& a, const auto& b) { return a.count() > b.count(); });
}

v1::BacktestReport Backtest::Finish() {
  FillIntervals();
  FillMissing();
  report_.set_median_days_saved(MedianOf(days_saved_));
  for (std::string& line : ReportLines(report_)) report_.add_lines(std::move(line));
  // No map in it: the same report has the same bytes.
  report_.set_id(Sha256Hex(report_.SerializeAsString()));
  return std::move(report_);
}

}  // namespace gavel::rules
