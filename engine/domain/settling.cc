#include "engine/domain/settling.h"

#include <algorithm>

#include "engine/domain/concern.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel {
namespace {

// Raisers get this long to react to an answer before the room takes over (settling, case B).
constexpr int kAnswerAgeBd = 2;

int FreshNeedsDiscussion(const v1::Spec& spec) {
  int count = 0;
  for (const v1::Position& position : spec.positions()) {
    const bool counts = !position.stale() && position.kind() == v1::Position::KIND_NEEDS_DISCUSSION;
    count += counts ? 1 : 0;
  }
  return count;
}

Settling Queued(v1::Queue::Reason reason, std::string text) {
  return {SettlingCase::kQueued, reason, std::move(text)};
}

// Cases A and B: at least one block is open.
Settling SettleBlocked(const Situation& situation, const std::vector<const v1::Concern*>& blocks) {
  for (const v1::Concern* block : blocks) {
    if (!IsAnswered(*block)) {
      return {SettlingCase::kChangesRequested, v1::Queue::REASON_UNSPECIFIED,
              fmt::format("The blocking concern \"{}\" waits for an answer.", block->title())};
    }
  }
  if (AnswerAgedTime(situation) > situation.now) return {};
  return Queued(v1::Queue::REASON_BLOCK_OPEN,
                fmt::format("The blocking concern \"{}\" is answered and still open.",
                            blocks.front()->title()));
}

std::string MissingApprovals(const v1::Spec& spec) {
  for (const v1::Gate& gate : spec.gates()) {
    if (!gate.satisfied()) {
      return fmt::format("The gate {} has {} of {} approvals.", gate.id(), gate.approvals(),
                         gate.quorum());
    }
  }
  return "No approval comes from outside the authors' team.";
}

}  // namespace

std::vector<std::string> MissingReviewers(const v1::Spec& spec) {
  std::vector<std::string> missing;
  for (const v1::Assignment& assignment : spec.assignments()) {
    if (!assignment.lapsed() && FreshPosition(spec, assignment.person()) == nullptr) {
      missing.push_back(assignment.person());
    }
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

bool IsComplete(const v1::Spec& spec) { return MissingReviewers(spec).empty(); }

v1::ReviewMode EffectiveMode(const v1::Spec& spec) {
  const v1::ReviewMode mode = std::max(spec.verdict().mode(), spec.wants());
  const bool auto_usable = !spec.engaged() && spec.overrides().empty();
  if (mode == v1::REVIEW_MODE_AUTO && !auto_usable) return v1::REVIEW_MODE_ASYNC;
  return mode;
}

absl::Time AnswerAgedTime(const Situation& situation) {
  absl::Time oldest = absl::InfiniteFuture();
  for (const v1::Concern* block : OpenBlocks(situation.spec)) {
    if (IsAnswered(*block)) oldest = std::min(oldest, FromProto(block->answer_time()));
  }
  if (oldest == absl::InfiniteFuture()) return oldest;
  return situation.calendar().AddBusinessDays(oldest, kAnswerAgeBd);
}

Settling Settle(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  const bool complete = IsComplete(spec);
  const bool may_decide = complete || situation.settings().decide_on_quorum();
  const auto blocks = OpenBlocks(spec);
  const int discuss = FreshNeedsDiscussion(spec);
  const bool needs_meeting = EffectiveMode(spec) == v1::REVIEW_MODE_SYNC;
  const bool satisfied = GatesSatisfied(situation);

  if (may_decide && blocks.empty() && !needs_meeting && discuss < 2 && satisfied) {
    return {SettlingCase::kApproved, v1::Queue::REASON_UNSPECIFIED,
            "Every gate is satisfied and no blocking concern is open."};
  }
  if (!complete) return {};
  if (!blocks.empty()) return SettleBlocked(situation, blocks);
  if (needs_meeting) {
    return Queued(v1::Queue::REASON_VERDICT,
                  "The review is complete and the rules ask for a meeting.");
  }
  if (discuss >= 2) {
    return Queued(v1::Queue::REASON_NEEDS_DISCUSSION,
                  fmt::format("{} reviewers want to discuss it.", discuss));
  }
  return Queued(v1::Queue::REASON_NO_QUORUM, MissingApprovals(spec));
}

}  // namespace gavel
