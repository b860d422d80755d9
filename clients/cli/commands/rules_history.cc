// rules backtest, suggest: what the reviews of the past say about rules.
#include "clients/cli/commands/rules.h"
#include "clients/cli/policy/choice.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::cli {
namespace {

// Two years of reviews take seconds; a machine under load may take longer.
constexpr absl::Duration kPatience = absl::Minutes(10);

template <typename Request>
absl::Status SetDays(Session& session, Request& request) {
  if (session.Has("since")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_since(), ParseDate(session.Text("since")));
  }
  if (session.Has("until")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_until(), ParseDate(session.Text("until")));
  }
  return absl::OkStatus();
}

void ShowLines(Output& output, const google::protobuf::RepeatedPtrField<std::string>& lines) {
  for (const std::string& line : lines) output.Line(line);
}

absl::Status SetCatalog(Session& session, v1::BacktestRuleSetRequest& request) {
  const std::string catalog = session.Text("catalog", "then");
  if (catalog != "then" && catalog != "today") {
    return UsageError(fmt::format("--catalog `{}` is not one of then, today", catalog));
  }
  request.set_catalog_today(catalog == "today");
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunBacktest(Session& session) {
  session.AllowTime(kPatience);
  v1::BacktestRuleSetRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_candidate(),
                         PolicyChoiceOf(session, session.Text("POLICY")));
  GAVEL_RETURN_IF_ERROR(SetDays(session, request));
  GAVEL_RETURN_IF_ERROR(SetCatalog(session, request));
  Output& output = session.output();
  v1::BacktestReport report;
  GAVEL_RETURN_IF_ERROR(session.Stream<v1::BacktestRuleSetResponse>(
      request, [&](const v1::BacktestRuleSetResponse& response) {
        output.Progress(fmt::format("{} reviews looked at", response.cases_done()));
        if (response.has_report()) report = response.report();
      }));
  output.Json(report);
  ShowLines(output, report.lines());
  output.Line(fmt::format("Back-test {}", output.Styled(Tone::kStrong, report.id())));
  if (request.candidate().has_draft()) {
    output.Note(fmt::format("  Publish with it: gavel rules publish {} --backtest {} -m \"…\"",
                            session.Text("POLICY"), report.id()));
  }
  return ExitCode::kDone;
}

absl::StatusOr<int> MinSupport(Session& session) {
  const std::string text = session.Text("min-support", "0");
  if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != text.npos) {
    return UsageError(fmt::format("--min-support `{}` is not a number of reviews", text));
  }
  return std::stoi(text);
}

absl::StatusOr<ExitCode> RunSuggest(Session& session) {
  session.AllowTime(kPatience);
  v1::SuggestRulesRequest request;
  GAVEL_RETURN_IF_ERROR(SetDays(session, request));
  GAVEL_ASSIGN_OR_RETURN(const int min_support, MinSupport(session));
  request.set_min_support(min_support);
  Output& output = session.output();
  v1::SuggestionReport report;
  GAVEL_RETURN_IF_ERROR(session.Stream<v1::SuggestRulesResponse>(
      request, [&](const v1::SuggestRulesResponse& response) {
        output.Progress(fmt::format("{} candidates looked at", response.candidates_done()));
        if (response.has_report()) report = response.report();
      }));
  output.Json(report);
  ShowLines(output, report.lines());
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> RulesHistoryCommands() {
  const Flag since = {"--since", "DATE", "first day of submission; two years back by default"};
  const Flag until = {"--until", "DATE", "last day of submission; today by default"};
  return {{"rules backtest",
           Group::kTools,
           "Show what a policy would have done to the reviews of the past.",
           {{"POLICY", "the folder of the candidate, or the hash of a version"}},
           {since,
            until,
            {"--catalog", "then|today",
             "tiers and prices of the day of each submission (then, the default), or of today, "
             "which is counterfactual"}},
           "gavel rules backtest policy --since 2025-01-01",
           RunBacktest},
          {"rules suggest",
           Group::kTools,
           "Draft rules and catalog promotions mined from the reviews of the past.",
           {},
           {since, until, {"--min-support", "N", "reviews that a rule must cover; 30 by default"}},
           "gavel rules suggest --since 2025-01-01",
           RunSuggest}};
}

}  // namespace gavel::cli
