// Whether a queued spec may be on a meeting, and if not, whose turn it is to change that.
// Checked at the cut-off by the planner and alone at the freeze.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/capacity.h"
#include "engine/domain/planning/queue_item.h"

namespace gavel {

enum class Fault {
  kAuthor,        // Three cut-offs running send the spec back to its author.
  kOrganisation,  // Counted in the spec's favour when it is released for it.
};

enum class ObstacleKind {
  kPresenterAway,
  kRevisionTooYoung,
  kNotBefore,
  kReviewersAway,     // Fewer than half of the required reviewers or their delegates.
  kOwnSessionNeeded,  // Too long for any weekly agenda, or continued once already.
  kOtherSession,      // The meeting is dedicated to other specs; then the only obstacle.
};

struct Obstacle {
  ObstacleKind kind;
  Fault fault;
  std::string reason;  // A clause: "revision is 1 day old".
  std::string remedy;  // "4,200 words need 5 business days before the meeting".
};

// Eligible exactly when there is no obstacle. The author's obstacles come first.
struct Eligibility {
  std::vector<Obstacle> obstacles;

  bool eligible() const { return obstacles.empty(); }

  // The author's as soon as one obstacle is. Only for an ineligible spec.
  Fault fault() const;

  bool Has(ObstacleKind kind) const;

  // The reasons in one line, "presenter is away; revision is 1 day old"; empty when eligible.
  std::string Reason() const;
};

// Business days that the current major revision must be older than the meeting's day: 2 up to 1,500
// words, 3 up to 4,000, else 5.
int RevisionAgeRequired(int words);

// `now` only dates the words of the reasons. Whether the spec is still queued or scheduled is the
// lifecycle's to know. At most five obstacles.
Eligibility CheckEligible(const QueueItem& item, const MeetingTerms& meeting,
                          const BusinessCalendar& calendar, absl::Time now);

}  // namespace gavel
