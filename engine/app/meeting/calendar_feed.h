// Which meetings are in a calendar feed, and what their entries say. How they are written down is
// engine/feed.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/feed/calendar_object.h"

namespace gavel::app {

// The meetings of an area: those of the last four weeks and the next eight, cancelled ones for 60
// days.
//
// Errors: NOT_FOUND `AREA_NOT_FOUND`.
absl::StatusOr<feed::CalendarObject> AreaFeed(const Workflow& workflow, const std::string& area);

// The meetings in which `person` has a part (runs, answers for, takes notes of, presents in or
// reads for), in every area and over the same time, with the cut-off and the packet of each as
// deadlines.
absl::StatusOr<feed::CalendarObject> PersonalFeed(const Workflow& workflow,
                                                  const std::string& person);

}  // namespace gavel::app
