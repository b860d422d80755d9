#include "clients/chat/meeting_post.h"

#include <algorithm>
#include <vector>

#include "clients/chat/meeting_words.h"
#include "clients/chat/text.h"
#include "engine/domain/names.h"
#include "engine/domain/packet.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::chat {
namespace {

constexpr size_t kQuestionChars = 80;
constexpr size_t kReasonChars = 300;
constexpr size_t kMostReaders = 12;

int OpenBlocks(const v1::Spec& spec) {
  return static_cast<int>(
      std::count_if(spec.concerns().begin(), spec.concerns().end(), [](const v1::Concern& concern) {
        return concern.status() == v1::Concern::STATUS_OPEN &&
               concern.severity() == v1::Concern::SEVERITY_BLOCKING;
      }));
}

// `decide: Is at-least-once enough?  1 blocking concern`
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

// Keys, titles and minutes line up; the rest follows two blanks behind.
std::vector<std::string> Rows(const MeetingState& state, const std::vector<v1::Slot>& slots) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::Slot& slot : slots) {
    std::string rest = ToDecide(FindSpec(state, slot.spec()));
    rest += (rest.empty() ? "" : "  ") + CleanLine(slot.presenter());
    rows.push_back({fmt::format("{}. {}", rows.size() + 1, slot.spec()),
                    Clip(CleanLine(slot.title()), kTitleColumnChars),
                    fmt::format("{:2} min", slot.timebox_minutes()), rest});
  }
  return AlignColumns(rows);
}

// `Reading: ana 6 min, chen 22 min and 3 more`; empty where nobody has anything left to read.
std::string ReadersLine(const v1::Meeting& meeting) {
  std::vector<std::string> readers;
  int more = 0;
  for (const v1::PacketReader& reader : meeting.readers()) {
    if (reader.minutes() == 0) continue;
    if (readers.size() == kMostReaders) {
      ++more;
    } else {
      readers.push_back(fmt::format("{} {} min", CleanLine(reader.person()), reader.minutes()));
    }
  }
  if (readers.empty()) return "";
  return fmt::format("Reading: {}{}", fmt::join(readers, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string StandByLine(const MeetingState& state) {
  const std::string& key = state.meeting.stand_by();
  if (key.empty()) return "Stand-by: none";
  const v1::Spec* const spec = FindSpec(state, key);
  if (spec == nullptr) return "Stand-by: " + key;
  return fmt::format("Stand-by: {} {}", key, Clip(CleanLine(spec->title()), kTitleColumnChars));
}

// ` (2 specs were approved without it)`; empty for none.
std::string ApprovedWithout(int specs) {
  if (specs == 0) return "";
  return fmt::format(" ({} {} approved without it)", CountText(specs, "spec"),
                     specs == 1 ? "was" : "were");
}

}  // namespace

Message PacketMessage(const MeetingState& state, const std::string& base_url) {
  const v1::Meeting& meeting = state.meeting;
  const std::vector<v1::Slot> slots = AgendaOf(meeting);
  Message message = BlankMeetingMessage(state, MessageKind::kPacket, base_url);
  message.time = FromProto(meeting.packet_time());
  message.title = fmt::format(
      "Spec review {}, {}", meeting.area(),
      SpanText(FromProto(meeting.start_time()), FromProto(meeting.end_time()), ZoneOf(meeting)));
  message.word = "Agenda";
  SpecsByKey specs;
  for (const v1::Spec& spec : state.specs) specs[spec.key()] = spec;
  message.sentence =
      fmt::format("{}, {} min of reading in all.",
                  CountText(static_cast<int>(slots.size()), "spec"), PacketMinutes(meeting, specs));
  message.lines = Rows(state, slots);
  message.lines.push_back(StandByLine(state));
  const std::string readers = ReadersLine(meeting);
  if (!readers.empty()) message.lines.push_back(readers);
  if (!message.url.empty()) message.links.push_back({"Packet", message.url});
  message.document = state.agenda;
  return message;
}

Message CancelledMessage(const MeetingState& state, const v1::MeetingCancelled& cancelled,
                         const std::string& base_url) {
  const v1::Meeting& meeting = state.meeting;
  const absl::TimeZone zone = ZoneOf(meeting);
  Message message = BlankMeetingMessage(state, MessageKind::kCancelled, base_url);
  message.time = FromProto(meeting.close_time());
  message.title = fmt::format("Spec review {}, {}", meeting.area(),
                              TimeText(FromProto(meeting.start_time()), zone));
  message.word = "Cancelled";
  std::string why = Clip(CleanLine(CancelReasonText(meeting.cancel_reason())), kReasonChars);
  while (why.ends_with('.')) why.pop_back();
  message.sentence = AsSentence(why + ApprovedWithout(cancelled.approved_without()));
  message.sentence += state.next ? fmt::format(" Next: {}.", TimeText(*state.next, zone))
                                 : std::string(" No next one is planned.");
  return message;
}

Message MovedMessage(const MeetingState& state, const v1::Event& event,
                     const std::string& base_url) {
  const v1::Meeting& now = event.meeting_moved().meeting();
  const absl::Time start = FromProto(now.start_time());
  Message message = BlankMeetingMessage(state, MessageKind::kMoved, base_url);
  message.group_key += fmt::format("/{}", absl::ToUnixMicros(FromProto(event.time())));
  message.seq = event.seq();
  message.time = FromProto(event.time());
  message.title = fmt::format("Spec review {} ({})", state.meeting.area(), state.meeting.id());
  message.word = "Moved";
  message.sentence =
      fmt::format("Now {}.", SpanText(start, FromProto(now.end_time()), ZoneOf(state.meeting)));
  const std::string why = Clip(CleanLine(event.meeting_moved().reason()), kReasonChars);
  if (!why.empty()) message.sentence += " " + AsSentence(why);
  return message;
}

}  // namespace gavel::chat
