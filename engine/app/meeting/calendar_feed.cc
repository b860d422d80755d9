#include "engine/app/meeting/calendar_feed.h"

#include <algorithm>
#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/base/contains.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kAhead = absl::Hours(24 * 7 * 8);
constexpr absl::Duration kBack = absl::Hours(24 * 7 * 4);
// Long enough that a calendar that was off for a holiday still hears of it.
constexpr absl::Duration kCancelledKept = absl::Hours(24 * 60);
// Calendars show nothing shorter.
constexpr absl::Duration kDeadlineLength = absl::Minutes(15);

bool IsCancelled(const v1::Meeting& meeting) {
  return meeting.state() == v1::Meeting::STATE_CANCELLED;
}

// The meetings of an area (empty: of all) that a feed shows now, by start.
absl::StatusOr<std::vector<v1::Meeting>> ShownMeetings(const Workflow& workflow,
                                                       const std::string& area) {
  const absl::Time now = workflow.now();
  GAVEL_ASSIGN_OR_RETURN(std::vector<v1::Meeting> meetings,
                         workflow.transaction().Meetings(area, now - kCancelledKept, now + kAhead));
  std::erase_if(meetings, [&](const v1::Meeting& meeting) {
    return !IsCancelled(meeting) && FromProto(meeting.start_time()) < now - kBack;
  });
  return meetings;
}

// The agenda as it went out. Before that only when it will: a preview would change by the hour.
absl::StatusOr<std::string> Description(const Workflow& workflow, const v1::Meeting& meeting) {
  const absl::TimeZone& zone = workflow.organisation().CalendarOf(meeting.area()).zone();
  GAVEL_ASSIGN_OR_RETURN(const auto packets, workflow.transaction().view().EventsOf(
                                                 MeetingSubject(meeting.id()), "PacketSent", 0, 1));
  std::string agenda =
      fmt::format("The agenda is picked {} and sent out {}, or the meeting is cancelled then.",
                  TimeText(FromProto(meeting.cut_off_time()), zone),
                  TimeText(FromProto(meeting.freeze_time()), zone));
  if (!packets.empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Event event, EventFromRow(packets[0]));
    agenda = event.packet_sent().agenda();
  }
  if (!IsCancelled(meeting)) return agenda;
  const std::string why = fmt::format("Cancelled: {}.", CancelReasonText(meeting.cancel_reason()));
  return packets.empty() ? why : why + "\n\n" + agenda;
}

feed::EntryStatus StatusOf(const v1::Meeting& meeting) {
  switch (meeting.state()) {
    case v1::Meeting::STATE_PLANNED:
      return feed::EntryStatus::kTentative;
    case v1::Meeting::STATE_CANCELLED:
      return feed::EntryStatus::kCancelled;
    default:
      return feed::EntryStatus::kConfirmed;
  }
}

std::string Uid(const Workflow& workflow, const std::string& id) {
  return fmt::format("{}@{}.gavel", id, workflow.organisation().org().id());
}

absl::StatusOr<feed::CalendarEntry> MeetingEntry(const Workflow& workflow,
                                                 const v1::Meeting& meeting) {
  const v1::Area& area = *workflow.organisation().FindArea(meeting.area());
  feed::CalendarEntry entry;
  entry.uid = Uid(workflow, meeting.id());
  entry.sequence = meeting.calendar_sequence();
  // On record since before changes were counted: it came on the calendar with the horizon.
  entry.last_modified = meeting.has_calendar_time() ? FromProto(meeting.calendar_time())
                                                    : FromProto(meeting.start_time()) - kAhead;
  entry.start = FromProto(meeting.start_time());
  entry.end = FromProto(meeting.end_time());
  entry.zone = workflow.organisation().CalendarOf(meeting.area()).zone();
  entry.status = StatusOf(meeting);
  entry.summary = fmt::format("{}{} spec review{}", IsCancelled(meeting) ? "Cancelled: " : "",
                              area.name(), meeting.ad_hoc() ? ", extra session" : "");
  entry.category = area.name();
  GAVEL_ASSIGN_OR_RETURN(entry.description, Description(workflow, meeting));
  return entry;
}

feed::CalendarEntry Deadline(const Workflow& workflow, const feed::CalendarEntry& meeting,
                             const v1::Meeting& of, std::string_view kind, std::string summary,
                             absl::Time at) {
  feed::CalendarEntry entry = meeting;
  entry.uid = Uid(workflow, fmt::format("{}-{}", of.id(), kind));
  entry.start = at;
  entry.end = at + kDeadlineLength;
  entry.summary = std::move(summary);
  entry.description =
      fmt::format("{} on {}.", meeting.summary, TimeText(meeting.start, meeting.zone));
  entry.is_deadline = true;
  return entry;
}

// An area that meets no more may still have meetings on record.
bool IsKnown(const Workflow& workflow, const v1::Meeting& meeting) {
  return workflow.organisation().FindArea(meeting.area()) != nullptr;
}

bool TakesPart(const Workflow& workflow, const v1::Meeting& meeting, const std::string& person) {
  const v1::Area& area = *workflow.organisation().FindArea(meeting.area());
  if (Contains(area.facilitators(), person) || area.sponsor() == person ||
      area.deputy() == person || meeting.facilitator() == person || meeting.notetaker() == person) {
    return true;
  }
  return std::any_of(meeting.slots().begin(), meeting.slots().end(),
                     [&](const auto& slot) {
                       return slot.state() != v1::Slot::STATE_RELEASED &&
                              slot.presenter() == person;
                     }) ||
         std::any_of(meeting.readers().begin(), meeting.readers().end(),
                     [&](const auto& reader) { return reader.person() == person; });
}

}  // namespace

absl::StatusOr<feed::CalendarObject> AreaFeed(const Workflow& workflow, const std::string& area) {
  const v1::Area* known = workflow.organisation().FindArea(area);
  if (known == nullptr) return AreaNotFound(area);
  feed::CalendarObject object{.name = known->name() + " spec reviews", .entries = {}};
  GAVEL_ASSIGN_OR_RETURN(const auto meetings, ShownMeetings(workflow, area));
  for (const v1::Meeting& meeting : meetings) {
    GAVEL_ASSIGN_OR_RETURN(feed::CalendarEntry entry, MeetingEntry(workflow, meeting));
    object.entries.push_back(std::move(entry));
  }
  return object;
}

absl::StatusOr<feed::CalendarObject> PersonalFeed(const Workflow& workflow,
                                                  const std::string& person) {
  feed::CalendarObject object{
      .name = fmt::format("Spec reviews of {}", workflow.organisation().NameOf(person)),
      .entries = {}};
  GAVEL_ASSIGN_OR_RETURN(const auto meetings, ShownMeetings(workflow, ""));
  for (const v1::Meeting& meeting : meetings) {
    if (!IsKnown(workflow, meeting) || !TakesPart(workflow, meeting, person)) continue;
    GAVEL_ASSIGN_OR_RETURN(const feed::CalendarEntry entry, MeetingEntry(workflow, meeting));
    object.entries.push_back(entry);
    object.entries.push_back(Deadline(workflow, entry, meeting, "cut-off",
                                      entry.category + ": the agenda is picked",
                                      FromProto(meeting.cut_off_time())));
    object.entries.push_back(Deadline(workflow, entry, meeting, "packet",
                                      entry.category + ": the packet goes out",
                                      FromProto(meeting.freeze_time())));
  }
  return object;
}

}  // namespace gavel::app
