// Dry runs and stored verdicts.

#include "engine/app/policy/rules_api.h"

#include <map>

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/policy/policy_choice.h"
#include "engine/app/verdict/intake.h"
#include "engine/app/verdict/verdict_replay.h"
#include "engine/base/error.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/compile/what_if.h"
#include "rules/explain.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

template <typename Response>
void AddLines(const v1::Verdict& verdict, bool include_shadow, Response& response) {
  const rules::ExplainOptions options{.verbose = true, .include_shadow = include_shadow};
  for (const std::string& line : rules::ExplainText(verdict, options)) response.add_lines(line);
}

absl::StatusOr<v1::Spec> ReadableSpec(const Workflow& workflow, const Caller& caller,
                                      const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, workflow.GetSpec(key));
  GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
  return spec;
}

absl::Status CheckSubject(const v1::EvaluateRequest& request) {
  const int subjects = (request.spec().empty() ? 0 : 1) + (request.content().empty() ? 0 : 1) +
                       (request.has_facts() ? 1 : 0);
  if (subjects != 1) return FieldError("content", "give one of `spec`, `content` and `facts`");
  if (request.has_as_of() && !IsValidDate(request.as_of())) {
    return FieldError("as_of", "must be a day that exists");
  }
  return absl::OkStatus();
}

// What is to be judged, and the spec it belongs to where it is stored.
struct Subject {
  v1::Spec spec;
  Intake intake;
};

absl::StatusOr<Subject> StoredSubject(const Workflow& workflow, const Caller& caller,
                                      const LivePolicy& policy,
                                      const v1::EvaluateRequest& request) {
  Subject subject;
  GAVEL_ASSIGN_OR_RETURN(subject.spec, ReadableSpec(workflow, caller, request.spec()));
  const v1::Spec& spec = subject.spec;
  const int number = request.revision() == 0 ? spec.revisions_size() : request.revision();
  if (number < 1 || number > spec.revisions_size()) {
    return FieldError("revision", fmt::format("must be 1 to {}", spec.revisions_size()));
  }
  GAVEL_ASSIGN_OR_RETURN(const auto body,
                         workflow.transaction().Body(spec.revisions(number - 1).content_hash()));
  GAVEL_ASSIGN_OR_RETURN(Evidence evidence, EvidenceOf(request.evidence()));
  if (evidence.empty()) {
    GAVEL_ASSIGN_OR_RETURN(
        evidence, LoadEvidence(workflow.transaction(), spec.key(), spec.revisions(number - 1)));
  }
  GAVEL_ASSIGN_OR_RETURN(
      subject.intake,
      ReadIntake(policy, body.value_or(""), {.path = spec.path(), .evidence = std::move(evidence)},
                 spec.area(), spec.authors(0)));
  return subject;
}

absl::StatusOr<Subject> SubjectOf(const Workflow& workflow, const Caller& caller,
                                  const LivePolicy& policy, const v1::EvaluateRequest& request) {
  if (!request.spec().empty()) return StoredSubject(workflow, caller, policy, request);
  Subject subject;
  if (request.has_facts()) {
    subject.intake.facts = request.facts();
    return subject;
  }
  GAVEL_ASSIGN_OR_RETURN(Evidence evidence, EvidenceOf(request.evidence()));
  GAVEL_ASSIGN_OR_RETURN(subject.intake,
                         ReadIntake(policy, request.content(), {.evidence = std::move(evidence)},
                                    request.area(), caller.principal));
  return subject;
}

// What the rules are asked, with everything that the request changes about it.
absl::StatusOr<v1::EvaluationRecord> RecordFor(const Workflow& workflow, const LivePolicy& policy,
                                               const Subject& subject,
                                               const v1::EvaluateRequest& request) {
  const v1::Spec& spec = subject.spec;
  const Statement statement{.facts_unknown = request.facts_unknown() || spec.facts_unknown(),
                            .wants = spec.wants()};
  GAVEL_ASSIGN_OR_RETURN(v1::EvaluationRecord record,
                         RecordOf(workflow.transaction(), policy, spec, subject.intake, statement));
  // Facts given by hand are taken whole, history among them.
  if (request.facts().has_system_cost_90d()) {
    *record.mutable_facts()->mutable_system_cost_90d() = request.facts().system_cost_90d();
  }
  if (request.has_as_of()) *record.mutable_as_of() = request.as_of();
  const std::map<std::string, std::string> changes(request.what_if().begin(),
                                                   request.what_if().end());
  GAVEL_RETURN_IF_ERROR(rules::ApplyWhatIf(changes, *policy.rules, *record.mutable_facts()));
  return record;
}

}  // namespace

absl::Status RulesApi::Evaluate(const Caller& caller, const v1::EvaluateRequest& request,
                                v1::EvaluateResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(CheckSubject(request));
    const v1::Date day = request.has_as_of() ? request.as_of() : DateOf(workflow.now());
    GAVEL_ASSIGN_OR_RETURN(const LivePolicy policy,
                           ChoosePolicy(environment_, workflow, request.policy(), day));
    GAVEL_ASSIGN_OR_RETURN(const Subject subject, SubjectOf(workflow, caller, policy, request));
    GAVEL_ASSIGN_OR_RETURN(v1::EvaluationRecord record,
                           RecordFor(workflow, policy, subject, request));
    *response->mutable_verdict() = EvaluateRecord(*policy.rules, record);
    *response->mutable_facts() = std::move(*record.mutable_facts());
    AddLines(response->verdict(), request.include_shadow(), *response);
    return absl::OkStatus();
  });
}

absl::Status RulesApi::GetVerdict(const Caller& caller, const v1::GetVerdictRequest& request,
                                  v1::GetVerdictResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, ReadableSpec(workflow, caller, request.spec()));
    GAVEL_ASSIGN_OR_RETURN(v1::RulesEvaluated evaluated,
                           FindVerdict(workflow.transaction(), spec, request.revision()));
    *response->mutable_verdict() = std::move(*evaluated.mutable_verdict());
    AddLines(response->verdict(), /*include_shadow=*/true, *response);
    return absl::OkStatus();
  });
}

absl::Status RulesApi::ReplayVerdict(const Caller& caller, const v1::ReplayVerdictRequest& request,
                                     v1::ReplayVerdictResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, ReadableSpec(workflow, caller, request.spec()));
    GAVEL_ASSIGN_OR_RETURN(const v1::RulesEvaluated evaluated,
                           FindVerdict(workflow.transaction(), spec, request.revision()));
    GAVEL_ASSIGN_OR_RETURN(*response,
                           Replay(environment_.policy, workflow.transaction(), evaluated));
    if (!response->equal()) {
      spdlog::error(
          "msg=\"a stored verdict is not what the engine says now\" spec={} revision={} "
          "differences=\"{}\"",
          spec.key(), evaluated.revision(), fmt::join(response->differences(), "; "));
    }
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
