// Back-tests and suggestions: long readings of the review cases, with progress.

#include <optional>

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/insight/backtest_policies.h"
#include "engine/app/policy/policy_choice.h"
#include "engine/app/policy/rules_api.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"
#include "rules/backtest/backtest.h"
#include "rules/backtest/suggest.h"
#include "rules/packed/pack.h"

namespace gavel::app {
namespace {

constexpr int32_t kDaysLookedBack = 730;   // Two years, where the request names no first day.
constexpr int64_t kProgressEvery = 16384;  // Reviews between two progress messages.
constexpr int kSupportUsual = 30;
constexpr int kSupportMost = 1'000'000;

struct Days {
  int32_t since = 0;
  int32_t until = 0;
};

template <typename Request>
absl::StatusOr<Days> DaysOf(const Request& request, absl::Time now) {
  if (request.has_since() && !IsValidDate(request.since())) {
    return FieldError("since", "must be a day that exists");
  }
  if (request.has_until() && !IsValidDate(request.until())) {
    return FieldError("until", "must be a day that exists");
  }
  Days days;
  days.until = rules::DayOf(request.has_until() ? request.until() : DateOf(now));
  days.since = request.has_since() ? rules::DayOf(request.since()) : days.until - kDaysLookedBack;
  if (days.since <= days.until) return days;
  return FieldError("since", "must not be after `until`");
}

absl::Status NobodyWaits() { return absl::CancelledError("The caller has gone."); }

// Calls `visit` with every review case of those days.
template <typename Visit>
absl::Status ScanCases(const Environment& environment, const Days& days, Visit visit) {
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment.store.Read());
  v1::ReviewCase review;  // Parsed into again and again: after a few, nothing is allocated.
  return view->ScanReviewCases(days.since, days.until, [&](std::string_view body) -> absl::Status {
    if (!review.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
      return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                       "A stored review case cannot be read.", {{"table", "review_case"}});
    }
    return visit(review);
  });
}

absl::StatusOr<rules::Backtest> Prepare(const Environment& environment, const Workflow& workflow,
                                        const v1::BacktestRuleSetRequest& request,
                                        const Days& days) {
  const v1::Date today = DateOf(workflow.now());
  const LivePolicy& live = workflow.policy();
  GAVEL_ASSIGN_OR_RETURN(const LivePolicy candidate,
                         ChoosePolicy(environment, workflow, request.candidate(), today));
  rules::BacktestOptions options{.since_day = days.since,
                                 .until_day = days.until,
                                 .live_source = live.source_hash,
                                 .candidate_source = candidate.source_hash};
  if (request.catalog_today()) {
    options.judge_day = rules::DayOf(today);
    return rules::Backtest(TimelineOfToday(live), TimelineOfToday(candidate), options);
  }
  GAVEL_ASSIGN_OR_RETURN(rules::Timeline then, TimelineOf(workflow, live));
  GAVEL_ASSIGN_OR_RETURN(rules::Timeline proposed, TimelineOf(workflow, candidate));
  return rules::Backtest(std::move(then), std::move(proposed), options);
}

// Keeps the report, so that a publish can name it, and the fact that it was made, so that nothing
// else can pass for one.
absl::Status Record(Environment& environment, const Caller& caller, v1::BacktestReport report) {
  v1::Event event;
  event.set_subject(ProposalSubject(report.candidate_source()));
  event.set_actor(caller.principal);
  v1::BacktestRecorded& recorded = *event.mutable_backtest_recorded();
  recorded.set_id(report.id());
  recorded.set_candidate_source(report.candidate_source());
  recorded.set_live_source(report.live_source());
  recorded.set_gate_met(report.gate_met());
  report.clear_id();  // It is the hash of what is stored.
  const std::string bytes = report.SerializeAsString();
  const CommandRequest request{.principal = caller.principal,
                               .method = "RecordBacktest",
                               .request_id = "",
                               .fingerprint = "",
                               .deadline = caller.deadline};
  return environment.committer
      .Execute(request,
               [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                 transaction.PutBody(recorded.id(), bytes);
                 GAVEL_RETURN_IF_ERROR(transaction.Append(event));
                 return std::string();
               })
      .status();
}

}  // namespace

absl::Status RulesApi::BacktestRuleSet(const Caller& caller,
                                       const v1::BacktestRuleSetRequest& request,
                                       const Progress<v1::BacktestRuleSetResponse>& progress,
                                       v1::BacktestRuleSetResponse* response) {
  GAVEL_ASSIGN_OR_RETURN(const Days days, DaysOf(request, environment_.clock.Now()));
  std::optional<rules::Backtest> backtest;
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(rules::Backtest prepared,
                               Prepare(environment_, workflow, request, days));
        backtest.emplace(std::move(prepared));
        return absl::OkStatus();
      }));
  v1::BacktestRuleSetResponse so_far;
  GAVEL_RETURN_IF_ERROR(
      ScanCases(environment_, days, [&](const v1::ReviewCase& review) -> absl::Status {
        backtest->Add(review);
        if (backtest->cases() % kProgressEvery != 0) return absl::OkStatus();
        so_far.set_cases_done(backtest->cases());
        return progress(so_far) ? absl::OkStatus() : NobodyWaits();
      }));
  response->set_cases_done(backtest->cases());
  *response->mutable_report() = backtest->Finish();
  const v1::BacktestReport& report = response->report();
  // What is in force already is not published again.
  if (report.candidate_source() == report.live_source()) return absl::OkStatus();
  return Record(environment_, caller, report);
}

absl::Status RulesApi::SuggestRules(const Caller& caller, const v1::SuggestRulesRequest& request,
                                    const Progress<v1::SuggestRulesResponse>& progress,
                                    v1::SuggestRulesResponse* response) {
  const absl::Time now = environment_.clock.Now();
  GAVEL_ASSIGN_OR_RETURN(const Days days, DaysOf(request, now));
  if (request.min_support() < 0 || request.min_support() > kSupportMost) {
    return FieldError("min_support", fmt::format("must be 0 to {}", kSupportMost));
  }
  std::shared_ptr<const rules::Policy> live;
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
        live = workflow.policy().rules;
        return absl::OkStatus();
      }));
  std::vector<v1::ReviewCase> reviews;
  GAVEL_RETURN_IF_ERROR(ScanCases(environment_, days, [&](const v1::ReviewCase& review) {
    reviews.push_back(review);
    return absl::OkStatus();
  }));
  rules::SuggestOptions options;
  options.min_support = request.min_support() == 0 ? kSupportUsual : request.min_support();
  options.today = rules::DayOf(DateOf(now));
  int64_t candidates = 0;
  options.tried = [&](int64_t tried) {
    candidates = tried;
    v1::SuggestRulesResponse so_far;
    so_far.set_candidates_done(tried);
    progress(std::move(so_far));
  };
  GAVEL_ASSIGN_OR_RETURN(*response->mutable_report(),
                         rules::Suggest(live, std::move(reviews), options));
  response->set_candidates_done(candidates);
  return absl::OkStatus();
}

}  // namespace gavel::app
