#include "engine/app/meeting/session_proposal.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/app/command/event_row.h"
#include "engine/base/contains.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

constexpr int kMostProposals = 100;  // Of one meeting.

// What was proposed at the cut-off of one meeting.
absl::StatusOr<std::set<std::string>> ProposedAt(const Workflow& workflow,
                                                 const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const auto rows,
                         workflow.transaction().view().EventsOf(
                             meeting.name(), "ExtraSessionProposed", 0, kMostProposals));
  std::set<std::string> specs;
  for (const store::EventRow& row : rows) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Event event, EventFromRow(row));
    const auto& proposed = event.extra_session_proposed().specs();
    specs.insert(proposed.begin(), proposed.end());
  }
  return specs;
}

// Takes out of `specs` what was proposed since each was queued or on an agenda last, and what has
// its session already.
absl::Status LeaveOutKnown(const Workflow& workflow, const std::string& area,
                           std::set<std::string>& specs) {
  absl::Time oldest = workflow.now();
  for (const std::string& key : specs) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(key));
    oldest = std::min(oldest, FromProto(spec.queue().since()));
  }
  GAVEL_ASSIGN_OR_RETURN(const auto meetings,
                         workflow.transaction().Meetings(area, oldest, absl::InfiniteFuture()));
  std::set<std::string> known;
  for (const v1::Meeting& meeting : meetings) {
    std::erase_if(known, [&](const std::string& key) { return HadSlot(meeting, key); });
    if (!meeting.planned()) {
      const bool ahead = meeting.state() == v1::Meeting::STATE_PLANNED;
      if (ahead) known.insert(meeting.dedicated_to().begin(), meeting.dedicated_to().end());
      continue;
    }
    GAVEL_ASSIGN_OR_RETURN(std::set<std::string> proposed, ProposedAt(workflow, meeting));
    known.merge(proposed);
  }
  std::erase_if(specs, [&](const std::string& key) { return known.count(key) > 0; });
  return absl::OkStatus();
}

}  // namespace

absl::Status ProposeSession(Workflow& workflow, const v1::Meeting& meeting,
                            const AgendaPlan& plan) {
  std::set<std::string> specs(plan.extra_session.begin(), plan.extra_session.end());
  specs.insert(plan.own_session.begin(), plan.own_session.end());
  if (specs.empty()) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(LeaveOutKnown(workflow, meeting.area(), specs));
  if (specs.empty()) return absl::OkStatus();
  MeetingCommand command{.kind = MeetingCommandKind::kProposeSession,
                         .actor = std::string(kSystemActor)};
  v1::ExtraSessionProposed& proposed = *command.payload.mutable_extra_session_proposed();
  proposed.mutable_specs()->Add(specs.begin(), specs.end());
  proposed.set_sponsor(workflow.organisation().FindArea(meeting.area())->sponsor());
  return workflow.RunMeeting(meeting.id(), command);
}

}  // namespace gavel::app
