#include "engine/domain/deadlines.h"

#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/settling.h"
#include "fmt/format.h"

namespace gavel {
namespace {

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool WasSent(const v1::Spec& spec, std::string_view kind, absl::Time due) {
  for (const v1::Reminder& reminder : spec.reminders()) {
    if (reminder.kind() == kind && FromProto(reminder.due_time()) == due) return true;
  }
  return false;
}

class Collector {
 public:
  explicit Collector(const Situation& situation) : situation_(situation) {}

  void Add(std::string_view kind, absl::Time due) { deadlines_[std::string(kind)] = due; }

  // A reminder, unless it went out.
  void Remind(std::string_view kind, absl::Time due) {
    if (!WasSent(situation_.spec, kind, due)) Add(kind, due);
  }

  Deadlines Take() { return std::move(deadlines_); }

 private:
  const Situation& situation_;
  Deadlines deadlines_;
};

void CollectReview(const Situation& situation, Collector& collector) {
  const v1::Spec& spec = situation.spec;
  const v1::Review& review = spec.review();
  if (!review.window_closed()) collector.Add(timer::kReviewWindow, FromProto(review.window_end()));
  if (!IsComplete(spec)) {
    collector.Remind(timer::kReviewHalf, FromProto(review.half_time()));
    collector.Remind(timer::kReviewDue, FromProto(review.due_time()));
    collector.Remind(timer::kReviewEscalate, FromProto(review.escalate_time()));
    return;
  }
  // Only a complete review waits for nothing but the age of its answers.
  const absl::Time aged = AnswerAgedTime(situation);
  if (aged != absl::InfiniteFuture()) collector.Add(timer::kAnswerAged, aged);
}

void CollectChangesRequested(const Situation& situation, Collector& collector) {
  const absl::Time since = FromProto(situation.spec.changes_requested_time());
  for (const int days : situation.settings().remind_author_days()) {
    collector.Remind(fmt::format("{}.{}", timer::kAuthorRemind, days),
                     since + absl::Hours(24 * days));
  }
  collector.Add(timer::kAuthorWithdraw,
                since + absl::Hours(24 * situation.settings().withdraw_days()));
}

void CollectDecision(const Situation& situation, Collector& collector) {
  const v1::Decision* decision = InForce(situation.spec);
  if (decision == nullptr) return;
  if (!decision->final()) collector.Add(timer::kFinal, FromProto(decision->final_time()));
  for (const v1::Condition& condition : decision->conditions()) {
    if (condition.has_met_time()) continue;
    collector.Remind(fmt::format("{}.{}", timer::kConditionDue, condition.id()),
                     situation.calendar().Opening(ToCivilDay(condition.due())));
  }
}

}  // namespace

Deadlines DeadlinesOf(const Situation& situation) {
  Collector collector(situation);
  switch (situation.spec.state()) {
    case v1::Spec::STATE_ASYNC_REVIEW:
      CollectReview(situation, collector);
      break;
    case v1::Spec::STATE_CHANGES_REQUESTED:
      CollectChangesRequested(situation, collector);
      break;
    case v1::Spec::STATE_DEFERRED:
      // Woken, or its person was told that nobody can review it.
      collector.Remind(timer::kWake, situation.calendar().Opening(
                                         ToCivilDay(situation.spec.deferral().wake_date())));
      break;
    case v1::Spec::STATE_APPROVED:
    case v1::Spec::STATE_AUTO_APPROVED:
    case v1::Spec::STATE_REJECTED:
      CollectDecision(situation, collector);
      break;
    default:
      break;
  }
  return collector.Take();
}

CommandKind CommandOfTimer(std::string_view kind) {
  if (kind == timer::kReviewWindow) return CommandKind::kCloseWindow;
  if (kind == timer::kAnswerAged) return CommandKind::kAgeAnswer;
  if (kind == timer::kAuthorWithdraw) return CommandKind::kWithdrawStale;
  if (kind == timer::kWake) return CommandKind::kWake;
  if (StartsWith(kind, timer::kFinal)) return CommandKind::kMakeFinal;
  return CommandKind::kRemind;
}

}  // namespace gavel
