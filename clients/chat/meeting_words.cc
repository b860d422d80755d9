#include "clients/chat/meeting_words.h"

#include <algorithm>
#include <cctype>

#include "clients/chat/text.h"
#include "clients/chat/words.h"
#include "fmt/format.h"

namespace gavel::chat {

absl::TimeZone ZoneOf(const v1::Meeting& meeting) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(meeting.zone(), &zone)) return absl::UTCTimeZone();
  return zone;
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

const v1::Spec* FindSpec(const MeetingState& state, const std::string& key) {
  const auto found = std::find_if(state.specs.begin(), state.specs.end(),
                                  [&](const v1::Spec& spec) { return spec.key() == key; });
  return found == state.specs.end() ? nullptr : &*found;
}

Message BlankMeetingMessage(const MeetingState& state, MessageKind kind,
                            const std::string& base_url) {
  Message message;
  message.kind = kind;
  message.group_key = fmt::format("{}/{}", KindName(kind), state.meeting.id());
  message.topic = "meeting/" + state.meeting.id();
  message.seq = state.seq;
  message.area = state.meeting.area();
  message.url = MeetingUrl(base_url, state.meeting.id());
  message.milestone = state.meeting.id();
  return message;
}

std::vector<std::string> AlignColumns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], CharCount(row[i]));
  }
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line += std::string(widths[i] - CharCount(row[i]) + 2, ' ');
    }
    lines.push_back(line);
  }
  return lines;
}

std::string AsSentence(std::string text) {
  if (text.empty()) return text;
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (text.find_last_of(".!?") != text.size() - 1) text += '.';
  return text;
}

}  // namespace gavel::chat
