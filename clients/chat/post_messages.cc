#include "clients/chat/post_messages.h"

#include "clients/chat/alert_post.h"
#include "clients/chat/card.h"
#include "clients/chat/meeting_post.h"
#include "clients/chat/minutes_post.h"
#include "engine/base/status_macros.h"

namespace gavel::chat {
namespace {

using Messages = std::vector<Message>;

absl::StatusOr<Messages> MeetingMessages(Source& source, const Post& post,
                                         const std::string& base_url) {
  GAVEL_ASSIGN_OR_RETURN(const MeetingState state, source.Meeting(post.event.meeting(), post.kind));
  const bool off = state.meeting.state() == v1::Meeting::STATE_CANCELLED;
  // A packet for a meeting that is off by now would only mislead.
  if (off != (post.kind == MessageKind::kCancelled)) return Messages();
  if (off) return Messages{CancelledMessage(state, post.event.meeting_cancelled(), base_url)};
  if (post.kind == MessageKind::kPacket) return Messages{PacketMessage(state, base_url)};
  if (post.kind == MessageKind::kMinutes) return Messages{MinutesMessage(state, base_url)};
  return Messages{MovedMessage(state, post.event, base_url)};
}

}  // namespace

absl::StatusOr<Messages> MessagesOf(Source& source, const Post& post, int64_t min_seq,
                                    const RenderOptions& options) {
  switch (post.kind) {
    case MessageKind::kAlert:
      return Messages{AlertMessage(post.event)};
    case MessageKind::kBreaker:
      return Messages{BreakerMessage(post.event)};
    case MessageKind::kSession:
      return Messages{SessionMessage(post.event)};
    case MessageKind::kPacket:
    case MessageKind::kCancelled:
    case MessageKind::kMoved:
    case MessageKind::kMinutes:
      return MeetingMessages(source, post, options.base_url);
    default:
      break;
  }
  GAVEL_ASSIGN_OR_RETURN(const SpecState state, source.Spec(post.event.spec(), min_seq));
  return SpecMessages(state, options.since, options.base_url);
}

}  // namespace gavel::chat
