#include "engine/app/meeting/stand_by.h"

#include "engine/app/meeting/meeting_queue.h"
#include "engine/base/status_macros.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"

namespace gavel::app {

absl::StatusOr<bool> MoveUpStandBy(Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const auto spec, workflow.transaction().FindSpec(meeting.stand_by()));
  if (!spec.has_value() || spec->state() != v1::Spec::STATE_QUEUED) return false;
  const bool frozen = meeting.state() != v1::Meeting::STATE_PLANNED;
  if (frozen && LatestMajorRevision(*spec) > meeting.stand_by_revision()) return false;
  absl::StatusOr<v1::Slot> slot = SlotFor(workflow, meeting, *spec);
  if (absl::IsFailedPrecondition(slot.status())) return false;
  GAVEL_RETURN_IF_ERROR(slot.status());
  slot->set_picked_as("stand-by");
  if (frozen) {
    slot->set_revision(meeting.stand_by_revision());
    slot->set_words(spec->revisions(meeting.stand_by_revision() - 1).words());
  }
  Command command{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
  command.slot = &*slot;
  GAVEL_RETURN_IF_ERROR(workflow.RunSpec(spec->key(), command, meeting.id()));
  return true;
}

}  // namespace gavel::app
