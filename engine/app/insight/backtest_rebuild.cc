#include "engine/app/insight/backtest_rebuild.h"

#include <limits>

#include "engine/app/command/committer.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/app/insight/backtest_case.h"
#include "engine/app/policy/policy_source.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

constexpr int kPage = 1000;

absl::StatusOr<bool> AnyCase(const store::View& view) {
  const absl::Status scanned =
      view.ScanReviewCases(std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max(),
                           [](std::string_view) { return absl::CancelledError("one is enough"); });
  if (absl::IsCancelled(scanned)) return true;
  GAVEL_RETURN_IF_ERROR(scanned);
  return false;
}

// One event of the spec's history, `spec` being its state just before.
absl::Status Refold(const Workflow& workflow, const v1::Event& event, v1::Spec& spec,
                    v1::ReviewCase& review) {
  FoldSpec(event, spec);
  v1::EvaluationRecord record;
  const bool judged = event.has_rules_evaluated() && spec.submitted_revision() > 0;
  if (judged) {
    GAVEL_ASSIGN_OR_RETURN(record, RecordBehind(workflow, spec, event.rules_evaluated()));
  }
  FoldReviewCase(event,
                 {.spec = spec,
                  .now = FromProto(event.time()),
                  .team = spec.authors().empty() ? 0 : TeamHash(workflow, spec),
                  .record = judged ? &record : nullptr},
                 review);
  return absl::OkStatus();
}

absl::StatusOr<std::string> Fill(Environment& environment, Transaction& transaction) {
  GAVEL_ASSIGN_OR_RETURN(const LivePolicy policy, PolicyInForce(environment.policy, transaction));
  const Workflow workflow(transaction, policy);
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs, transaction.Specs("", {}));
  int filled = 0;
  for (const v1::Spec& spec : specs) {
    if (spec.submitted_revision() == 0) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::ReviewCase review, RebuildReviewCase(workflow, spec.key()));
    transaction.PutReviewCase(SpecSubject(spec.key()), review);
    ++filled;
  }
  if (filled > 0) spdlog::info("msg=\"review cases rebuilt from the log\" specs={}", filled);
  return std::string();
}

}  // namespace

absl::StatusOr<v1::ReviewCase> RebuildReviewCase(const Workflow& workflow, const std::string& key) {
  v1::Spec spec;
  v1::ReviewCase review;
  int64_t after = 0;
  for (int rows = kPage; rows == kPage;) {
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<store::EventRow> page,
        workflow.transaction().view().EventsOf(SpecSubject(key), "", after, kPage));
    for (const store::EventRow& row : page) {
      GAVEL_ASSIGN_OR_RETURN(const v1::Event event, EventFromRow(row));
      GAVEL_RETURN_IF_ERROR(Refold(workflow, event, spec, review));
      after = row.seq;
    }
    rows = static_cast<int>(page.size());
  }
  return review;
}

absl::Status FillReviewCases(Environment& environment) {
  {
    GAVEL_ASSIGN_OR_RETURN(const auto view, environment.store.Read());
    GAVEL_ASSIGN_OR_RETURN(const bool any, AnyCase(*view));
    if (any) return absl::OkStatus();
  }
  const CommandRequest request{.principal = std::string(kSystemActor),
                               .method = "FillReviewCases",
                               .request_id = "",
                               .fingerprint = ""};
  return environment.committer
      .Execute(request, [&](Transaction& transaction) { return Fill(environment, transaction); })
      .status();
}

}  // namespace gavel::app
