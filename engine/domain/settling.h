// "Settling": whether a review is over, and where it leads. Runs after every event on a spec under
// review and when one of its timers fires. Exactly one case holds.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/situation.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

enum class SettlingCase {
  kWait,              // Somebody's turn still.
  kChangesRequested,  // A: an open block has no answer.
  kQueued,            // B or C: the room is needed.
  kApproved,          // D: reviewers agreed.
};

struct Settling {
  SettlingCase which = SettlingCase::kWait;
  v1::Queue::Reason reason = v1::Queue::REASON_UNSPECIFIED;  // For kQueued.
  std::string text;                                          // Why, as a sentence.
};

Settling Settle(const Situation& situation);

// Every required reviewer has a fresh position or has lapsed.
bool IsComplete(const v1::Spec& spec);

// Required reviewers without a fresh position who have not lapsed. Sorted.
std::vector<std::string> MissingReviewers(const v1::Spec& spec);

// The stricter of the rules' verdict and the author's wish; an `auto` that may not be used counts
// as `async`.
v1::ReviewMode EffectiveMode(const v1::Spec& spec);

// When the oldest answer to an open block is two business days old; the infinite future when no
// answered block is open.
absl::Time AnswerAgedTime(const Situation& situation);

}  // namespace gavel
