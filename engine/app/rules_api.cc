#include "engine/app/rules_api.h"

#include "engine/app/entity.h"
#include "engine/app/intake.h"
#include "engine/app/run_command.h"
#include "engine/base/error.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"
#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/explain.h"

namespace gavel::app {
namespace {

template <typename Response>
void AddLines(const v1::Verdict& verdict, Response& response) {
  for (const std::string& line : rules::ExplainText(verdict, true)) response.add_lines(line);
}

// A document that is no spec yet.
absl::Status EvaluateContent(const Workflow& workflow, const Caller& caller,
                             const v1::EvaluateRequest& request, v1::EvaluateResponse* response) {
  GAVEL_ASSIGN_OR_RETURN(const Intake intake, ReadIntake(workflow.policy(), request.content(), {},
                                                         request.area(), caller.principal));
  *response->mutable_facts() = intake.facts;
  if (!request.has_as_of()) {
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_verdict(),
                           Judge(workflow.transaction(), workflow.policy(), v1::Spec(), intake,
                                 {.facts_unknown = request.facts_unknown()}));
    return absl::OkStatus();
  }
  rules::EvaluateInputs inputs;
  inputs.as_of = request.as_of();
  inputs.facts_unknown = request.facts_unknown();
  inputs.content_hash = intake.revision.content_hash();
  inputs.findings = intake.findings;
  *response->mutable_verdict() = rules::Evaluate(intake.facts, *workflow.policy().rules, inputs);
  return absl::OkStatus();
}

}  // namespace

absl::Status RulesApi::Evaluate(const Caller& caller, const v1::EvaluateRequest& request,
                                v1::EvaluateResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    if (request.spec().empty() == request.content().empty()) {
      return FieldError("content", "give either `spec` or `content`");
    }
    if (request.has_as_of() && !IsValidDate(request.as_of())) {
      return FieldError("as_of", "must be a day that exists");
    }
    v1::EvaluateRequest whole = request;
    if (!request.spec().empty()) {
      GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(request.spec()));
      GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
      const int number = request.revision() == 0 ? spec.revisions_size() : request.revision();
      if (number < 1 || number > spec.revisions_size()) {
        return FieldError("revision", fmt::format("must be 1 to {}", spec.revisions_size()));
      }
      GAVEL_ASSIGN_OR_RETURN(
          const auto body, workflow.transaction().Body(spec.revisions(number - 1).content_hash()));
      whole.set_content(body.value_or(""));
      whole.set_area(spec.area());
    }
    GAVEL_RETURN_IF_ERROR(EvaluateContent(workflow, caller, whole, response));
    AddLines(response->verdict(), *response);
    return absl::OkStatus();
  });
}

absl::Status RulesApi::GetVerdict(const Caller& caller, const v1::GetVerdictRequest& request,
                                  v1::GetVerdictResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(request.spec()));
    GAVEL_RETURN_IF_ERROR(CheckReadable(workflow.policy(), caller, spec));
    *response->mutable_verdict() = spec.verdict();
    AddLines(response->verdict(), *response);
    return absl::OkStatus();
  });
}

absl::Status RulesApi::GetPolicy(const Caller& caller, const v1::GetPolicyRequest&,
                                 v1::GetPolicyResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    const rules::Policy& policy = *workflow.policy().rules;
    *response->mutable_source() = policy.source();
    *response->mutable_published() = policy.published();
    for (const std::string& pin : policy.Pins()) response->add_pins(pin);
    return absl::OkStatus();
  });
}

}  // namespace gavel::app
