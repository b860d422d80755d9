#include "clients/chat/affected.h"

namespace gavel::chat {

void AddAffected(const v1::Event& event, Affected& affected) {
  if (!event.spec().empty()) affected.specs.insert(event.spec());
  switch (event.payload_case()) {
    case v1::Event::kSlotAssigned:
    case v1::Event::kSlotReleased:
      if (!event.meeting().empty()) affected.agendas.insert(event.meeting());
      break;
    case v1::Event::kPacketSent:
      affected.posts.push_back({event.meeting(), false});
      affected.agendas.insert(event.meeting());
      break;
    case v1::Event::kMeetingCancelled:
      affected.posts.push_back({event.meeting(), true});
      break;
    default:
      break;
  }
}

}  // namespace gavel::chat
