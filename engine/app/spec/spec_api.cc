// Commands on specs. What a command needs beside its request (a verdict, an etag, a meeting) is
// brought here; what it does is in engine/domain.

#include "engine/app/spec/spec_api.h"

#include <algorithm>

#include "engine/app/command/command_subject.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/spec/request_checks.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/revision_kind.h"
#include "fmt/format.h"
#include "rules/document.h"

namespace gavel::app {
namespace {

template <typename Response>
absl::Status Answer(const Workflow& workflow, const std::string& key, Response& response) {
  GAVEL_ASSIGN_OR_RETURN(*response.mutable_spec(), workflow.GetSpec(key));
  response.set_seq(NewestSeq(workflow));
  return absl::OkStatus();
}

// A command that needs nothing but its request.
template <typename Request, typename Response>
absl::Status Plain(Environment& environment, const Caller& caller, CommandKind kind,
                   const Request& request, Response* response) {
  return RunCommand(environment, caller, request, response,
                    [&](Workflow& workflow, Response& answer) -> absl::Status {
                      GAVEL_RETURN_IF_ERROR(SubjectOf(workflow, caller, request).status());
                      const Command command{
                          .kind = kind, .actor = caller.principal, .request = &request};
                      GAVEL_RETURN_IF_ERROR(workflow.RunSpec(request.spec(), command));
                      return Answer(workflow, request.spec(), answer);
                    });
}

template <typename Request>
concept HasReviewers = requires(const Request& request) {
  request.reviewers();
};

// A command that brings the rules' verdict on the current revision.
template <typename Request, typename Response>
absl::Status Judged(Environment& environment, const Caller& caller, CommandKind kind,
                    const Request& request, Response* response, const Statement& statement,
                    bool validate_only) {
  return RunCommand(
      environment, caller, request, response,
      [&](Workflow& workflow, Response& answer) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, SubjectOf(workflow, caller, request));
        if constexpr (HasReviewers<Request>) {
          GAVEL_RETURN_IF_ERROR(
              CheckReviewers(workflow.organisation(), spec, request.reviewers(), workflow.now()));
        }
        Statement stated = statement;
        stated.wants = std::max(stated.wants, spec.wants());
        stated.facts_unknown |= spec.facts_unknown();
        GAVEL_ASSIGN_OR_RETURN(
            const Judgement judgement,
            JudgeCurrent(workflow.transaction(), workflow.policy(), spec, stated));
        Command command{.kind = kind, .actor = caller.principal, .request = &request};
        Bring(judgement, workflow.transaction(), command);
        GAVEL_RETURN_IF_ERROR(workflow.RunSpec(request.spec(), command));
        return Answer(workflow, request.spec(), answer);
      },
      validate_only);
}

// The area that decides: the document's own, else the one the request names.
absl::StatusOr<const v1::Area*> DecidingArea(const Workflow& workflow, const std::string& id) {
  if (id.empty()) {
    return FieldError("area", "must name the area that decides: the document has no `area`");
  }
  const v1::Area* area = workflow.organisation().FindArea(id);
  if (area == nullptr) return AreaNotFound(id);
  if (area->series().empty()) {
    return FieldError("area", fmt::format("`{}` is only consulted; name an area with a meeting of "
                                          "its own, and `{}` in `consulted`",
                                          id, id));
  }
  return area;
}

absl::Status CheckPlace(const v1::CreateSpecRequest& request) {
  if (request.repository().empty()) return FieldError("repository", "must name the repository");
  if (request.path().empty()) return FieldError("path", "must name the file in the repository");
  GAVEL_RETURN_IF_ERROR(CheckPlaceName("repository", request.repository()));
  return CheckPlaceName("path", request.path());
}

absl::Status CheckUnregistered(const Workflow& workflow, const v1::CreateSpecRequest& request) {
  GAVEL_ASSIGN_OR_RETURN(const auto taken,
                         workflow.transaction().SubjectAt(request.repository(), request.path()));
  if (!taken.has_value()) return absl::OkStatus();
  const std::string key = taken->substr(std::string("specs/").size());
  return MakeError(absl::StatusCode::kAlreadyExists, "SPEC_EXISTS",
                   fmt::format("{} of {} is {} already; add a revision to it.", request.path(),
                               request.repository(), key),
                   {{"key", key}, {"repository", request.repository()}, {"path", request.path()}});
}

void StoreDocument(Workflow& workflow, const std::string& key, const Intake& intake,
                   const std::string& bytes, const Evidence& evidence) {
  StoreEvidence(evidence, workflow.transaction());
  workflow.transaction().PutBody(intake.revision.content_hash(), bytes);
  workflow.transaction().PutSearch(SpecSubject(key), intake.facts.title(),
                                   std::string(rules::DocumentBody(bytes)));
}

template <typename Request>
Origin OriginOf(const Request& request, const std::string& path, const Evidence& evidence) {
  return {.commit = request.commit(),
          .blob = request.blob(),
          .unpublished = request.unpublished(),
          .message = request.message(),
          .path = path,
          .evidence = evidence};
}

// How much of the text differs from what the new revision is compared with.
absl::StatusOr<double> ChangedPercent(const Workflow& workflow, const v1::Spec& spec,
                                      const std::string& bytes) {
  const v1::Revision* base = BaseRevision(spec);
  GAVEL_ASSIGN_OR_RETURN(const auto before, workflow.transaction().Body(base->content_hash()));
  if (!before.has_value()) return 100.0;
  return ChangedWordsPercent(rules::DocumentBody(*before), rules::DocumentBody(bytes));
}

}  // namespace

absl::Status SpecApi::CreateSpec(const Caller& caller, const v1::CreateSpecRequest& request,
                                 v1::CreateSpecResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::CreateSpecResponse& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(CheckPlace(request));
        GAVEL_ASSIGN_OR_RETURN(const Evidence evidence, EvidenceOf(request.evidence()));
        GAVEL_ASSIGN_OR_RETURN(
            Intake intake, ReadIntake(workflow.policy(), request.content(),
                                      OriginOf(request, request.path(), evidence), request.area(),
                                      caller.principal));
        if (!request.area().empty() && intake.facts.area() != request.area()) {
          return FieldError("area", fmt::format("`{}` differs from the front matter's `{}`",
                                                request.area(), intake.facts.area()));
        }
        GAVEL_ASSIGN_OR_RETURN(const v1::Area* area, DecidingArea(workflow, intake.facts.area()));
        GAVEL_RETURN_IF_ERROR(CheckUnregistered(workflow, request));
        GAVEL_ASSIGN_OR_RETURN(const int64_t count, workflow.transaction().CountSpecs(area->id()));
        GAVEL_ASSIGN_OR_RETURN(
            const Judgement judgement,
            Judge(workflow.transaction(), workflow.policy(), v1::Spec(), intake, {}));
        Command command{.kind = CommandKind::kCreateSpec,
                        .actor = caller.principal,
                        .request = &request,
                        .revision = &intake.revision,
                        .facts = &intake.facts,
                        .cites = intake.cites};
        Bring(judgement, workflow.transaction(), command);
        command.key = fmt::format("{}-{}", area->prefix(), count + 1);
        GAVEL_RETURN_IF_ERROR(workflow.RunSpec(command.key, command));
        StoreDocument(workflow, command.key, intake, request.content(), evidence);
        workflow.transaction().PutPath(request.repository(), request.path(),
                                       SpecSubject(command.key));
        *answer.mutable_preview() = judgement.verdict;
        return Answer(workflow, command.key, answer);
      },
      request.validate_only());
}

absl::Status SpecApi::AddRevision(const Caller& caller, const v1::AddRevisionRequest& request,
                                  v1::AddRevisionResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::AddRevisionResponse& answer) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, SubjectOf(workflow, caller, request));
        GAVEL_ASSIGN_OR_RETURN(const Evidence evidence, EvidenceOf(request.evidence()));
        GAVEL_ASSIGN_OR_RETURN(Intake intake, ReadIntake(workflow.policy(), request.content(),
                                                         OriginOf(request, spec.path(), evidence),
                                                         spec.area(), spec.authors(0)));
        if (intake.facts.area() != spec.area()) {
          return FieldError("front_matter.area",
                            fmt::format("`{}`: {} belongs to `{}` for good; create another spec "
                                        "for another area",
                                        intake.facts.area(), spec.key(), spec.area()));
        }
        if (SaysNothingNew(intake.revision, *CurrentRevision(spec))) {
          answer.set_unchanged(true);
          *answer.mutable_preview() = spec.verdict();
          return Answer(workflow, spec.key(), answer);
        }
        intake.revision.set_kind(request.kind());
        GAVEL_ASSIGN_OR_RETURN(
            const Judgement judgement,
            Judge(workflow.transaction(), workflow.policy(), spec, intake,
                  {.facts_unknown = spec.facts_unknown(), .wants = StandingWish(spec)}));
        GAVEL_ASSIGN_OR_RETURN(const double changed,
                               ChangedPercent(workflow, spec, request.content()));
        Command command{.kind = CommandKind::kAddRevision,
                        .actor = caller.principal,
                        .request = &request,
                        .revision = &intake.revision,
                        .facts = &intake.facts,
                        .changed_percent = changed,
                        .cites = intake.cites};
        Bring(judgement, workflow.transaction(), command);
        GAVEL_RETURN_IF_ERROR(workflow.RunSpec(spec.key(), command));
        StoreDocument(workflow, spec.key(), intake, request.content(), evidence);
        *answer.mutable_preview() = judgement.verdict;
        return Answer(workflow, spec.key(), answer);
      },
      request.validate_only());
}

absl::Status SpecApi::SubmitSpec(const Caller& caller, const v1::SubmitSpecRequest& request,
                                 v1::SubmitSpecResponse* response) {
  return Judged(environment_, caller, CommandKind::kSubmitSpec, request, response,
                {.facts_unknown = request.facts_unknown(), .wants = request.wants()},
                request.validate_only());
}

absl::Status SpecApi::ResubmitSpec(const Caller& caller, const v1::ResubmitSpecRequest& request,
                                   v1::ResubmitSpecResponse* response) {
  return Judged(environment_, caller, CommandKind::kResubmitSpec, request, response,
                {.facts_unknown = request.facts_unknown(), .wants = request.wants()},
                request.validate_only());
}

absl::Status SpecApi::ResumeSpec(const Caller& caller, const v1::ResumeSpecRequest& request,
                                 v1::ResumeSpecResponse* response) {
  return Judged(environment_, caller, CommandKind::kResumeSpec, request, response, {}, false);
}

absl::Status SpecApi::ReevaluateSpec(const Caller& caller, const v1::ReevaluateSpecRequest& request,
                                     v1::ReevaluateSpecResponse* response) {
  return Judged(environment_, caller, CommandKind::kReevaluateSpec, request, response, {}, false);
}

absl::Status SpecApi::OverrideRule(const Caller& caller, const v1::OverrideRuleRequest& request,
                                   v1::OverrideRuleResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::OverrideRuleResponse& answer) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, SubjectOf(workflow, caller, request));
        const std::string key = spec.key();
        spec.add_overrides()->set_rule(request.rule());
        GAVEL_ASSIGN_OR_RETURN(
            const Judgement judgement,
            JudgeCurrent(workflow.transaction(), workflow.policy(), spec,
                         {.facts_unknown = spec.facts_unknown(), .wants = spec.wants()}));
        Command command{
            .kind = CommandKind::kOverrideRule, .actor = caller.principal, .request = &request};
        Bring(judgement, workflow.transaction(), command);
        GAVEL_RETURN_IF_ERROR(workflow.RunSpec(key, command));
        return Answer(workflow, key, answer);
      });
}

absl::Status SpecApi::DeferSpec(const Caller& caller, const v1::DeferSpecRequest& request,
                                v1::DeferSpecResponse* response) {
  if (!IsValidDate(request.deferral().wake_date())) {
    return FieldError("deferral.wake_date", "must be a day that exists");
  }
  return Plain(environment_, caller, CommandKind::kDeferSpec, request, response);
}

// Commands that need nothing but their request: method and command have one name.
#define GAVEL_PLAIN_COMMAND(Name)                                                    \
  absl::Status SpecApi::Name(const Caller& caller, const v1::Name##Request& request, \
                             v1::Name##Response* response) {                         \
    return Plain(environment_, caller, CommandKind::k##Name, request, response);     \
  }

GAVEL_PLAIN_COMMAND(AddComment)
GAVEL_PLAIN_COMMAND(InviteReader)
GAVEL_PLAIN_COMMAND(RaiseConcern)
GAVEL_PLAIN_COMMAND(AnswerConcern)
GAVEL_PLAIN_COMMAND(ResolveConcern)
GAVEL_PLAIN_COMMAND(WithdrawConcern)
GAVEL_PLAIN_COMMAND(ChangeConcernSeverity)
GAVEL_PLAIN_COMMAND(OverruleConcern)
GAVEL_PLAIN_COMMAND(TakePosition)
GAVEL_PLAIN_COMMAND(RequestChanges)
GAVEL_PLAIN_COMMAND(RequestMeeting)
GAVEL_PLAIN_COMMAND(PullBackSpec)
GAVEL_PLAIN_COMMAND(RejectSpec)
GAVEL_PLAIN_COMMAND(WithdrawSpec)
GAVEL_PLAIN_COMMAND(ReopenSpec)
GAVEL_PLAIN_COMMAND(PullIn)
GAVEL_PLAIN_COMMAND(ContestDecision)
GAVEL_PLAIN_COMMAND(AssignReviewer)
GAVEL_PLAIN_COMMAND(ReleaseReviewer)
GAVEL_PLAIN_COMMAND(SetPresenter)
GAVEL_PLAIN_COMMAND(SetNotBefore)
GAVEL_PLAIN_COMMAND(RecordAudit)
GAVEL_PLAIN_COMMAND(MeetCondition)
GAVEL_PLAIN_COMMAND(ExtendCondition)

#undef GAVEL_PLAIN_COMMAND

}  // namespace gavel::app
