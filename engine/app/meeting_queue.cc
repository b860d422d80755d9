#include "engine/app/meeting_queue.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/weight.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// The series whose numbers a meeting keeps to; an ad-hoc session keeps to the area's first one.
const v1::Series& SeriesOf(const v1::Area& area, const std::string& id) {
  for (const v1::Series& series : area.series()) {
    if (series.id() == id) return series;
  }
  return area.series(0);
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

}  // namespace

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
  item.team_items_last_four = TeamItems(planning, workflow.organisation().TeamOf(spec.authors(0)));
  return item;
}

MeetingTerms TermsOfMeeting(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area& area = *workflow.organisation().FindArea(meeting.area());
  MeetingTerms terms =
      TermsOf(SeriesOf(area, meeting.series()),
              workflow.organisation().CalendarOf(area.id()).DayOf(FromProto(meeting.start_time())));
  terms.usable_minutes = meeting.usable_minutes();
  terms.max_specs = meeting.max_specs();
  terms.max_words = meeting.max_words();
  return terms;
}

absl::StatusOr<PlanInput> InputFor(const Workflow& workflow, const v1::Meeting& meeting) {
  Transaction& transaction = workflow.transaction();
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning, transaction.Planning(meeting.area()));
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Spec> specs,
      transaction.Specs(meeting.area(), {v1::Spec::STATE_QUEUED, v1::Spec::STATE_SCHEDULED}));
  PlanInput input{.meeting = TermsOfMeeting(workflow, meeting)};
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

int TimeboxOf(const v1::Spec& spec) {
  QueueItem item;
  item.open_decisions = spec.open_decisions_size();
  item.open_blocks = static_cast<int>(OpenBlocks(spec).size());
  item.gates_involved = std::max(1, spec.gates_size());
  return TimeboxMinutes(item);
}

absl::StatusOr<AgendaPlan> PreviewPlan(const Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const PlanInput input, InputFor(workflow, meeting));
  return PlanMeeting(input, workflow.organisation().CalendarOf(meeting.area()));
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
  const Eligibility eligibility = CheckEligible(
      *found, input.meeting, workflow.organisation().CalendarOf(meeting.area()), workflow.now());
  if (!eligibility.eligible()) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, "NOT_ELIGIBLE",
        fmt::format("{} cannot be on {}: {}.", spec.key(), meeting.id(), eligibility.Reason()),
        metadata);
  }
  AgendaCapacity capacity(input.meeting);
  for (const QueueItem& pinned : input.pinned) capacity.Add(pinned);
  const auto placement = capacity.TryAdd(*found);
  if (!placement.has_value()) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, "NO_CAPACITY",
        fmt::format("{} does not fit {}: {}.", spec.key(), meeting.id(), capacity.WhyNot(*found)),
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

}  // namespace gavel::app
