// The commands and queries on specs.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::app {

// One method per RPC of `gavel.v1.SpecService`; the proto documents each. Thread-safe; blocks up to
// one group commit. `environment` must outlive it.
class SpecApi {
 public:
  explicit SpecApi(Environment& environment) : environment_(environment) {}

  absl::Status CreateSpec(const Caller& caller, const v1::CreateSpecRequest& request,
                          v1::CreateSpecResponse* response);
  absl::Status AddRevision(const Caller& caller, const v1::AddRevisionRequest& request,
                           v1::AddRevisionResponse* response);
  absl::Status SubmitSpec(const Caller& caller, const v1::SubmitSpecRequest& request,
                          v1::SubmitSpecResponse* response);
  absl::Status ResubmitSpec(const Caller& caller, const v1::ResubmitSpecRequest& request,
                            v1::ResubmitSpecResponse* response);
  absl::Status GetSpec(const Caller& caller, const v1::GetSpecRequest& request,
                       v1::GetSpecResponse* response);
  absl::Status FindSpec(const Caller& caller, const v1::FindSpecRequest& request,
                        v1::FindSpecResponse* response);
  absl::Status ListSpecs(const Caller& caller, const v1::ListSpecsRequest& request,
                         v1::ListSpecsResponse* response);
  absl::Status SearchSpecs(const Caller& caller, const v1::SearchSpecsRequest& request,
                           v1::SearchSpecsResponse* response);
  absl::Status GetRevision(const Caller& caller, const v1::GetRevisionRequest& request,
                           v1::GetRevisionResponse* response);
  absl::Status ListComments(const Caller& caller, const v1::ListCommentsRequest& request,
                            v1::ListCommentsResponse* response);
  absl::Status ListSpecEvents(const Caller& caller, const v1::ListSpecEventsRequest& request,
                              v1::ListSpecEventsResponse* response);
  absl::Status ExplainSpec(const Caller& caller, const v1::ExplainSpecRequest& request,
                           v1::ExplainSpecResponse* response);
  absl::Status ListInbox(const Caller& caller, const v1::ListInboxRequest& request,
                         v1::ListInboxResponse* response);
  absl::Status AddComment(const Caller& caller, const v1::AddCommentRequest& request,
                          v1::AddCommentResponse* response);
  absl::Status InviteReader(const Caller& caller, const v1::InviteReaderRequest& request,
                            v1::InviteReaderResponse* response);
  absl::Status RaiseConcern(const Caller& caller, const v1::RaiseConcernRequest& request,
                            v1::RaiseConcernResponse* response);
  absl::Status AnswerConcern(const Caller& caller, const v1::AnswerConcernRequest& request,
                             v1::AnswerConcernResponse* response);
  absl::Status ResolveConcern(const Caller& caller, const v1::ResolveConcernRequest& request,
                              v1::ResolveConcernResponse* response);
  absl::Status WithdrawConcern(const Caller& caller, const v1::WithdrawConcernRequest& request,
                               v1::WithdrawConcernResponse* response);
  absl::Status ChangeConcernSeverity(const Caller& caller,
                                     const v1::ChangeConcernSeverityRequest& request,
                                     v1::ChangeConcernSeverityResponse* response);
  absl::Status OverruleConcern(const Caller& caller, const v1::OverruleConcernRequest& request,
                               v1::OverruleConcernResponse* response);
  absl::Status TakePosition(const Caller& caller, const v1::TakePositionRequest& request,
                            v1::TakePositionResponse* response);
  absl::Status RequestChanges(const Caller& caller, const v1::RequestChangesRequest& request,
                              v1::RequestChangesResponse* response);
  absl::Status RequestMeeting(const Caller& caller, const v1::RequestMeetingRequest& request,
                              v1::RequestMeetingResponse* response);
  absl::Status PullBackSpec(const Caller& caller, const v1::PullBackSpecRequest& request,
                            v1::PullBackSpecResponse* response);
  absl::Status RejectSpec(const Caller& caller, const v1::RejectSpecRequest& request,
                          v1::RejectSpecResponse* response);
  absl::Status WithdrawSpec(const Caller& caller, const v1::WithdrawSpecRequest& request,
                            v1::WithdrawSpecResponse* response);
  absl::Status DeferSpec(const Caller& caller, const v1::DeferSpecRequest& request,
                         v1::DeferSpecResponse* response);
  absl::Status ResumeSpec(const Caller& caller, const v1::ResumeSpecRequest& request,
                          v1::ResumeSpecResponse* response);
  absl::Status ReopenSpec(const Caller& caller, const v1::ReopenSpecRequest& request,
                          v1::ReopenSpecResponse* response);
  absl::Status PullIn(const Caller& caller, const v1::PullInRequest& request,
                      v1::PullInResponse* response);
  absl::Status ContestDecision(const Caller& caller, const v1::ContestDecisionRequest& request,
                               v1::ContestDecisionResponse* response);
  absl::Status AssignReviewer(const Caller& caller, const v1::AssignReviewerRequest& request,
                              v1::AssignReviewerResponse* response);
  absl::Status ReleaseReviewer(const Caller& caller, const v1::ReleaseReviewerRequest& request,
                               v1::ReleaseReviewerResponse* response);
  absl::Status SetPresenter(const Caller& caller, const v1::SetPresenterRequest& request,
                            v1::SetPresenterResponse* response);
  absl::Status SetNotBefore(const Caller& caller, const v1::SetNotBeforeRequest& request,
                            v1::SetNotBeforeResponse* response);
  absl::Status OverrideRule(const Caller& caller, const v1::OverrideRuleRequest& request,
                            v1::OverrideRuleResponse* response);
  absl::Status ReevaluateSpec(const Caller& caller, const v1::ReevaluateSpecRequest& request,
                              v1::ReevaluateSpecResponse* response);
  absl::Status RecordAudit(const Caller& caller, const v1::RecordAuditRequest& request,
                           v1::RecordAuditResponse* response);
  absl::Status MeetCondition(const Caller& caller, const v1::MeetConditionRequest& request,
                             v1::MeetConditionResponse* response);
  absl::Status ExtendCondition(const Caller& caller, const v1::ExtendConditionRequest& request,
                               v1::ExtendConditionResponse* response);
  absl::Status ListDecisions(const Caller& caller, const v1::ListDecisionsRequest& request,
                             v1::ListDecisionsResponse* response);
  absl::Status ExportDecisions(const Caller& caller, const v1::ExportDecisionsRequest& request,
                               v1::ExportDecisionsResponse* response);

 private:
  Environment& environment_;
};

}  // namespace gavel::app
