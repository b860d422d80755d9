// Whether the review works: the lives of specs and meetings as a HealthReport.
#pragma once

#include <string>

#include "engine/domain/health/health_fold.h"
#include "engine/domain/health/window.h"
#include "engine/domain/organisation.h"
#include "gavel/v1/health.pb.h"

namespace gavel::health {

// What is asked. `queue` is about the specs queued in `span`, `queue_before` about those queued in
// the span of the same length before.
struct HealthQuery {
  std::string area;  // Empty: all.
  Span span;
  QueueReading queue;
  QueueReading queue_before;
};

// All but the alerts, which are stored apart. The five questions and the four anti-patterns always
// in one order. Names no person. O(specs + meetings) for each of some eighty figures.
v1::HealthReport MakeReport(const Lives& lives, const Organisation& organisation,
                            const HealthQuery& query);

}  // namespace gavel::health
