#include "engine/simulation/room.h"

#include <algorithm>

#include "engine/app/meeting/meeting_api.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/simulation/policy.h"
#include "fmt/format.h"

namespace gavel::simulation {
namespace {

using app::MeetingApi;

v1::Outcome::Kind OutcomeOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAccepted:
      return v1::Outcome::KIND_APPROVE;
    case Verdict::kAcceptedWithChanges:
    case Verdict::kAcceptedProvisionally:
      return v1::Outcome::KIND_APPROVE_WITH_CONDITIONS;
    case Verdict::kRejected:
      return v1::Outcome::KIND_REJECT;
    case Verdict::kDeferred:
      return v1::Outcome::KIND_DEFER;
    case Verdict::kReturnedForRevision:
    case Verdict::kNone:
      break;
  }
  return v1::Outcome::KIND_REVISE;
}

std::string RationaleOf(Verdict verdict) {
  return verdict == Verdict::kNone ? "The history goes on without a decision."
                                   : "As the history decided.";
}

v1::Condition ConditionOf(const v1::Deferral& until) {
  v1::Condition condition;
  condition.set_text("the changes that were agreed");
  condition.set_owner(kAuthor);
  *condition.mutable_due() = until.wake_date();
  return condition;
}

std::vector<v1::Slot> PlannedSlots(const v1::Meeting& meeting) {
  std::vector<v1::Slot> slots;
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_PLANNED) slots.push_back(slot);
  }
  std::stable_sort(slots.begin(), slots.end(),
                   [](const auto& a, const auto& b) { return a.order() < b.order(); });
  return slots;
}

}  // namespace

absl::StatusOr<std::vector<RoomItem>> Room::Hold(const std::string& id, const VerdictOf& verdict_of,
                                                 const Wait& wait) {
  std::vector<RoomItem> items;
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, service_.GetMeeting(id));
  if (meeting.state() != v1::Meeting::STATE_FROZEN) return items;
  v1::OpenMeetingRequest open;
  open.set_meeting(id);
  v1::OpenMeetingResponse opened;
  GAVEL_RETURN_IF_ERROR(service_.Call(&MeetingApi::OpenMeeting, kFacilitator, open, opened));
  for (const v1::Slot& slot : PlannedSlots(meeting)) {
    GAVEL_ASSIGN_OR_RETURN(RoomItem item, Discuss(id, slot.spec(), verdict_of(slot.spec())));
    item.timebox_minutes = slot.timebox_minutes();
    GAVEL_RETURN_IF_ERROR(wait(item.opened + absl::Minutes(item.timebox_minutes)));
    items.push_back(std::move(item));
  }
  v1::CloseMeetingRequest close;
  close.set_meeting(id);
  v1::CloseMeetingResponse closed;
  GAVEL_RETURN_IF_ERROR(service_.Call(&MeetingApi::CloseMeeting, kFacilitator, close, closed));
  return items;
}

absl::StatusOr<RoomItem> Room::Discuss(const std::string& id, const std::string& key,
                                       Verdict verdict) {
  const absl::Time now = service_.now();
  v1::OpenItemRequest open;
  open.set_meeting(id);
  open.set_spec(key);
  v1::OpenItemResponse opened;
  GAVEL_RETURN_IF_ERROR(service_.Call(&MeetingApi::OpenItem, kFacilitator, open, opened));

  v1::RecordOutcomeRequest outcome;
  outcome.set_meeting(id);
  outcome.set_spec(key);
  outcome.set_kind(OutcomeOf(verdict));
  outcome.set_rationale(RationaleOf(verdict));
  const bool conditional = outcome.kind() == v1::Outcome::KIND_APPROVE_WITH_CONDITIONS;
  if (conditional || outcome.kind() == v1::Outcome::KIND_APPROVE) {
    // The reviewers asked for the discussion; having had it, they agree.
    GAVEL_RETURN_IF_ERROR(people_.TakePositions(key, v1::Position::KIND_APPROVE));
  }
  if (conditional) *outcome.add_conditions() = ConditionOf(people_.DeferralOf());
  if (outcome.kind() == v1::Outcome::KIND_DEFER) {
    *outcome.mutable_deferral() = people_.DeferralOf();
  }
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  outcome.set_etag(spec.etag());
  v1::RecordOutcomeResponse recorded;
  GAVEL_RETURN_IF_ERROR(service_.Call(&MeetingApi::RecordOutcome, kFacilitator, outcome, recorded));
  if (conditional) GAVEL_RETURN_IF_ERROR(people_.MeetConditions(key));
  return RoomItem{.key = key, .opened = now, .outcome = OutcomeText(outcome.kind())};
}

}  // namespace gavel::simulation
