// Audits of automatic approvals: who looks at which, and what came of it.

#include "engine/app/command/run_command.h"
#include "engine/app/policy/rules_api.h"
#include "engine/base/error.h"
#include "engine/domain/audit_sample.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

absl::Status CheckAuditor(const Workflow& workflow, const Caller& caller) {
  if (workflow.organisation().IsAuditor(caller.principal)) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
      fmt::format("Only an auditor sees which approvals are drawn; @{} is none.", caller.principal),
      {{"principal", caller.principal}, {"needs", "auditor"}});
}

absl::StatusOr<v1::Audit> AuditOf(const Workflow& workflow, const v1::ReviewEnd& approval,
                                  std::string_view drawn_by) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(approval.spec()));
  v1::Audit audit;
  audit.set_spec(spec.key());
  audit.set_title(spec.title());
  audit.set_rule(approval.rule());
  audit.set_decision(approval.decision());
  *audit.mutable_approve_time() = approval.time();
  const absl::CivilDay approved = absl::ToCivilDay(FromProto(approval.time()), absl::UTCTimeZone());
  *audit.mutable_due() = ToDate(approved + kAuditDays);
  audit.set_drawn_by(std::string(drawn_by));
  audit.set_result(approval.audit_result());
  audit.set_auditor(approval.auditor());
  audit.set_text(approval.audit_text());
  if (approval.has_audit_time()) *audit.mutable_record_time() = approval.audit_time();
  return audit;
}

}  // namespace

absl::Status RulesApi::ListAudits(const Caller& caller, const v1::ListAuditsRequest& request,
                                  v1::ListAuditsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(CheckAuditor(workflow, caller));
    GAVEL_ASSIGN_OR_RETURN(const auto ends, workflow.transaction().ReviewEnds(
                                                absl::UnixEpoch(), absl::InfiniteFuture()));
    for (const v1::ReviewEnd& end : ends) {
      const bool asked = !end.rule().empty() &&
                         (request.rule().empty() || request.rule() == end.rule()) &&
                         !(request.open_only() && end.has_audit_time());
      if (!asked) continue;
      std::string_view drawn_by = DrawnBy(end, environment_.audit_key);
      // An auditor may look at others as well; what they said is shown beside what was drawn.
      if (drawn_by.empty() && end.has_audit_time()) drawn_by = "chosen by the auditor";
      if (drawn_by.empty()) continue;
      GAVEL_ASSIGN_OR_RETURN(*response->add_audits(), AuditOf(workflow, end, drawn_by));
    }
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
