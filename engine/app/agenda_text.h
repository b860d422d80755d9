// Agenda and minutes as documents: the same text in CLI, web, mail and chat.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/app/workflow.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// The agenda of a meeting as it stands, Markdown.
absl::StatusOr<std::string> AgendaText(const Workflow& workflow, const v1::Meeting& meeting);

// The minutes: per item outcome, authority, why, dissent, conditions, notes; attendance; promises.
absl::StatusOr<std::string> MinutesText(const Workflow& workflow, const v1::Meeting& meeting);

}  // namespace gavel::app
