#include "engine/app/spec/spec_api.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/services.h"
#include "gavel/v1/spec_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class SpecService final : public v1::SpecService::CallbackService {
 public:
  SpecService(Dispatcher& dispatcher, app::SpecApi& api) : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE(app::SpecApi, CreateSpec)
  GAVEL_SERVE(app::SpecApi, AddRevision)
  GAVEL_SERVE(app::SpecApi, SubmitSpec)
  GAVEL_SERVE(app::SpecApi, ResubmitSpec)
  GAVEL_SERVE(app::SpecApi, GetSpec)
  GAVEL_SERVE(app::SpecApi, FindSpec)
  GAVEL_SERVE(app::SpecApi, ListSpecs)
  GAVEL_SERVE(app::SpecApi, SearchSpecs)
  GAVEL_SERVE(app::SpecApi, GetRevision)
  GAVEL_SERVE(app::SpecApi, ListComments)
  GAVEL_SERVE(app::SpecApi, ListSpecEvents)
  GAVEL_SERVE(app::SpecApi, ExplainSpec)
  GAVEL_SERVE(app::SpecApi, ListInbox)
  GAVEL_SERVE(app::SpecApi, AddComment)
  GAVEL_SERVE(app::SpecApi, InviteReader)
  GAVEL_SERVE(app::SpecApi, RaiseConcern)
  GAVEL_SERVE(app::SpecApi, AnswerConcern)
  GAVEL_SERVE(app::SpecApi, ResolveConcern)
  GAVEL_SERVE(app::SpecApi, WithdrawConcern)
  GAVEL_SERVE(app::SpecApi, ChangeConcernSeverity)
  GAVEL_SERVE(app::SpecApi, OverruleConcern)
  GAVEL_SERVE(app::SpecApi, TakePosition)
  GAVEL_SERVE(app::SpecApi, RequestChanges)
  GAVEL_SERVE(app::SpecApi, RequestMeeting)
  GAVEL_SERVE(app::SpecApi, PullBackSpec)
  GAVEL_SERVE(app::SpecApi, RejectSpec)
  GAVEL_SERVE(app::SpecApi, WithdrawSpec)
  GAVEL_SERVE(app::SpecApi, DeferSpec)
  GAVEL_SERVE(app::SpecApi, ResumeSpec)
  GAVEL_SERVE(app::SpecApi, ReopenSpec)
  GAVEL_SERVE(app::SpecApi, PullIn)
  GAVEL_SERVE(app::SpecApi, ContestDecision)
  GAVEL_SERVE(app::SpecApi, AssignReviewer)
  GAVEL_SERVE(app::SpecApi, ReleaseReviewer)
  GAVEL_SERVE(app::SpecApi, SetPresenter)
  GAVEL_SERVE(app::SpecApi, SetNotBefore)
  GAVEL_SERVE(app::SpecApi, OverrideRule)
  GAVEL_SERVE(app::SpecApi, ReevaluateSpec)
  GAVEL_SERVE(app::SpecApi, RecordAudit)
  GAVEL_SERVE(app::SpecApi, MeetCondition)
  GAVEL_SERVE(app::SpecApi, ExtendCondition)
  GAVEL_SERVE(app::SpecApi, ListDecisions)
  GAVEL_SERVE(app::SpecApi, ExportDecisions)

 private:
  Dispatcher& dispatcher_;
  app::SpecApi& api_;
};

}  // namespace

HostedService MakeSpecService(Dispatcher& dispatcher, app::SpecApi& api) {
  return {v1::SpecService::service_full_name(), std::make_unique<SpecService>(dispatcher, api)};
}

}  // namespace gavel::rpc
