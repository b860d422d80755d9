// The documents of meetings: what they are written from, read in one transaction.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/documents/meeting_papers.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// What agenda and minutes of `meeting` are written from. The meeting may differ from the stored
// one: a preview has slots that nobody assigned. Lives as long as the workflow's policy.
absl::StatusOr<documents::MeetingPapers> PapersOf(const Workflow& workflow, v1::Meeting meeting);

// Fills in the agenda and who has to read what. `packet` has its revisions; `meeting` has them in
// its slots.
absl::Status WritePacket(const Workflow& workflow, const v1::Meeting& meeting,
                         v1::PacketSent& packet);

// The minutes as published now.
absl::StatusOr<std::string> MinutesText(const Workflow& workflow, const v1::Meeting& meeting);

}  // namespace gavel::app
