#include "engine/app/meeting_planning.h"

#include <algorithm>
#include <set>

#include "engine/app/agenda_text.h"
#include "engine/app/entity.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/eligibility.h"
#include "engine/domain/planning/series.h"
#include "engine/domain/planning/weight.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kHorizonPeriod = absl::Hours(7 * 24);

MeetingCommand BySystem(MeetingCommandKind kind) {
  return {.kind = kind, .actor = std::string(kSystemActor)};
}

const v1::Area& AreaOf(const Workflow& workflow, const v1::Meeting& meeting) {
  return *workflow.organisation().FindArea(meeting.area());
}

// The series whose numbers a meeting keeps to; an ad-hoc session keeps to the area's first one.
const v1::Series& SeriesOf(const v1::Area& area, const std::string& id) {
  for (const v1::Series& series : area.series()) {
    if (series.id() == id) return series;
  }
  return area.series(0);
}

// A record for one occurrence. The id names the day; a second meeting on a day gets `-2` and so on.
absl::StatusOr<std::string> FreeId(const Workflow& workflow, absl::CivilDay day,
                                   const std::string& area) {
  const std::string base = fmt::format("{:04}-{:02}-{:02}-{}", day.year(), day.month(), day.day(), area);
  std::string id = base;
  for (int n = 2;; ++n) {
    GAVEL_ASSIGN_OR_RETURN(const auto taken, workflow.transaction().FindMeeting(id));
    if (!taken.has_value()) return id;
    id = fmt::format("{}-{}", base, n);
  }
}

v1::Meeting MakeMeeting(const v1::Area& area, const v1::Series& series, const Occurrence& occurrence,
                        const absl::TimeZone& zone, const std::string& id) {
  v1::Meeting meeting;
  meeting.set_name(MeetingSubject(id));
  meeting.set_id(id);
  meeting.set_area(area.id());
  meeting.set_series(series.id());
  *meeting.mutable_start_time() = ToProto(occurrence.start);
  *meeting.mutable_end_time() = ToProto(occurrence.end);
  *meeting.mutable_preview_time() = ToProto(occurrence.preview);
  *meeting.mutable_cut_off_time() = ToProto(occurrence.cut_off);
  *meeting.mutable_freeze_time() = ToProto(occurrence.freeze);
  *meeting.mutable_go_no_go_time() = ToProto(occurrence.go_no_go);
  *meeting.mutable_minutes_due_time() = ToProto(occurrence.minutes_due);
  meeting.set_zone(zone.name());
  meeting.set_max_specs(series.max_specs());
  meeting.set_usable_minutes(
      UsableMinutes(static_cast<int>((occurrence.end - occurrence.start) / absl::Minutes(1))));
  meeting.set_max_words(series.max_words());
  return meeting;
}

absl::Status AppendPlanned(Workflow& workflow, const v1::Meeting& meeting) {
  v1::Event event;
  event.set_subject(meeting.name());
  event.set_actor(std::string(kSystemActor));
  event.set_area(meeting.area());
  event.set_meeting(meeting.id());
  *event.mutable_meeting_planned()->mutable_meeting() = meeting;
  return workflow.transaction().Append(std::move(event));
}

int Available(const Absences& absences, const v1::Spec& spec, absl::CivilDay day) {
  int available = 0;
  for (const v1::Assignment& assignment : spec.assignments()) {
    available += StandIn(absences, assignment.person(), day).empty() ? 0 : 1;
  }
  return available;
}

absl::Time LatestMajorTime(const v1::Spec& spec) {
  const int number = LatestMajorRevision(spec);
  return FromProto(spec.revisions(number - 1).create_time());
}

bool HasRecommendations(const v1::Spec& spec) {
  return std::all_of(spec.open_decisions().begin(), spec.open_decisions().end(),
                     [](const auto& decision) { return !decision.recommendation().empty(); });
}

int TeamItems(const v1::Planning& planning, const std::string& team) {
  int items = 0;
  for (const v1::HeldAgenda& held : planning.held()) {
    items += static_cast<int>(std::count(held.teams().begin(), held.teams().end(), team));
  }
  return items;
}

absl::StatusOr<QueueItem> QueueItemOf(const Workflow& workflow, const v1::Spec& spec,
                                      const v1::Meeting& meeting, const v1::Planning& planning) {
  const v1::PlanningMemory& memory = MemoryOf(planning, spec.key());
  std::vector<std::string> people = {spec.presenter()};
  for (const v1::Assignment& assignment : spec.assignments()) people.push_back(assignment.person());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day =
      workflow.organisation().CalendarOf(spec.area()).DayOf(FromProto(meeting.start_time()));

  QueueItem item;
  item.key = spec.key();
  item.queued_since = FromProto(spec.queue().since());
  item.words = CurrentRevision(spec)->words();
  item.open_decisions = spec.open_decisions_size();
  item.open_blocks = static_cast<int>(OpenBlocks(spec).size());
  item.gates_involved = std::max(1, spec.gates_size());
  item.consent_ready = HasRecommendations(spec) && spec.open_decisions_size() == 1 &&
                       std::all_of(spec.gates().begin(), spec.gates().end(),
                                   [](const auto& gate) { return gate.satisfied(); });
  item.major_revision_time = LatestMajorTime(spec);
  if (spec.has_not_before()) item.not_before = ToCivilDay(spec.not_before());
  item.presenter_available = !StandIn(absences, spec.presenter(), day).empty();
  item.reviewers_required = spec.assignments_size();
  item.reviewers_available = Available(absences, spec, day);
  item.own_session_only = spec.queue().continued() >= 2 && !meeting.ad_hoc();
  item.passed_over = memory.passed_over();
  item.times_on_agenda = memory.times_on_agenda();
  item.carried_over = memory.carried_over();
  item.urgent = meeting.urgent() == spec.key();
  item.releases_not_authors_fault = spec.queue().releases_organisation();
  item.team_items_last_four =
      TeamItems(planning, workflow.organisation().TeamOf(spec.authors(0)));
  return item;
}

MeetingTerms Terms(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area& area = AreaOf(workflow, meeting);
  MeetingTerms terms = TermsOf(SeriesOf(area, meeting.series()),
                               workflow.organisation().CalendarOf(area.id()).DayOf(
                                   FromProto(meeting.start_time())));
  terms.usable_minutes = meeting.usable_minutes();
  terms.max_specs = meeting.max_specs();
  terms.max_words = meeting.max_words();
  return terms;
}

absl::StatusOr<PlanInput> InputFor(const Workflow& workflow, const v1::Meeting& meeting) {
  Transaction& transaction = workflow.transaction();
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning, transaction.Planning(meeting.area()));
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs,
                         transaction.Specs(meeting.area(), {v1::Spec::STATE_QUEUED,
                                                            v1::Spec::STATE_SCHEDULED}));
  PlanInput input{.meeting = Terms(workflow, meeting)};
  input.reservation = planning.reservation();
  input.now = workflow.now();
  for (const v1::Spec& spec : specs) {
    const bool queued = spec.state() == v1::Spec::STATE_QUEUED;
    if (!queued && spec.meeting() != meeting.id()) continue;
    GAVEL_ASSIGN_OR_RETURN(QueueItem item, QueueItemOf(workflow, spec, meeting, planning));
    (queued ? input.queue : input.pinned).push_back(std::move(item));
  }
  return input;
}

std::string PickedAs(OrderClass order_class) {
  switch (order_class) {
    case OrderClass::kOverdue:
      return "overdue";
    case OrderClass::kUrgent:
      return "urgent";
    case OrderClass::kReserved:
      return "reserved";
    case OrderClass::kCarryOver:
      return "carried over";
    case OrderClass::kAged:
      return "aged";
    case OrderClass::kScore:
      return "queue";
  }
  return "queue";
}

absl::Status AssignPicks(Workflow& workflow, const v1::Meeting& meeting, const AgendaPlan& plan) {
  int order = 0;
  for (const v1::Slot& slot : meeting.slots()) order = std::max(order, slot.order());
  for (const Pick& pick : plan.picks) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(pick.key));
    v1::Slot slot;
    slot.set_order(++order);
    slot.set_timebox_minutes(pick.placement.minutes);
    slot.set_picked_as(PickedAs(pick.order_class));
    slot.set_words(CurrentRevision(spec)->words());
    Command command{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
    command.slot = &slot;
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(pick.key, command, meeting.id()));
  }
  return absl::OkStatus();
}

v1::AgendaPlanned PlannedEvent(const AgendaPlan& plan) {
  v1::AgendaPlanned planned;
  for (const Pick& pick : plan.picks) planned.add_picked(pick.key);
  if (plan.stand_by.has_value()) planned.set_stand_by(*plan.stand_by);
  for (const NotPicked& each : plan.not_picked) {
    v1::NotPicked& not_picked = *planned.add_not_picked();
    not_picked.set_spec(each.key);
    not_picked.set_reason(each.reason);
    not_picked.set_eligible(each.passed_over);
    not_picked.set_author_fault(each.fault.has_value() && *each.fault == Fault::kAuthor);
  }
  planned.set_reservation(plan.reservation);
  planned.set_requested_minutes(plan.requested_minutes);
  return planned;
}

// Row 14: three cut-offs running without the author mending what keeps it out.
absl::Status PullBackIneligible(Workflow& workflow, const v1::Meeting& meeting,
                                const AgendaPlan& plan) {
  constexpr int kPatience = 3;
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning,
                         workflow.transaction().Planning(meeting.area()));
  for (const NotPicked& each : plan.not_picked) {
    if (MemoryOf(planning, each.key).author_ineligible() < kPatience) continue;
    Command command{.kind = CommandKind::kPullBackIneligible, .actor = std::string(kSystemActor)};
    command.reason = fmt::format("not eligible at three cut-offs running: {}", each.reason);
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(each.key, command));
  }
  return absl::OkStatus();
}

absl::Status ProposeSession(Workflow& workflow, const v1::Meeting& meeting, const AgendaPlan& plan) {
  if (plan.extra_session.empty()) return absl::OkStatus();
  MeetingCommand command = BySystem(MeetingCommandKind::kProposeSession);
  v1::ExtraSessionProposed& proposed = *command.payload.mutable_extra_session_proposed();
  proposed.mutable_specs()->Add(plan.extra_session.begin(), plan.extra_session.end());
  proposed.set_sponsor(AreaOf(workflow, meeting).sponsor());
  return workflow.RunMeeting(meeting.id(), command);
}

// Takes what is no longer eligible off the agenda.
absl::Status ReleaseIneligible(Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning,
                         workflow.transaction().Planning(meeting.area()));
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    GAVEL_ASSIGN_OR_RETURN(const QueueItem item, QueueItemOf(workflow, spec, meeting, planning));
    const Eligibility eligibility =
        CheckEligible(item, Terms(workflow, meeting),
                      workflow.organisation().CalendarOf(meeting.area()), workflow.now());
    if (eligibility.eligible()) continue;
    Command command{.kind = CommandKind::kReleaseSlot, .actor = std::string(kSystemActor)};
    command.reason = eligibility.Reason();
    command.author_fault = eligibility.fault() == Fault::kAuthor;
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(slot.spec(), command));
  }
  return absl::OkStatus();
}

// The stand-by takes a place that the freeze made free, where it fits.
absl::Status FillFreePlace(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  if (meeting.stand_by().empty()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(meeting.stand_by()));
  if (spec.state() != v1::Spec::STATE_QUEUED) return absl::OkStatus();
  absl::StatusOr<v1::Slot> slot = SlotFor(workflow, meeting, spec);
  if (!slot.ok()) return absl::OkStatus();
  slot->set_picked_as("stand-by");
  Command command{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
  command.slot = &*slot;
  return workflow.RunSpec(spec.key(), command, id);
}

// Somebody to run it, or somebody to answer for it, has to be there.
absl::StatusOr<bool> HasQuorum(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area& area = AreaOf(workflow, meeting);
  std::vector<std::string> people(area.facilitators().begin(), area.facilitators().end());
  people.push_back(area.sponsor());
  people.push_back(area.deputy());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day =
      workflow.organisation().CalendarOf(area.id()).DayOf(FromProto(meeting.start_time()));
  return std::any_of(people.begin(), people.end(), [&](const std::string& person) {
    return !person.empty() && !IsAway(absences, person, day);
  });
}

absl::Status GiveRole(Workflow& workflow, const std::string& meeting, const std::string& role,
                      const std::string& person) {
  v1::AssignRoleRequest request;
  request.set_role(role);
  request.set_person(person);
  MeetingCommand command = BySystem(MeetingCommandKind::kAssignRole);
  command.request = &request;
  return workflow.RunMeeting(meeting, command);
}

// A facilitator, and a notetaker who neither runs the meeting nor presents in it.
absl::Status GiveRoles(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  const v1::Area& area = AreaOf(workflow, meeting);
  std::vector<std::string> people(area.facilitators().begin(), area.facilitators().end());
  people.insert(people.end(), area.notetakers().begin(), area.notetakers().end());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day =
      workflow.organisation().CalendarOf(area.id()).DayOf(FromProto(meeting.start_time()));
  std::set<std::string> presenters;
  for (const v1::Slot& slot : meeting.slots()) presenters.insert(slot.presenter());

  std::string facilitator = meeting.facilitator();
  for (const std::string& person : area.facilitators()) {
    if (facilitator.empty() && !IsAway(absences, person, day)) facilitator = person;
  }
  std::string notetaker = meeting.notetaker();
  std::vector<std::string> takers(area.notetakers().begin(), area.notetakers().end());
  takers.insert(takers.end(), area.facilitators().begin(), area.facilitators().end());
  for (const std::string& person : takers) {
    const bool free = person != facilitator && presenters.count(person) == 0;
    if (notetaker.empty() && free && !IsAway(absences, person, day)) notetaker = person;
  }
  if (!facilitator.empty() && meeting.facilitator().empty()) {
    GAVEL_RETURN_IF_ERROR(GiveRole(workflow, id, "facilitator", facilitator));
  }
  if (!notetaker.empty() && meeting.notetaker().empty()) {
    GAVEL_RETURN_IF_ERROR(GiveRole(workflow, id, "notetaker", notetaker));
  }
  return absl::OkStatus();
}

absl::Status SendPacket(Workflow& workflow, const std::string& id) {
  GAVEL_RETURN_IF_ERROR(GiveRoles(workflow, id));
  GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(id));
  MeetingCommand command = BySystem(MeetingCommandKind::kSendPacket);
  v1::PacketSent& packet = *command.payload.mutable_packet_sent();
  int words = 0;
  for (v1::Slot& slot : *meeting.mutable_slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    const v1::Revision& revision = *CurrentRevision(spec);
    (*packet.mutable_revisions())[slot.spec()] = revision.number();
    slot.set_revision(revision.number());
    words += revision.words();
  }
  if (!meeting.stand_by().empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(meeting.stand_by()));
    packet.set_stand_by_revision(CurrentRevision(spec)->number());
    words += CurrentRevision(spec)->words();
  }
  packet.set_words(words);
  GAVEL_ASSIGN_OR_RETURN(*packet.mutable_agenda(), AgendaText(workflow, meeting));
  return workflow.RunMeeting(id, command);
}

}  // namespace

int TimeboxOf(const v1::Spec& spec) {
  QueueItem item;
  item.open_decisions = spec.open_decisions_size();
  item.open_blocks = static_cast<int>(OpenBlocks(spec).size());
  item.gates_involved = std::max(1, spec.gates_size());
  return TimeboxMinutes(item);
}

absl::Status PlanHorizon(Workflow& workflow, const std::string& area_id) {
  const v1::Area& area = *workflow.organisation().FindArea(area_id);
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area_id);
  for (const v1::Series& series : area.series()) {
    GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
    GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Meeting> known,
                           workflow.transaction().Meetings(area_id, workflow.now() - absl::Hours(24 * 14),
                                                           absl::InfiniteFuture()));
    std::set<IsoWeek> taken;
    for (const v1::Meeting& meeting : known) {
      if (meeting.series() == series.id() && !meeting.ad_hoc()) {
        taken.insert(IsoWeekOf(calendar.DayOf(FromProto(meeting.start_time()))));
      }
    }
    for (const Occurrence& occurrence : schedule.Plannable(workflow.now())) {
      if (taken.count(occurrence.week) > 0) continue;
      GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, occurrence.day, area_id));
      GAVEL_RETURN_IF_ERROR(AppendPlanned(
          workflow, MakeMeeting(area, series, occurrence, calendar.zone(), id)));
    }
  }
  return workflow.transaction().ReplaceTimers(
      PlanningSubject(area_id), {{std::string(kHorizonTimer), workflow.now() + kHorizonPeriod}});
}

absl::Status PlanOnDemand(Workflow& workflow, const std::string& area_id) {
  const v1::Area& area = *workflow.organisation().FindArea(area_id);
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area_id);
  for (const v1::Series& series : area.series()) {
    if (series.cadence() != v1::Series::CADENCE_ON_DEMAND) continue;
    GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<v1::Meeting> known,
        workflow.transaction().Meetings(area_id, workflow.now() - absl::Hours(24 * 7),
                                        absl::InfiniteFuture()));
    std::vector<IsoWeek> taken;
    bool ahead = false;
    for (const v1::Meeting& meeting : known) {
      taken.push_back(IsoWeekOf(calendar.DayOf(FromProto(meeting.start_time()))));
      ahead |= meeting.state() == v1::Meeting::STATE_PLANNED && !meeting.planned();
    }
    if (ahead) continue;
    const Occurrence occurrence = schedule.FirstFree(workflow.now(), taken);
    GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, occurrence.day, area_id));
    GAVEL_RETURN_IF_ERROR(
        AppendPlanned(workflow, MakeMeeting(area, series, occurrence, calendar.zone(), id)));
  }
  return absl::OkStatus();
}

absl::StatusOr<AgendaPlan> PreviewPlan(const Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const PlanInput input, InputFor(workflow, meeting));
  return PlanMeeting(input, workflow.organisation().CalendarOf(meeting.area()));
}

absl::Status RunPreview(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  GAVEL_ASSIGN_OR_RETURN(const AgendaPlan plan, PreviewPlan(workflow, meeting));
  MeetingCommand command = BySystem(MeetingCommandKind::kSendPreview);
  v1::PreviewSent& preview = *command.payload.mutable_preview_sent();
  std::set<std::string> people;
  for (const Pick& pick : plan.picks) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(pick.key));
    preview.add_likely(pick.key);
    people.insert(spec.presenter());
  }
  preview.mutable_people()->Add(people.begin(), people.end());
  return workflow.RunMeeting(id, command);
}

absl::Status RunCutOff(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  GAVEL_ASSIGN_OR_RETURN(const AgendaPlan plan, PreviewPlan(workflow, meeting));
  MeetingCommand command = BySystem(MeetingCommandKind::kPlanAgenda);
  *command.payload.mutable_agenda_planned() = PlannedEvent(plan);
  GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(id, command));
  GAVEL_RETURN_IF_ERROR(AssignPicks(workflow, meeting, plan));
  GAVEL_RETURN_IF_ERROR(PullBackIneligible(workflow, meeting, plan));
  return ProposeSession(workflow, meeting, plan);
}

absl::Status RunFreeze(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(id));
  GAVEL_ASSIGN_OR_RETURN(const bool quorum, HasQuorum(workflow, meeting));
  if (!quorum) return workflow.CancelMeeting(id, kSystemActor, nullptr, "QUORUM");
  GAVEL_RETURN_IF_ERROR(ReleaseIneligible(workflow, meeting));
  GAVEL_RETURN_IF_ERROR(FillFreePlace(workflow, id));
  GAVEL_ASSIGN_OR_RETURN(meeting, workflow.GetMeeting(id));
  const bool any = std::any_of(meeting.slots().begin(), meeting.slots().end(), [](const auto& slot) {
    return slot.state() == v1::Slot::STATE_PLANNED;
  });
  if (!any) return workflow.CancelMeeting(id, kSystemActor, nullptr, "NO_ITEMS");
  return SendPacket(workflow, id);
}

absl::StatusOr<v1::Slot> SlotFor(const Workflow& workflow, const v1::Meeting& meeting,
                                 const v1::Spec& spec) {
  GAVEL_ASSIGN_OR_RETURN(const PlanInput input, InputFor(workflow, meeting));
  const auto found = std::find_if(input.queue.begin(), input.queue.end(),
                                  [&](const QueueItem& item) { return item.key == spec.key(); });
  const ErrorMetadata metadata = {{"spec", spec.key()}, {"meeting", meeting.id()}};
  if (found == input.queue.end()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "NOT_ELIGIBLE",
                     fmt::format("{} is not queued in {}.", spec.key(), meeting.area()), metadata);
  }
  const Eligibility eligibility =
      CheckEligible(*found, input.meeting, workflow.organisation().CalendarOf(meeting.area()),
                    workflow.now());
  if (!eligibility.eligible()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "NOT_ELIGIBLE",
                     fmt::format("{} cannot be on {}: {}.", spec.key(), meeting.id(),
                                 eligibility.Reason()),
                     metadata);
  }
  AgendaCapacity capacity(input.meeting);
  for (const QueueItem& pinned : input.pinned) capacity.Add(pinned);
  const auto placement = capacity.TryAdd(*found);
  if (!placement.has_value()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "NO_CAPACITY",
                     fmt::format("{} does not fit {}: {}.", spec.key(), meeting.id(),
                                 capacity.WhyNot(*found)),
                     metadata);
  }
  v1::Slot slot;
  int order = 0;
  for (const v1::Slot& other : meeting.slots()) order = std::max(order, other.order());
  slot.set_order(order + 1);
  slot.set_timebox_minutes(placement->minutes);
  slot.set_words(found->words);
  return slot;
}

absl::StatusOr<v1::Meeting> MakeSession(const Workflow& workflow, const std::string& area_id,
                                        absl::Time start, int length_min) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  if (area == nullptr) return AreaNotFound(area_id);
  if (area->series().empty()) {
    return FieldError("area", fmt::format("`{}` is only consulted and holds no meetings", area_id));
  }
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area_id);
  v1::Series series = area->series(0);
  if (length_min != 0) series.set_length_min(length_min);
  GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
  const absl::CivilMinute local = absl::ToCivilMinute(start, calendar.zone());
  const Occurrence occurrence =
      schedule.On(absl::CivilDay(local), static_cast<int>(local.hour() * 60 + local.minute()));
  GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, occurrence.day, area_id));
  v1::Meeting meeting = MakeMeeting(*area, series, occurrence, calendar.zone(), id);
  meeting.clear_series();
  meeting.set_ad_hoc(true);
  return meeting;
}

}  // namespace gavel::app
