#include "clients/chat/affected.h"

#include "fmt/format.h"

namespace gavel::chat {

std::string PostKey(const Post& post) {
  const std::string kind = KindName(post.kind);
  if (post.kind == MessageKind::kCard) return fmt::format("{}/{}", kind, post.event.spec());
  const bool of_event = post.event.seq() > 0 && post.event.payload_case() != 0;
  const bool one_per_meeting = post.kind == MessageKind::kPacket ||
                               post.kind == MessageKind::kCancelled ||
                               post.kind == MessageKind::kMinutes;
  if (one_per_meeting || !of_event) return fmt::format("{}/{}", kind, post.event.meeting());
  return fmt::format("{}/{}", kind, post.event.seq());
}

Post CardPost(const std::string& spec) {
  Post post;
  post.event.set_spec(spec);
  return post;
}

Post MeetingPost(MessageKind kind, const std::string& meeting) {
  Post post;
  post.kind = kind;
  post.event.set_meeting(meeting);
  return post;
}

void AddAffected(const v1::Event& event, Affected& affected) {
  if (!event.spec().empty()) affected.specs.insert(event.spec());
  const auto post = [&](MessageKind kind) { affected.posts.push_back({kind, event}); };
  switch (event.payload_case()) {
    case v1::Event::kSlotAssigned:
    case v1::Event::kSlotReleased:
      if (!event.meeting().empty()) affected.agendas.insert(event.meeting());
      break;
    case v1::Event::kPacketSent:
      post(MessageKind::kPacket);
      affected.agendas.insert(event.meeting());
      break;
    case v1::Event::kMeetingCancelled:
      post(MessageKind::kCancelled);
      break;
    case v1::Event::kMeetingMoved:
      post(MessageKind::kMoved);
      affected.agendas.insert(event.meeting());
      break;
    case v1::Event::kMinutesPublished:
      post(MessageKind::kMinutes);
      break;
    case v1::Event::kHealthAlertRaised:
      post(MessageKind::kAlert);
      break;
    case v1::Event::kBreakerOpened:
      post(MessageKind::kBreaker);
      break;
    case v1::Event::kExtraSessionProposed:
      post(MessageKind::kSession);
      break;
    default:
      break;
  }
}

}  // namespace gavel::chat
