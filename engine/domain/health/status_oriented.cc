// Is the meeting about being there rather than about the specs?

#include "engine/domain/health/signal.h"

namespace gavel::health {
namespace {

constexpr double kUnreadMostPercent = 50;
constexpr double kAttendeesPerContributorMost = 4;
constexpr double kApprovalLeastMinutes = 2;
constexpr double kNitsMostPercent = 20;

// Presenters wrote what they present.
Figure Unread(const Window& window) {
  Share share;
  window.EachHeld([&](const MeetingLife& meeting) {
    for (const Seat& seat : meeting.seats) {
      if (seat.role == "presenter") continue;
      share.Add(meeting.id, meeting.readers.count(seat.person) == 0);
    }
  });
  return OfMeetings(share.Percent());
}

// Contributors present an item, run the meeting, take notes, or have written about an item.
Figure AttendeesPerContributor(const Window& window) {
  int contributors = 0;
  int held = 0;
  Counter seats;
  window.EachHeld([&](const MeetingLife& meeting) {
    if (meeting.seats.empty()) return;
    ++held;
    seats.Add(meeting.id, static_cast<double>(meeting.seats.size()));
    for (const Seat& seat : meeting.seats) {
      const bool by_role = seat.role != "attendee" && seat.role != "sponsor";
      if (by_role || meeting.contributors.count(seat.person) > 0) ++contributors;
    }
  });
  return OfMeetings(seats.Per(contributors, held));
}

// Visits every approval in a room with the minutes since the item was opened. Items of the consent
// list are meant to take a minute.
template <typename Visit>
void EachApprovalInRoom(const Window& window, Visit visit) {
  window.EachHeld([&](const MeetingLife& meeting) {
    for (const ItemLife& item : meeting.items) {
      if (item.quick || !item.approved || item.opened == kNever) continue;
      visit(item.spec, absl::ToDoubleMinutes(item.ended - item.opened));
    }
  });
}

Figure ApprovalMinutes(const Window& window) {
  Spread spread;
  EachApprovalInRoom(window, [&](const std::string& spec, double minutes) {
    spread.Add(spec, minutes);
  });
  return spread.At(50);
}

Figure QuickApprovals(const Window& window) {
  Share share;
  EachApprovalInRoom(window, [&](const std::string& spec, double minutes) {
    share.Add(spec, minutes <= kApprovalLeastMinutes);
  });
  return share.Percent();
}

Figure BlocksToNits(const Window& window) {
  Share share;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConcernLife& concern : spec.concerns) {
      if (window.Contains(concern.blocked)) share.Add(spec.key, window.Past(concern.nit));
    }
  });
  return share.Percent();
}

}  // namespace

Signals StatusOrientedSignals() {
  return {{"unread-attendees", "share of people in the room without a sign of having read", "%",
           Unread, kUnreadMostPercent, Bound::kAbove, kLeastToJudge},
          {"attendees-per-contributor", "people in the room for each who contributes", "ratio",
           AttendeesPerContributor, kAttendeesPerContributorMost},
          {"approval-minutes-p50", "median time from opening an item to approving it", "minutes",
           ApprovalMinutes, kApprovalLeastMinutes, Bound::kBelow, kLeastToJudge},
          {"quick-approvals", "share of approvals in the room within 2 minutes of opening", "%",
           QuickApprovals},
          {"blocks-to-nits", "share of blocks relabelled as mere notes", "%", BlocksToNits,
           kNitsMostPercent, Bound::kAbove, kLeastToJudge}};
}

}  // namespace gavel::health
