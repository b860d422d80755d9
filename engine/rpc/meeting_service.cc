#include "engine/app/meeting/meeting_api.h"
#include "engine/rpc/serve_method.h"
#include "engine/rpc/services.h"
#include "gavel/v1/meeting_service.grpc.pb.h"

namespace gavel::rpc {
namespace {

class MeetingService final : public v1::MeetingService::CallbackService {
 public:
  MeetingService(Dispatcher& dispatcher, app::MeetingApi& api)
      : dispatcher_(dispatcher), api_(api) {}

  GAVEL_SERVE(app::MeetingApi, ListMeetings)
  GAVEL_SERVE(app::MeetingApi, GetMeeting)
  GAVEL_SERVE(app::MeetingApi, GetAgenda)
  GAVEL_SERVE(app::MeetingApi, GetMinutes)
  GAVEL_SERVE(app::MeetingApi, GetCalendarFeed)
  GAVEL_SERVE(app::MeetingApi, CreateSession)
  GAVEL_SERVE(app::MeetingApi, RescheduleMeeting)
  GAVEL_SERVE(app::MeetingApi, ListQueue)
  GAVEL_SERVE(app::MeetingApi, PinToMeeting)
  GAVEL_SERVE(app::MeetingApi, ReleaseSlot)
  GAVEL_SERVE(app::MeetingApi, OpenMeeting)
  GAVEL_SERVE(app::MeetingApi, OpenItem)
  GAVEL_SERVE(app::MeetingApi, RecordOutcome)
  GAVEL_SERVE(app::MeetingApi, UndoOutcome)
  GAVEL_SERVE(app::MeetingApi, CloseMeeting)
  GAVEL_SERVE(app::MeetingApi, CancelMeeting)
  GAVEL_SERVE(app::MeetingApi, ConfirmPresenter)
  GAVEL_SERVE(app::MeetingApi, SetGo)
  GAVEL_SERVE(app::MeetingApi, GrantUrgent)
  GAVEL_SERVE(app::MeetingApi, AssignRole)
  GAVEL_SERVE(app::MeetingApi, RecordAttendance)
  GAVEL_SERVE(app::MeetingApi, AcknowledgePacket)
  GAVEL_SERVE(app::MeetingApi, WriteNotes)
  GAVEL_SERVE(app::MeetingApi, MarkOffTopic)
  GAVEL_SERVE(app::MeetingApi, AddActionItem)
  GAVEL_SERVE(app::MeetingApi, CompleteActionItem)
  GAVEL_SERVE(app::MeetingApi, PublishMinutes)
  GAVEL_SERVE(app::MeetingApi, SubmitPulse)

 private:
  Dispatcher& dispatcher_;
  app::MeetingApi& api_;
};

}  // namespace

HostedService MakeMeetingService(Dispatcher& dispatcher, app::MeetingApi& api) {
  return {v1::MeetingService::service_full_name(),
          std::make_unique<MeetingService>(dispatcher, api)};
}

}  // namespace gavel::rpc
