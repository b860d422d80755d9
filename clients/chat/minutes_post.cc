#include "clients/chat/minutes_post.h"

#include <vector>

#include "clients/chat/meeting_words.h"
#include "clients/chat/text.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kWhyChars = 120;

// `approved with conditions: exposure falls to one tenant`
std::string ResultText(const v1::Slot& slot) {
  if (slot.outcome().kind() == v1::Outcome::KIND_UNSPECIFIED) {
    return slot.state() == v1::Slot::STATE_OVERRAN ? "not finished" : "not reached";
  }
  const std::string why = Clip(CleanLine(slot.outcome().text()), kWhyChars);
  const std::string outcome = OutcomeText(slot.outcome().kind());
  return why.empty() ? outcome : fmt::format("{}: {}", outcome, why);
}

}  // namespace

Message MinutesMessage(const MeetingState& state, const std::string& base_url) {
  const v1::Meeting& meeting = state.meeting;
  const std::vector<v1::Slot> slots = AgendaOf(meeting);
  Message message = BlankMeetingMessage(state, MessageKind::kMinutes, base_url);
  message.time = FromProto(meeting.minutes_time());
  message.title = fmt::format("Spec review {}, {}", meeting.area(),
                              TimeText(FromProto(meeting.start_time()), ZoneOf(meeting)));
  message.word = "Minutes";
  message.sentence =
      fmt::format("{}, {}. All of it: gavel meeting minutes {}",
                  CountText(static_cast<int>(slots.size()), "spec"),
                  CountText(meeting.action_items_size(), "action item"), meeting.id());
  std::vector<std::vector<std::string>> rows;
  for (const v1::Slot& slot : slots) {
    rows.push_back(
        {slot.spec(), Clip(CleanLine(slot.title()), kTitleColumnChars), ResultText(slot)});
  }
  message.lines = AlignColumns(rows);
  if (!message.url.empty()) message.links.push_back({"Minutes", message.url});
  message.document = state.minutes;
  return message;
}

}  // namespace gavel::chat
