#include "engine/domain/turn.h"

#include <algorithm>
#include <set>

#include "engine/domain/attention.h"
#include "engine/domain/deadlines.h"
#include "engine/domain/decision.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/review_clock.h"
#include "engine/domain/settling.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel {
namespace {

std::string When(const Situation& situation, const google::protobuf::Timestamp& time) {
  return ZonedTimeText(FromProto(time), situation.calendar().zone(), situation.now);
}

std::string DecisionText(const Situation& situation) {
  const v1::Decision* decision = InForce(situation.spec);
  if (decision == nullptr) return "";
  if (decision->authority() == v1::Decision::AUTHORITY_RULE) {
    const std::string window = decision->final()
                                   ? "final"
                                   : fmt::format("a reviewer can still pull it in until {}",
                                                 When(situation, decision->final_time()));
    return fmt::format("Auto-approved by {}; {}.", decision->rule(), window);
  }
  return fmt::format("{} by {} on revision {}{}.",
                     decision->outcome() == v1::DECISION_OUTCOME_REJECTED ? "Rejected" : "Approved",
                     AuthorityText(decision->authority()), decision->revision(),
                     decision->outcome() == v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS
                         ? fmt::format(", with {} condition{}", decision->conditions_size(),
                                       decision->conditions_size() == 1 ? "" : "s")
                         : "");
}

std::string MeetingText(const Situation& situation) {
  if (situation.meeting == nullptr) return situation.spec.meeting();
  return fmt::format("{} on {}", situation.meeting->id(),
                     When(situation, situation.meeting->start_time()));
}

// Those without a position who are there and whose own time has come.
std::vector<std::string> RemindedOf(const Situation& situation, absl::Time PersonalClock::*step) {
  std::vector<std::string> people = MissingReviewers(situation.spec);
  const absl::CivilDay today = situation.calendar().DayOf(situation.now);
  std::erase_if(people, [&](const std::string& person) {
    return IsAway(situation.absences, person, today) ||
           ClockOf(situation, person).*step > situation.now;
  });
  return people;
}

template <typename Range>
v1::Turn MakeTurn(const Range& people, std::string action) {
  const std::set<std::string> unique(people.begin(), people.end());
  v1::Turn turn;
  turn.mutable_people()->Add(unique.begin(), unique.end());
  turn.set_action(std::move(action));
  return turn;
}

v1::Turn Remind(const Situation& situation, absl::Time PersonalClock::*step) {
  return MakeTurn(RemindedOf(situation, step), TurnOf(situation).action());
}

// The late, those who stand in for the ones away, and the owners of the gates that wait.
v1::Turn Escalate(const Situation& situation) {
  std::vector<std::string> people = RemindedOf(situation, &PersonalClock::escalate);
  const absl::CivilDay today = situation.calendar().DayOf(situation.now);
  for (const std::string& person : MissingReviewers(situation.spec)) {
    if (!IsAway(situation.absences, person, today)) continue;
    people.push_back(StandIn(situation.absences, person, today));
  }
  for (const v1::Gate& gate : situation.spec.gates()) {
    if (!gate.satisfied()) people.push_back(gate.owner());
  }
  std::erase(people, "");
  return MakeTurn(people, "a position is one business day late");
}

}  // namespace

v1::Turn TurnOf(const Situation& situation) {
  v1::Turn turn;
  const v1::Spec& spec = situation.spec;
  if (spec.attention().empty()) return turn;
  const Task task = TaskOf(spec, spec.attention(0));
  std::set<std::string> people;
  absl::Time due = absl::InfiniteFuture();
  for (const v1::Attention& entry : spec.attention()) {
    if (TaskOf(spec, entry) != task) continue;
    for (const std::string& person : PeopleBehind(situation, entry)) {
      people.insert(person);
      due = std::min(due, DueOf(situation, entry, person));
    }
  }
  turn.mutable_people()->Add(people.begin(), people.end());
  turn.set_action(spec.attention(0).reason());
  if (due != absl::InfiniteFuture()) *turn.mutable_due_time() = ToProto(due);
  return turn;
}

std::string StateText(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  switch (spec.state()) {
    case v1::Spec::STATE_DRAFT:
      return "A draft; nobody has been asked yet.";
    case v1::Spec::STATE_ASYNC_REVIEW:
      return fmt::format("Under async review; the window closes {}.",
                         When(situation, spec.review().window_end()));
    case v1::Spec::STATE_CHANGES_REQUESTED:
      return spec.verdict().author_gate() ? "Returned to its author by the rules."
                                          : "Waits for its author.";
    case v1::Spec::STATE_QUEUED:
      return fmt::format("Queued for the meeting ({}): {}", QueueReasonText(spec.queue().reason()),
                         spec.queue().standing());
    case v1::Spec::STATE_SCHEDULED:
      return fmt::format("Scheduled: {}.", MeetingText(situation));
    case v1::Spec::STATE_IN_MEETING:
      return fmt::format("Being discussed in {}.", spec.meeting());
    case v1::Spec::STATE_AUTO_APPROVED:
    case v1::Spec::STATE_APPROVED:
    case v1::Spec::STATE_REJECTED:
      return DecisionText(situation);
    case v1::Spec::STATE_DEFERRED:
      return fmt::format("Parked until {}: waits for {}.",
                         DayYearText(ToCivilDay(spec.deferral().wake_date())),
                         spec.deferral().waits_for());
    case v1::Spec::STATE_WITHDRAWN:
      return spec.last_reason().empty() ? "Withdrawn."
                                        : fmt::format("Withdrawn: {}.", spec.last_reason());
    case v1::Spec::STATE_SUPERSEDED:
      return fmt::format("Superseded by {}.", spec.superseded_by());
    default:
      return "";
  }
}

std::vector<std::string> GateLines(const v1::Spec& spec) {
  std::vector<std::string> lines;
  for (const v1::Gate& gate : spec.gates()) {
    std::string line = fmt::format("{} {}/{}", gate.id(), gate.approvals(), gate.quorum());
    if (!gate.satisfied()) {
      std::vector<std::string> open;
      for (const std::string& person : gate.people()) {
        const v1::Position* position = FreshPosition(spec, person);
        if (position == nullptr) open.push_back("@" + person);
      }
      line += open.empty() ? ": everybody has answered"
                           : fmt::format(": can still come from {}", fmt::join(open, ", "));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

v1::Turn ReminderOf(const Situation& situation, std::string_view kind) {
  if (kind == timer::kReviewHalf) return Remind(situation, &PersonalClock::half);
  if (kind == timer::kReviewDue) return Remind(situation, &PersonalClock::due);
  if (kind == timer::kReviewEscalate) return Escalate(situation);
  if (kind == timer::kReviewWindow) {
    return MakeTurn(situation.area().facilitators(), "the review window closed");
  }
  return TurnOf(situation);
}

}  // namespace gavel
