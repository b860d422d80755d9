#include "engine/app/policy/policy_publish.h"

#include "engine/app/command/canonical_bytes.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/policy/policy_check.h"
#include "engine/app/policy/policy_diff.h"
#include "engine/app/policy/policy_effect.h"
#include "engine/app/policy/policy_follow.h"
#include "engine/app/policy/policy_gate.h"
#include "engine/app/policy/policy_references.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/policy/policy_versions.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// PERMISSION_DENIED for other than admins.
absl::Status CheckAdmin(const Workflow& workflow, const Caller& caller) {
  if (workflow.organisation().IsAdmin(caller.principal)) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
      fmt::format("Only an admin may publish a policy; `{}` is none.", caller.principal),
      {{"principal", caller.principal}, {"needs", "admin"}});
}

// The files that are to come into force: those given, or those of an earlier version.
absl::StatusOr<v1::PolicySource> WantedSource(const Workflow& workflow,
                                              const v1::PublishRuleSetRequest& request) {
  if (request.has_source()) return request.source();
  if (request.source_hash().empty()) {
    return FieldError("source", "must hold the policy's files, or `source_hash` name a version");
  }
  const Transaction& transaction = workflow.transaction();
  GAVEL_RETURN_IF_ERROR(FindVersion(transaction.view(), request.source_hash()).status());
  return ReadSource(transaction, request.source_hash());
}

absl::StatusOr<v1::PolicyVersion> MakeVersion(const Workflow& workflow, const Caller& caller,
                                              const v1::PublishRuleSetRequest& request,
                                              const Candidate& candidate) {
  const rules::Policy& policy = *candidate.policy.rules;
  v1::PolicyVersion version;
  version.set_source_hash(candidate.policy.source_hash);
  for (const std::string& pin : policy.Pins()) version.add_pins(pin);
  *version.mutable_published() = policy.published();
  *version.mutable_publish_time() = ToProto(workflow.now());
  version.set_publisher(caller.principal);
  version.set_parent(request.expected_parent());
  version.set_backtest(request.backtest());
  version.set_message(request.message());
  *version.mutable_changed_auto_rules() = candidate.diff.changed_auto_rules();
  GAVEL_ASSIGN_OR_RETURN(const auto approvers, ApproversOf(workflow, candidate.policy.source_hash));
  version.mutable_approvers()->Add(approvers.begin(), approvers.end());
  const auto earlier = FindVersion(workflow.transaction().view(), version.source_hash());
  if (!earlier.ok() && !absl::IsNotFound(earlier.status())) return earlier.status();
  version.set_rollback(earlier.ok());
  return version;
}

v1::Event PublishedEvent(const Caller& caller, const v1::PolicyVersion& version) {
  v1::Event event;
  event.set_subject(std::string(kPolicySubject));
  event.set_actor(caller.principal);
  v1::PolicyPublished& published = *event.mutable_policy_published();
  *published.mutable_pins() = version.pins();
  published.set_source_hash(version.source_hash());
  *published.mutable_published() = version.published();
  *published.mutable_version() = version;
  return event;
}

}  // namespace

absl::Status CheckParent(const Workflow& workflow, const std::string& expected) {
  const std::string& live = workflow.policy().source_hash;
  if (expected == live) return absl::OkStatus();
  if (expected.empty()) {
    return FieldError("expected_parent", "must name the policy in force that this one replaces");
  }
  return MakeError(absl::StatusCode::kAborted, "PARENT_MISMATCH",
                   fmt::format("The policy in force is {}, not {}: somebody published in between. "
                               "Compare with it and try again.",
                               live, expected),
                   {{"live", live}, {"expected_parent", expected}});
}

absl::StatusOr<Candidate> PrepareCandidate(Environment& environment, const Caller& caller,
                                           const v1::PublishRuleSetRequest& request) {
  v1::PolicySource source;
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(CheckAdmin(workflow, caller));
        GAVEL_RETURN_IF_ERROR(CheckParent(workflow, request.expected_parent()));
        GAVEL_ASSIGN_OR_RETURN(source, WantedSource(workflow, request));
        return absl::OkStatus();
      }));
  const v1::Date today = DateOf(environment.clock.Now());
  GAVEL_ASSIGN_OR_RETURN(Validation validation, CheckPolicy(source, today));
  Candidate candidate{.policy = std::move(validation.policy),
                      .problems = std::move(validation.problems)};
  GAVEL_RETURN_IF_ERROR(
      RunQuery(environment, caller, [&](const Workflow& workflow) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(
            candidate.diff,
            ComparePolicies(workflow.transaction(), workflow.policy(), candidate.policy, today));
        GAVEL_ASSIGN_OR_RETURN(candidate.open_specs, EffectOnOpenSpecs(workflow, candidate.policy));
        // Between the two looks somebody may have published; the comparison would be with theirs.
        return CheckParent(workflow, request.expected_parent());
      }));
  // A command of the committing group must find it ready.
  environment.policy.Keep(candidate.policy);
  return candidate;
}

absl::Status CommitCandidate(Workflow& workflow, const Caller& caller,
                             const v1::PublishRuleSetRequest& request, const Candidate& candidate,
                             v1::PublishRuleSetResponse& answer) {
  GAVEL_RETURN_IF_ERROR(CheckAdmin(workflow, caller));
  GAVEL_RETURN_IF_ERROR(CheckParent(workflow, request.expected_parent()));
  GAVEL_RETURN_IF_ERROR(CheckReferences(workflow, candidate.policy));
  GAVEL_RETURN_IF_ERROR(CheckGate(workflow, candidate.policy, candidate.diff, request.backtest()));
  GAVEL_ASSIGN_OR_RETURN(*answer.mutable_version(),
                         MakeVersion(workflow, caller, request, candidate));
  GAVEL_RETURN_IF_ERROR(workflow.transaction().Append(PublishedEvent(caller, answer.version())));
  workflow.transaction().PutBody(candidate.policy.source_hash,
                                 CanonicalBytes(candidate.policy.rules->source()));
  GAVEL_RETURN_IF_ERROR(LeaveOldOrganisation(workflow, candidate.policy));
  *answer.mutable_diff() = candidate.diff;
  answer.mutable_problems()->Add(candidate.problems.begin(), candidate.problems.end());
  answer.mutable_open_specs()->Add(candidate.open_specs.begin(), candidate.open_specs.end());
  answer.set_seq(NewestSeq(workflow));
  return absl::OkStatus();
}

}  // namespace gavel::app
