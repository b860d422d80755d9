#include "clients/cli/words/meeting_words.h"

#include <map>

#include "clients/cli/words/time_text.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

constexpr int64_t kNoClock = -1;

// Whole minutes since `start`, never negative; kNoClock without a clock.
int64_t MinutesSince(const google::protobuf::Timestamp& start, absl::Time now) {
  if (now == absl::InfinitePast()) return kNoClock;
  return std::max<int64_t>(0, absl::ToInt64Minutes(now - ToTime(start)));
}

// `12 of 20 min used, 8 left`, `25 of 20 min used, 5 over`.
std::string TimeboxText(int64_t used, int64_t box) {
  const int64_t left = box - used;
  return fmt::format("{} of {} min used, {}", used, box,
                     left >= 0 ? fmt::format("{} left", left) : fmt::format("{} over", -left));
}

std::string HeldText(const v1::Meeting& meeting, absl::Time now) {
  std::string text = "being held";
  const int64_t planned =
      absl::ToInt64Minutes(ToTime(meeting.end_time()) - ToTime(meeting.start_time()));
  const int64_t gone = MinutesSince(meeting.start_time(), now);
  if (gone != kNoClock) text += fmt::format(": {}", TimeboxText(gone, planned));
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_OPEN) text += fmt::format(", {} is open", slot.spec());
  }
  return text;
}

std::string PickedText(const std::string& picked_as) {
  static const auto* const kWords = new std::map<std::string, std::string>{
      {"queue", "by its place in the queue"},  {"aged", "aged in the queue"},
      {"overdue", "overdue in the queue"},     {"reserved", "did not fit last time"},
      {"carried over", "carried over"},        {"stand-by", "moved up from stand-by"},
      {"pinned", "pinned by the facilitator"}, {"urgent", "urgent"}};
  const auto found = kWords->find(picked_as);
  return found == kWords->end() ? picked_as : found->second;
}

}  // namespace

std::string MeetingStanding(const v1::Meeting& meeting, absl::Time now) {
  const absl::TimeZone zone = ZoneNamed(meeting.zone());
  switch (meeting.state()) {
    case v1::Meeting::STATE_PLANNED:
      return meeting.planned()
                 ? "agenda picked; it goes out " + TimeText(meeting.freeze_time(), zone)
                 : "planned; its agenda is picked " + TimeText(meeting.cut_off_time(), zone);
    case v1::Meeting::STATE_FROZEN:
      return "packet sent; starts " + TimeText(meeting.start_time(), zone);
    case v1::Meeting::STATE_LIVE:
      return HeldText(meeting, now);
    case v1::Meeting::STATE_CLOSED:
      return "held; minutes " + (meeting.has_minutes_time()
                                     ? std::string("published")
                                     : "due " + TimeText(meeting.minutes_due_time(), zone));
    case v1::Meeting::STATE_CANCELLED:
      return "cancelled: " + CancelReasonText(meeting.cancel_reason());
    default:
      return StateName(meeting.state());
  }
}

std::string SlotFacts(const v1::Slot& slot) {
  std::string facts = CountText(slot.timebox_minutes(), "minute");
  if (slot.quick()) facts += ", consent list";
  if (!slot.cluster().empty()) facts += ", " + slot.cluster();
  return facts + ", " + PickedText(slot.picked_as());
}

std::string SlotStanding(const v1::Slot& slot, absl::Time now) {
  switch (slot.state()) {
    case v1::Slot::STATE_OPEN: {
      const int64_t used = MinutesSince(slot.open_time(), now);
      return used == kNoClock ? "being discussed"
                              : "being discussed: " + TimeboxText(used, slot.timebox_minutes());
    }
    case v1::Slot::STATE_DONE:
      return OutcomeText(slot.outcome().kind()) + ": " + OneLine(slot.outcome().text());
    case v1::Slot::STATE_RELEASED:
      return "taken off: " + OneLine(slot.reason());
    case v1::Slot::STATE_OVERRAN:
      return "not finished; goes on at a later meeting";
    default:
      break;
  }
  if (slot.go() == v1::Slot::GO_GO) return "go";
  return "";
}

std::string ReadingText(const v1::Meeting& meeting) {
  std::map<std::string, int> read;
  for (const v1::ReadReceipt& receipt : meeting.receipts()) ++read[receipt.person()];
  int packet = meeting.stand_by().empty() ? 0 : 1;
  for (const v1::Slot& slot : meeting.slots()) {
    packet += slot.state() == v1::Slot::STATE_RELEASED ? 0 : 1;
  }
  std::string text;
  for (const auto& [person, count] : read) {
    text += fmt::format("{}@{} {}", text.empty() ? "" : ", ", person,
                        count >= packet ? "all" : fmt::format("{} of {}", count, packet));
  }
  return text;
}

}  // namespace gavel::cli
