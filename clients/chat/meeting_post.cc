#include "clients/chat/meeting_post.h"

#include <algorithm>

#include "clients/chat/text.h"
#include "clients/chat/words.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kTitleColumnChars = 40;
constexpr size_t kQuestionChars = 80;

absl::TimeZone ZoneOf(const v1::Meeting& meeting) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(meeting.zone(), &zone)) return absl::UTCTimeZone();
  return zone;
}

const v1::Spec* FindSpec(const MeetingState& state, const std::string& key) {
  const auto found = std::find_if(state.specs.begin(), state.specs.end(),
                                  [&](const v1::Spec& spec) { return spec.key() == key; });
  return found == state.specs.end() ? nullptr : &*found;
}

std::vector<v1::Slot> AgendaOf(const v1::Meeting& meeting) {
  std::vector<v1::Slot> slots;
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() != v1::Slot::STATE_RELEASED) slots.push_back(slot);
  }
  std::stable_sort(slots.begin(), slots.end(),
                   [](const v1::Slot& a, const v1::Slot& b) { return a.order() < b.order(); });
  return slots;
}

int OpenBlocks(const v1::Spec& spec) {
  return static_cast<int>(
      std::count_if(spec.concerns().begin(), spec.concerns().end(), [](const v1::Concern& concern) {
        return concern.status() == v1::Concern::STATUS_OPEN &&
               concern.severity() == v1::Concern::SEVERITY_BLOCKING;
      }));
}

// `decide: Is at-least-once enough? 1 blocking concern`
std::string ToDecide(const v1::Spec* spec) {
  if (spec == nullptr) return "";
  std::string text;
  if (!spec->open_decisions().empty()) {
    const std::string question = CleanLine(spec->open_decisions(0).question());
    text = "decide: " + Clip(question, kQuestionChars);
    const int more = spec->open_decisions_size() - 1;
    if (more > 0) text += fmt::format(" (+{})", more);
  }
  const int blocks = OpenBlocks(*spec);
  if (blocks == 0) return text;
  return (text.empty() ? "" : text + "  ") + CountText(blocks, "blocking concern");
}

std::string Pad(const std::string& text, size_t chars) {
  const size_t width = CharCount(text);
  return width < chars ? text + std::string(chars - width, ' ') : text;
}

// Keys, titles and minutes line up; the rest follows two blanks behind.
std::vector<std::string> Rows(const MeetingState& state, const std::vector<v1::Slot>& slots) {
  size_t key_width = 0;
  size_t title_width = 0;
  for (const v1::Slot& slot : slots) {
    key_width = std::max(key_width, slot.spec().size());
    title_width =
        std::max(title_width, CharCount(Clip(CleanLine(slot.title()), kTitleColumnChars)));
  }
  std::vector<std::string> rows;
  for (const v1::Slot& slot : slots) {
    const std::string title = Clip(CleanLine(slot.title()), kTitleColumnChars);
    std::string row =
        fmt::format("{}. {}  {}  {:2} min", rows.size() + 1, Pad(slot.spec(), key_width),
                    Pad(title, title_width), slot.timebox_minutes());
    const std::string decide = ToDecide(FindSpec(state, slot.spec()));
    if (!decide.empty()) row += "  " + decide;
    rows.push_back(fmt::format("{}  {}", row, CleanLine(slot.presenter())));
  }
  return rows;
}

Message Blank(const MeetingState& state, MessageKind kind, const std::string& base_url) {
  Message message;
  message.kind = kind;
  message.group_key = fmt::format("{}/{}", KindName(kind), state.meeting.id());
  message.seq = state.seq;
  message.area = state.meeting.area();
  message.url = MeetingUrl(base_url, state.meeting.id());
  message.milestone = state.meeting.id();
  return message;
}

// The server's codes in words; anything else is what the facilitator wrote.
std::string CancelText(const std::string& reason) {
  if (reason == "NO_ITEMS") return "Nothing needs the room.";
  if (reason == "LATE") return "The last item was taken off the agenda.";
  if (reason == "QUORUM") return "Neither the facilitator nor the sponsor can be there.";
  if (reason == "NOT_OPENED") return "Nobody opened it.";
  return CleanLine(reason);
}

}  // namespace

Message PacketMessage(const MeetingState& state, const std::string& base_url) {
  const v1::Meeting& meeting = state.meeting;
  const std::vector<v1::Slot> slots = AgendaOf(meeting);
  Message message = Blank(state, MessageKind::kPacket, base_url);
  message.time = FromProto(meeting.packet_time());
  message.title = fmt::format(
      "Spec review {}, {}", meeting.area(),
      SpanText(FromProto(meeting.start_time()), FromProto(meeting.end_time()), ZoneOf(meeting)));
  message.word = "Agenda";
  int words = 0;
  for (const v1::Slot& slot : slots) words += slot.words();
  message.sentence =
      fmt::format("{}, {} min of reading in all.",
                  CountText(static_cast<int>(slots.size()), "spec"), ReadingMinutes(words));
  message.lines = Rows(state, slots);
  if (!meeting.stand_by().empty()) {
    const v1::Spec* spec = FindSpec(state, meeting.stand_by());
    message.lines.push_back(fmt::format(
        "Stand-by: {}{}", meeting.stand_by(),
        spec == nullptr ? "" : " " + Clip(CleanLine(spec->title()), kTitleColumnChars)));
  }
  if (!message.url.empty()) message.links.push_back({"Packet", message.url});
  return message;
}

Message CancelledMessage(const MeetingState& state, const std::string& base_url) {
  const v1::Meeting& meeting = state.meeting;
  const absl::TimeZone zone = ZoneOf(meeting);
  Message message = Blank(state, MessageKind::kCancelled, base_url);
  message.time = FromProto(meeting.close_time());
  message.title = fmt::format("Spec review {}, {}", meeting.area(),
                              TimeText(FromProto(meeting.start_time()), zone));
  message.word = "Cancelled";
  message.sentence = CancelText(meeting.cancel_reason());
  message.sentence += state.next ? fmt::format(" Next: {}.", TimeText(*state.next, zone))
                                 : std::string(" No next one is planned.");
  return message;
}

}  // namespace gavel::chat
