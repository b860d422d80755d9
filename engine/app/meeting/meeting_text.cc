#include "engine/app/meeting/meeting_text.h"

#include <set>

#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/app/meeting/meeting_queue_view.h"
#include "engine/base/status_macros.h"
#include "engine/documents/agenda.h"
#include "engine/documents/minutes.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using documents::MeetingPapers;

// Promises made this long ago still open the next agenda.
constexpr absl::Duration kPromiseMemory = absl::Hours(24 * 90);
// More outcomes than these were never taken back on one spec.
constexpr int kMostUndone = 1000;

absl::Status ReadSpecs(const Workflow& workflow, MeetingPapers& papers) {
  std::set<std::string> keys;
  for (const v1::Slot& slot : papers.meeting.slots()) keys.insert(slot.spec());
  for (const v1::NotPicked& rest : papers.meeting.not_picked()) keys.insert(rest.spec());
  if (!papers.meeting.stand_by().empty()) keys.insert(papers.meeting.stand_by());
  for (const std::string& key : keys) {
    GAVEL_ASSIGN_OR_RETURN(papers.specs[key], workflow.GetSpec(key));
  }
  return absl::OkStatus();
}

// Only while the agenda lies ahead: later on the queue has moved on.
absl::Status ReadForecasts(const Workflow& workflow, MeetingPapers& papers) {
  const v1::Meeting& meeting = papers.meeting;
  if (meeting.state() != v1::Meeting::STATE_PLANNED || meeting.not_picked().empty()) {
    return absl::OkStatus();
  }
  GAVEL_ASSIGN_OR_RETURN(const QueueView view, ViewQueue(workflow, meeting.area()));
  for (const v1::QueueEntry& entry : view.entries) {
    if (entry.has_forecast()) papers.forecasts[entry.spec()] = entry.forecast();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::Event>> EventsOf(const Workflow& workflow,
                                                const std::string& subject, std::string_view type,
                                                int limit) {
  GAVEL_ASSIGN_OR_RETURN(const auto rows,
                         workflow.transaction().view().EventsOf(subject, type, 0, limit));
  std::vector<v1::Event> events;
  for (const store::EventRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(v1::Event event, EventFromRow(row));
    events.push_back(std::move(event));
  }
  return events;
}

// What the record of the meeting does not keep.
absl::Status ReadEvents(const Workflow& workflow, MeetingPapers& papers) {
  const v1::Meeting& meeting = papers.meeting;
  const std::string subject = MeetingSubject(meeting.id());
  if (meeting.has_packet_time()) {
    GAVEL_ASSIGN_OR_RETURN(const auto packets, EventsOf(workflow, subject, "PacketSent", 1));
    papers.sent.emplace();
    for (const v1::Event& event : packets) {
      for (const auto& [key, revision] : event.packet_sent().revisions()) papers.sent->insert(key);
    }
  }
  if (meeting.state() == v1::Meeting::STATE_CANCELLED) {
    GAVEL_ASSIGN_OR_RETURN(const auto ends, EventsOf(workflow, subject, "MeetingCancelled", 1));
    for (const v1::Event& event : ends) papers.cancelled = event.meeting_cancelled();
  }
  if (!meeting.has_open_time()) return absl::OkStatus();
  std::set<std::string> keys;
  for (const v1::Slot& slot : meeting.slots()) keys.insert(slot.spec());
  for (const std::string& key : keys) {
    GAVEL_ASSIGN_OR_RETURN(const auto undone,
                           EventsOf(workflow, SpecSubject(key), "OutcomeUndone", kMostUndone));
    for (const v1::Event& event : undone) {
      if (event.meeting() == meeting.id()) papers.undone.push_back(event);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MeetingPapers> PapersOf(const Workflow& workflow, v1::Meeting meeting) {
  MeetingPapers papers{.organisation = workflow.organisation()};
  papers.meeting = std::move(meeting);
  const absl::Time start = FromProto(papers.meeting.start_time());
  GAVEL_RETURN_IF_ERROR(ReadSpecs(workflow, papers));
  GAVEL_RETURN_IF_ERROR(ReadForecasts(workflow, papers));
  GAVEL_RETURN_IF_ERROR(ReadEvents(workflow, papers));
  GAVEL_ASSIGN_OR_RETURN(papers.earlier, workflow.transaction().Meetings(
                                             papers.meeting.area(), start - kPromiseMemory, start));
  return papers;
}

absl::Status WritePacket(const Workflow& workflow, const v1::Meeting& meeting,
                         v1::PacketSent& packet) {
  GAVEL_ASSIGN_OR_RETURN(MeetingPapers papers, PapersOf(workflow, meeting));
  papers.meeting.set_stand_by_revision(packet.stand_by_revision());
  packet.set_agenda(documents::AgendaMarkdown(papers));
  for (const PacketReading& reading :
       PacketReadings(papers.meeting, papers.specs, papers.organisation)) {
    *packet.add_readers() = ToProto(reading);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> MinutesText(const Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(MeetingPapers papers, PapersOf(workflow, meeting));
  *papers.meeting.mutable_minutes_time() = ToProto(workflow.now());
  return documents::MinutesMarkdown(papers);
}

}  // namespace gavel::app
