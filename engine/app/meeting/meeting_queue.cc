#include "engine/app/meeting/meeting_queue.h"

#include <algorithm>
#include <utility>

#include "engine/app/meeting/meeting_queue_facts.h"
#include "engine/app/meeting/meeting_record.h"
#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/cluster.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// Meetings that were called off are carried over from no longer ago than this.
constexpr absl::Duration kLookBack = absl::Hours(24 * 7 * 8);

// Specs that wait for others, or that others wait for.
const std::vector<v1::Spec::State>& OpenStates() {
  static const auto& states = *new std::vector<v1::Spec::State>{
      v1::Spec::STATE_ASYNC_REVIEW, v1::Spec::STATE_CHANGES_REQUESTED, v1::Spec::STATE_QUEUED,
      v1::Spec::STATE_SCHEDULED, v1::Spec::STATE_IN_MEETING};
  return states;
}

bool IsWaiting(const v1::Spec& spec) {
  return spec.state() == v1::Spec::STATE_QUEUED || spec.state() == v1::Spec::STATE_SCHEDULED;
}

// Everybody whose presence decides whether a spec may come.
std::vector<std::string> PeopleOf(const std::vector<v1::Spec>& specs) {
  std::set<std::string> people;
  for (const v1::Spec& spec : specs) {
    people.insert(spec.presenter());
    for (const v1::Assignment& assignment : spec.assignments()) people.insert(assignment.person());
  }
  return {people.begin(), people.end()};
}

RelatedSpec RelatedOf(const v1::Spec& spec) {
  RelatedSpec related{.key = spec.key(), .systems = {}, .amends = {}, .cluster = spec.cluster()};
  if (!spec.system().empty()) related.systems = {spec.system()};
  related.amends = {spec.amends().begin(), spec.amends().end()};
  return related;
}

std::map<std::string, std::string> ClustersAmong(const std::vector<v1::Spec>& specs) {
  std::vector<RelatedSpec> related;
  for (const v1::Spec& spec : specs) related.push_back(RelatedOf(spec));
  return ClustersOf(related);
}

int Available(const Absences& absences, const v1::Spec& spec, absl::CivilDay day) {
  return static_cast<int>(std::count_if(
      spec.assignments().begin(), spec.assignments().end(),
      [&](const auto& each) { return !StandIn(absences, each.person(), day).empty(); }));
}

absl::Time LatestMajorTime(const v1::Spec& spec) {
  const int number = LatestMajorRevision(spec);
  return FromProto(spec.revisions(number - 1).create_time());
}

// One open decision, with a recommendation, and nobody left to convince.
bool IsConsentReady(const v1::Spec& spec) {
  return spec.open_decisions_size() == 1 && !spec.open_decisions(0).recommendation().empty() &&
         std::all_of(spec.gates().begin(), spec.gates().end(),
                     [](const auto& gate) { return gate.satisfied(); });
}

int TeamItems(const v1::Planning& planning, const std::string& team) {
  int items = 0;
  for (const v1::HeldAgenda& held : planning.held()) {
    items += static_cast<int>(std::count(held.teams().begin(), held.teams().end(), team));
  }
  return items;
}

absl::Status NotPossible(const std::string& reason, const v1::Spec& spec,
                         const v1::Meeting& meeting, std::string text) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, std::move(text),
                   {{"spec", spec.key()}, {"meeting", meeting.id()}});
}

}  // namespace

absl::StatusOr<AreaQueue> AreaQueue::Read(const Workflow& workflow, const std::string& area) {
  const Transaction& transaction = workflow.transaction();
  AreaQueue queue(workflow, area);
  GAVEL_ASSIGN_OR_RETURN(queue.planning_, transaction.Planning(area));
  for (int i = 0; i < queue.planning_.memories_size(); ++i) {
    queue.memories_[queue.planning_.memories(i).spec()] = i;
  }
  GAVEL_ASSIGN_OR_RETURN(std::vector<v1::Spec> open, transaction.Specs("", OpenStates()));
  queue.dependents_ = DependentsOf(open);
  std::erase_if(open,
                [&](const v1::Spec& spec) { return spec.area() != area || !IsWaiting(spec); });
  queue.specs_ = std::move(open);
  GAVEL_ASSIGN_OR_RETURN(queue.absences_, workflow.AbsencesOf(PeopleOf(queue.specs_)));
  queue.clusters_ = ClustersAmong(queue.specs_);
  GAVEL_ASSIGN_OR_RETURN(
      std::vector<v1::Meeting> meetings,
      transaction.Meetings(area, workflow.now() - kLookBack, absl::InfiniteFuture()));
  queue.carried_ = CarriedByQuorum(meetings);
  std::erase_if(meetings, [](const v1::Meeting& meeting) {
    return meeting.dedicated_to().empty() || meeting.state() != v1::Meeting::STATE_PLANNED;
  });
  queue.sessions_ = std::move(meetings);
  return queue;
}

const v1::Spec* AreaQueue::Find(std::string_view key) const {
  const auto found = std::find_if(specs_.begin(), specs_.end(),
                                  [&](const v1::Spec& spec) { return spec.key() == key; });
  return found == specs_.end() ? nullptr : &*found;
}

bool AreaQueue::HasQueued() const {
  return std::any_of(specs_.begin(), specs_.end(),
                     [](const v1::Spec& spec) { return spec.state() == v1::Spec::STATE_QUEUED; });
}

const v1::Meeting* AreaQueue::SessionFor(const std::string& key) const {
  for (const v1::Meeting& session : sessions_) {
    if (Contains(session.dedicated_to(), key)) return &session;
  }
  return nullptr;
}

const v1::PlanningMemory& AreaQueue::Memory(const std::string& key) const {
  const auto found = memories_.find(key);
  return found == memories_.end() ? v1::PlanningMemory::default_instance()
                                  : planning_.memories(found->second);
}

// What the spec's history says about its turn.
void AreaQueue::ReadStanding(const v1::Spec& spec, QueueItem& item) const {
  const v1::PlanningMemory& memory = Memory(spec.key());
  const auto dependents = dependents_.find(spec.key());
  item.queued_since = FromProto(spec.queue().since());
  item.stopped_quick = memory.stopped_quick();
  item.own_session_only = NeedsOwnSession(spec, memory);
  item.passed_over = memory.passed_over();
  item.times_on_agenda = memory.times_on_agenda();
  item.carried_over = memory.carried_over() || carried_.count(spec.key()) > 0;
  item.dependents = dependents == dependents_.end() ? 0 : dependents->second;
  item.releases_not_authors_fault = spec.queue().releases_organisation();
  item.team_items_last_four =
      TeamItems(planning_, workflow_->organisation().TeamOf(spec.authors(0)));
}

QueueItem AreaQueue::ItemOf(const v1::Spec& spec, const v1::Meeting& meeting) const {
  const absl::CivilDay day = DayOf(*workflow_, meeting);
  const auto cluster = clusters_.find(spec.key());
  QueueItem item;
  item.key = spec.key();
  item.words = CurrentRevision(spec)->words();
  item.open_decisions = spec.open_decisions_size();
  item.open_blocks = static_cast<int>(OpenBlocks(spec).size());
  item.gates_involved = std::max(1, spec.gates_size());
  if (cluster != clusters_.end()) item.cluster = cluster->second;
  item.consent_ready = IsConsentReady(spec);
  item.joint_areas = JointAreasOf(workflow_->organisation(), spec, workflow_->now());
  item.major_revision_time = LatestMajorTime(spec);
  if (spec.has_not_before()) item.not_before = ToCivilDay(spec.not_before());
  item.presenter_available = !StandIn(absences_, spec.presenter(), day).empty();
  item.reviewers_required = spec.assignments_size();
  item.reviewers_available = Available(absences_, spec, day);
  item.urgent = meeting.urgent() == spec.key();
  ReadStanding(spec, item);
  if (const v1::Slot* slot = FindSlot(meeting, spec.key())) {
    item.place = slot->place();
    item.on_consent_list = slot->quick();
  }
  return item;
}

PlanInput AreaQueue::InputFor(const v1::Meeting& meeting) const {
  PlanInput input;
  input.meeting = TermsOfMeeting(*workflow_, meeting);
  input.pinned = PinnedOn(meeting);
  input.reservation = planning_.reservation();
  input.now = workflow_->now();
  for (const v1::Spec& spec : specs_) {
    if (spec.state() != v1::Spec::STATE_QUEUED) continue;
    const v1::Meeting* session = SessionFor(spec.key());
    const bool elsewhere = session != nullptr && session->id() != meeting.id();
    // A session that is not for it does not pass it over either.
    if (elsewhere || IsDedicatedToOthers(input.meeting, spec.key())) continue;
    input.queue.push_back(ItemOf(spec, meeting));
  }
  return input;
}

std::vector<QueueItem> AreaQueue::PinnedOn(const v1::Meeting& meeting) const {
  std::vector<QueueItem> pinned;
  for (const v1::Spec& spec : specs_) {
    const bool scheduled = spec.state() == v1::Spec::STATE_SCHEDULED;
    if (scheduled && spec.meeting() == meeting.id()) pinned.push_back(ItemOf(spec, meeting));
  }
  return pinned;
}

AgendaPlan AreaQueue::PlanFor(const v1::Meeting& meeting) const {
  return PlanMeeting(InputFor(meeting), workflow_->organisation().CalendarOf(area_));
}

MeetingTerms TermsOfMeeting(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area& area = *workflow.organisation().FindArea(meeting.area());
  MeetingTerms terms = TermsOf(SeriesOf(area, meeting.series()), DayOf(workflow, meeting));
  terms.usable_minutes = meeting.usable_minutes();
  terms.max_specs = meeting.max_specs();
  terms.max_words = meeting.max_words();
  terms.dedicated_to = {meeting.dedicated_to().begin(), meeting.dedicated_to().end()};
  return terms;
}

absl::StatusOr<AgendaPlan> PreviewPlan(const Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, meeting.area()));
  return queue.PlanFor(meeting);
}

v1::Slot MakeSlot(const v1::Meeting& meeting, const QueueItem& item, const Placement& placement) {
  v1::Slot slot;
  int order = 0;
  for (const v1::Slot& other : meeting.slots()) order = std::max(order, other.order());
  slot.set_order(order + 1);
  slot.set_timebox_minutes(placement.minutes);
  slot.set_words(item.words);
  slot.set_place(placement.place);
  slot.set_quick(placement.quick);
  slot.set_cluster(placement.cluster);
  for (const std::string& area : item.joint_areas) slot.add_joint_areas(area);
  return slot;
}

absl::Status CheckQueuedFor(const v1::Spec& spec, const v1::Meeting& meeting) {
  const bool queued = spec.state() == v1::Spec::STATE_QUEUED && spec.area() == meeting.area();
  return queued ? absl::OkStatus()
                : NotPossible("NOT_ELIGIBLE", spec, meeting,
                              fmt::format("{} is not queued in {}.", spec.key(), meeting.area()));
}

absl::StatusOr<v1::Slot> SlotFor(const Workflow& workflow, const v1::Meeting& meeting,
                                 const v1::Spec& spec) {
  GAVEL_RETURN_IF_ERROR(CheckQueuedFor(spec, meeting));
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, meeting.area()));
  const PlanInput input = queue.InputFor(meeting);
  const QueueItem item = queue.ItemOf(spec, meeting);
  const Eligibility eligibility = CheckEligible(
      item, input.meeting, workflow.organisation().CalendarOf(meeting.area()), workflow.now());
  if (!eligibility.eligible()) {
    return NotPossible(
        "NOT_ELIGIBLE", spec, meeting,
        fmt::format("{} cannot be on {}: {}.", spec.key(), meeting.id(), eligibility.Reason()));
  }
  AgendaCapacity capacity(input.meeting);
  for (const QueueItem& pinned : input.pinned) capacity.Add(pinned);
  const auto placement = capacity.TryAdd(item);
  if (!placement.has_value()) {
    return NotPossible(
        "NO_CAPACITY", spec, meeting,
        fmt::format("{} does not fit {}: {}.", spec.key(), meeting.id(), capacity.WhyNot(item)));
  }
  return MakeSlot(meeting, item, *placement);
}

}  // namespace gavel::app
