// The commands and queries on meetings.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::app {

// One method per RPC of `gavel.v1.MeetingService`; the proto documents each. Thread-safe; blocks up
// to one group commit. `environment` must outlive it.
class MeetingApi {
 public:
  explicit MeetingApi(Environment& environment) : environment_(environment) {}

  absl::Status ListMeetings(const Caller& caller, const v1::ListMeetingsRequest& request,
                            v1::ListMeetingsResponse* response);
  absl::Status GetMeeting(const Caller& caller, const v1::GetMeetingRequest& request,
                          v1::GetMeetingResponse* response);
  absl::Status GetAgenda(const Caller& caller, const v1::GetAgendaRequest& request,
                         v1::GetAgendaResponse* response);
  absl::Status GetMinutes(const Caller& caller, const v1::GetMinutesRequest& request,
                          v1::GetMinutesResponse* response);
  absl::Status GetCalendarFeed(const Caller& caller, const v1::GetCalendarFeedRequest& request,
                               v1::GetCalendarFeedResponse* response);
  absl::Status CreateSession(const Caller& caller, const v1::CreateSessionRequest& request,
                             v1::CreateSessionResponse* response);
  absl::Status RescheduleMeeting(const Caller& caller, const v1::RescheduleMeetingRequest& request,
                                 v1::RescheduleMeetingResponse* response);
  absl::Status ListQueue(const Caller& caller, const v1::ListQueueRequest& request,
                         v1::ListQueueResponse* response);
  absl::Status PinToMeeting(const Caller& caller, const v1::PinToMeetingRequest& request,
                            v1::PinToMeetingResponse* response);
  absl::Status ReleaseSlot(const Caller& caller, const v1::ReleaseSlotRequest& request,
                           v1::ReleaseSlotResponse* response);
  absl::Status OpenMeeting(const Caller& caller, const v1::OpenMeetingRequest& request,
                           v1::OpenMeetingResponse* response);
  absl::Status OpenItem(const Caller& caller, const v1::OpenItemRequest& request,
                        v1::OpenItemResponse* response);
  absl::Status RecordOutcome(const Caller& caller, const v1::RecordOutcomeRequest& request,
                             v1::RecordOutcomeResponse* response);
  absl::Status UndoOutcome(const Caller& caller, const v1::UndoOutcomeRequest& request,
                           v1::UndoOutcomeResponse* response);
  absl::Status CloseMeeting(const Caller& caller, const v1::CloseMeetingRequest& request,
                            v1::CloseMeetingResponse* response);
  absl::Status CancelMeeting(const Caller& caller, const v1::CancelMeetingRequest& request,
                             v1::CancelMeetingResponse* response);
  absl::Status ConfirmPresenter(const Caller& caller, const v1::ConfirmPresenterRequest& request,
                                v1::ConfirmPresenterResponse* response);
  absl::Status SetGo(const Caller& caller, const v1::SetGoRequest& request,
                     v1::SetGoResponse* response);
  absl::Status GrantUrgent(const Caller& caller, const v1::GrantUrgentRequest& request,
                           v1::GrantUrgentResponse* response);
  absl::Status AssignRole(const Caller& caller, const v1::AssignRoleRequest& request,
                          v1::AssignRoleResponse* response);
  absl::Status RecordAttendance(const Caller& caller, const v1::RecordAttendanceRequest& request,
                                v1::RecordAttendanceResponse* response);
  absl::Status AcknowledgePacket(const Caller& caller, const v1::AcknowledgePacketRequest& request,
                                 v1::AcknowledgePacketResponse* response);
  absl::Status WriteNotes(const Caller& caller, const v1::WriteNotesRequest& request,
                          v1::WriteNotesResponse* response);
  absl::Status MarkOffTopic(const Caller& caller, const v1::MarkOffTopicRequest& request,
                            v1::MarkOffTopicResponse* response);
  absl::Status AddActionItem(const Caller& caller, const v1::AddActionItemRequest& request,
                             v1::AddActionItemResponse* response);
  absl::Status CompleteActionItem(const Caller& caller,
                                  const v1::CompleteActionItemRequest& request,
                                  v1::CompleteActionItemResponse* response);
  absl::Status PublishMinutes(const Caller& caller, const v1::PublishMinutesRequest& request,
                              v1::PublishMinutesResponse* response);
  absl::Status SubmitPulse(const Caller& caller, const v1::SubmitPulseRequest& request,
                           v1::SubmitPulseResponse* response);

 private:
  Environment& environment_;
};

}  // namespace gavel::app
