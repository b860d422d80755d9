// The queue of an area as the planner sees it. The planner itself is pure
// (engine/domain/planning); this file feeds it from specs, absences and the area's memory.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/domain/organisation.h"
#include "engine/domain/planning/capacity.h"
#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/queue_item.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

// What one area's plans are made from, as of one moment. Everything is read once, so that plans for
// several meetings cost no further look at the store.
class AreaQueue {
 public:
  // `workflow` must outlive it. The area must exist. O(open specs of every area): what waits for a
  // spec may lie elsewhere.
  static absl::StatusOr<AreaQueue> Read(const Workflow& workflow, const std::string& area);

  const std::string& area() const { return area_; }
  const v1::Planning& planning() const { return planning_; }

  // Queued or scheduled specs of the area, oldest first.
  const std::vector<v1::Spec>& specs() const { return specs_; }
  // One of them; null where there is none of that key.
  const v1::Spec* Find(std::string_view key) const;
  // True where a spec is queued.
  bool HasQueued() const;

  // The planned session that is dedicated to the spec; null where there is none.
  const v1::Meeting* SessionFor(const std::string& key) const;

  // One spec of the area; availability is that of the meeting's day, delegates included.
  QueueItem ItemOf(const v1::Spec& spec, const v1::Meeting& meeting) const;

  // What the planner is given for a meeting: the queue without specs that have a session of their
  // own elsewhere, and what stands on this agenda already.
  PlanInput InputFor(const v1::Meeting& meeting) const;

  // What stands on the agenda of a meeting already.
  std::vector<QueueItem> PinnedOn(const v1::Meeting& meeting) const;

  // What the planner makes of it at this moment; nothing is written.
  AgendaPlan PlanFor(const v1::Meeting& meeting) const;

 private:
  explicit AreaQueue(const Workflow& workflow, const std::string& area)
      : workflow_(&workflow), area_(area) {}

  const v1::PlanningMemory& Memory(const std::string& key) const;
  void ReadStanding(const v1::Spec& spec, QueueItem& item) const;

  const Workflow* workflow_;
  std::string area_;
  v1::Planning planning_;
  std::map<std::string, int> memories_;  // Index into `planning_` by key.
  std::vector<v1::Spec> specs_;
  Absences absences_;
  std::map<std::string, int> dependents_;
  std::map<std::string, std::string> clusters_;
  std::set<std::string> carried_;      // By a meeting that nobody could run.
  std::vector<v1::Meeting> sessions_;  // Planned, dedicated, by start.
};

// What the meeting offers.
MeetingTerms TermsOfMeeting(const Workflow& workflow, const v1::Meeting& meeting);

// What the planner makes of the queue for a meeting at this moment; nothing is written.
absl::StatusOr<AgendaPlan> PreviewPlan(const Workflow& workflow, const v1::Meeting& meeting);

// The slot for a spec at the end of a meeting's order.
v1::Slot MakeSlot(const v1::Meeting& meeting, const QueueItem& item, const Placement& placement);

// FAILED_PRECONDITION `NOT_ELIGIBLE` for a spec that is not queued in the meeting's area.
absl::Status CheckQueuedFor(const v1::Spec& spec, const v1::Meeting& meeting);

// The slot that a queued spec would get in the meeting, beside what stands on its agenda.
//
// Errors: FAILED_PRECONDITION `NO_CAPACITY` or `NOT_ELIGIBLE`, with the reason in words.
absl::StatusOr<v1::Slot> SlotFor(const Workflow& workflow, const v1::Meeting& meeting,
                                 const v1::Spec& spec);

}  // namespace gavel::app
