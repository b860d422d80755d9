// The life of a policy: look at it, test it, compare it, approve it, bring it into force.

#include <algorithm>
#include <limits>

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/policy/policy_check.h"
#include "engine/app/policy/policy_choice.h"
#include "engine/app/policy/policy_diff.h"
#include "engine/app/policy/policy_follow.h"
#include "engine/app/policy/policy_gate.h"
#include "engine/app/policy/policy_publish.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/policy/policy_versions.h"
#include "engine/app/policy/rules_api.h"
#include "engine/app/spec/page_token.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

constexpr int kVersionsUsual = 50;
constexpr int kVersionsMost = 500;

template <typename Request>
absl::StatusOr<v1::Date> DayOf(const Workflow& workflow, const Request& request) {
  if (!request.has_as_of()) return DateOf(workflow.now());
  if (!IsValidDate(request.as_of())) return FieldError("as_of", "must be a day that exists");
  return request.as_of();
}

// People approve, whatever role a service was given.
absl::Status CheckPerson(const Workflow& workflow, const Caller& caller) {
  if (workflow.organisation().IsPresent(caller.principal, workflow.now())) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
      fmt::format("Only people approve a policy; `{}` is a service.", caller.principal),
      {{"principal", caller.principal}, {"needs", "member"}});
}

absl::Status AppendApproval(Workflow& workflow, const Caller& caller,
                            const v1::ApproveRuleSetRequest& request, const std::string& hash) {
  GAVEL_ASSIGN_OR_RETURN(const auto approvers, ApproversOf(workflow, hash));
  const bool again =
      std::find(approvers.begin(), approvers.end(), caller.principal) != approvers.end();
  if (again) return absl::OkStatus();
  v1::Event event;
  event.set_subject(ProposalSubject(hash));
  event.set_actor(caller.principal);
  v1::PolicyApproved& approved = *event.mutable_policy_approved();
  approved.set_source_hash(hash);
  approved.set_parent(request.expected_parent());
  approved.set_text(request.text());
  return workflow.transaction().Append(std::move(event));
}

// The policy is in force already; what cannot be followed now is at the next start.
void Follow(Environment& environment) {
  const auto brought = BringIntoForce(environment);
  absl::Status status = brought.status();
  if (status.ok()) status = FollowOrganisation(environment);
  if (!status.ok()) {
    spdlog::error("msg=\"the calendar could not follow the new policy\" error=\"{}\"",
                  status.ToString());
  }
}

}  // namespace

absl::Status RulesApi::GetPolicy(const Caller& caller, const v1::GetPolicyRequest& request,
                                 v1::GetPolicyResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    const std::string& hash =
        request.source_hash().empty() ? workflow.policy().source_hash : request.source_hash();
    GAVEL_ASSIGN_OR_RETURN(StoredVersion stored, FindVersion(workflow.transaction().view(), hash));
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_source(), ReadSource(workflow.transaction(), hash));
    *response->mutable_pins() = stored.version.pins();
    *response->mutable_published() = stored.version.published();
    *response->mutable_version() = std::move(stored.version);
    return absl::OkStatus();
  });
}

absl::Status RulesApi::ListPolicyVersions(const Caller& caller,
                                          const v1::ListPolicyVersionsRequest& request,
                                          v1::ListPolicyVersionsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    constexpr std::string_view kQuery = "policy versions";
    GAVEL_ASSIGN_OR_RETURN(const int size,
                           PageSize(request.page_size(), kVersionsUsual, kVersionsMost));
    GAVEL_ASSIGN_OR_RETURN(const int64_t token, ReadPageToken(request.page_token(), kQuery));
    const int64_t before = token == 0 ? std::numeric_limits<int64_t>::max() : token;
    GAVEL_ASSIGN_OR_RETURN(const std::vector<StoredVersion> versions,
                           ReadVersions(workflow.transaction().view()));
    int64_t last = 0;
    for (const StoredVersion& stored : versions) {
      if (stored.seq >= before) continue;
      if (response->versions_size() == size) {
        response->set_next_page_token(MakePageToken(last, kQuery));
        break;
      }
      *response->add_versions() = stored.version;
      last = stored.seq;
    }
    return absl::OkStatus();
  });
}

absl::Status RulesApi::ValidateRuleSet(const Caller& caller,
                                       const v1::ValidateRuleSetRequest& request,
                                       v1::ValidateRuleSetResponse* response) {
  v1::PolicySource source;
  v1::Date day;
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(day, DayOf(workflow, request));
        GAVEL_ASSIGN_OR_RETURN(source, ChooseSource(workflow, request.policy()));
        return absl::OkStatus();
      }));
  GAVEL_ASSIGN_OR_RETURN(const Validation validation, Validate(source, day));
  response->set_valid(validation.valid());
  response->mutable_problems()->Add(validation.problems.begin(), validation.problems.end());
  if (validation.policy.rules == nullptr) return absl::OkStatus();
  for (const std::string& pin : validation.policy.rules->Pins()) response->add_pins(pin);
  return absl::OkStatus();
}

absl::Status RulesApi::TestRuleSet(const Caller& caller, const v1::TestRuleSetRequest& request,
                                   v1::TestRuleSetResponse* response) {
  const v1::Date day = DateOf(environment_.clock.Now());
  LivePolicy policy;
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(policy, ChoosePolicy(environment_, workflow, request.policy(), day));
        return absl::OkStatus();
      }));
  GAVEL_ASSIGN_OR_RETURN(*response->mutable_report(),
                         TestPolicy(*policy.rules, request.mutate(), day));
  return absl::OkStatus();
}

absl::Status RulesApi::DiffRuleSets(const Caller& caller, const v1::DiffRuleSetsRequest& request,
                                    v1::DiffRuleSetsResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(const v1::Date day, DayOf(workflow, request));
    GAVEL_ASSIGN_OR_RETURN(const LivePolicy base,
                           ChoosePolicy(environment_, workflow, request.base(), day));
    GAVEL_ASSIGN_OR_RETURN(const LivePolicy candidate,
                           ChoosePolicy(environment_, workflow, request.candidate(), day));
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_diff(),
                           ComparePolicies(workflow.transaction(), base, candidate, day));
    return absl::OkStatus();
  });
}

absl::Status RulesApi::ApproveRuleSet(const Caller& caller,
                                      const v1::ApproveRuleSetRequest& request,
                                      v1::ApproveRuleSetResponse* response) {
  const auto compiled = CompileLive(request.source(), DateOf(environment_.clock.Now()));
  return RunCommand(environment_, caller, request, response,
                    [&](Workflow& workflow, v1::ApproveRuleSetResponse& answer) -> absl::Status {
                      GAVEL_RETURN_IF_ERROR(CheckPerson(workflow, caller));
                      GAVEL_RETURN_IF_ERROR(CheckParent(workflow, request.expected_parent()));
                      GAVEL_RETURN_IF_ERROR(compiled.status());
                      const std::string& hash = compiled->source_hash;
                      GAVEL_RETURN_IF_ERROR(AppendApproval(workflow, caller, request, hash));
                      GAVEL_ASSIGN_OR_RETURN(const auto approvers, ApproversOf(workflow, hash));
                      answer.set_source_hash(hash);
                      answer.mutable_approvers()->Add(approvers.begin(), approvers.end());
                      answer.set_seq(NewestSeq(workflow));
                      return absl::OkStatus();
                    });
}

absl::Status RulesApi::PublishRuleSet(const Caller& caller,
                                      const v1::PublishRuleSetRequest& request,
                                      v1::PublishRuleSetResponse* response) {
  // Where the checks fail the command runs all the same: a repeated request must get its stored
  // answer, though what it was checked against is long gone.
  const absl::StatusOr<Candidate> candidate = PrepareCandidate(environment_, caller, request);
  const absl::Status status = RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::PublishRuleSetResponse& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(candidate.status());
        return CommitCandidate(workflow, caller, request, *candidate, answer);
      },
      request.validate_only());
  if (request.validate_only()) return status;
  if (status.ok()) {
    Follow(environment_);
  } else {
    spdlog::error(
        "msg=\"a policy was not published; the one in force stays\" principal={} "
        "in_force={} error=\"{}\"",
        caller.principal, environment_.policy.live().source_hash, std::string(status.message()));
  }
  return status;
}

}  // namespace gavel::app
