#include "engine/domain/turn.h"

#include <algorithm>
#include <set>

#include "engine/domain/concern.h"
#include "engine/domain/deadlines.h"
#include "engine/domain/decision.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/settling.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel {
namespace {

template <typename Range>
v1::Turn MakeTurn(const Range& people, std::string action,
                  absl::Time due = absl::InfiniteFuture()) {
  const std::set<std::string> unique(people.begin(), people.end());
  v1::Turn turn;
  turn.mutable_people()->Add(unique.begin(), unique.end());
  turn.set_action(std::move(action));
  if (due != absl::InfiniteFuture()) *turn.mutable_due_time() = ToProto(due);
  return turn;
}

std::string When(const Situation& situation, const google::protobuf::Timestamp& time) {
  return TimeText(FromProto(time), situation.calendar().zone());
}

v1::Turn ReviewTurn(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  const std::vector<std::string> missing = MissingReviewers(spec);
  if (!missing.empty()) {
    const absl::Time first = FromProto(spec.review().due_time());
    return MakeTurn(missing,
                    fmt::format("take a position on revision {}", CurrentRevision(spec)->number()),
                    situation.now <= first ? first : FromProto(spec.review().window_end()));
  }
  std::vector<std::string> owners;
  for (const v1::Concern* block : OpenBlocks(spec)) owners.push_back(OwnerNow(situation, *block));
  return MakeTurn(owners, "resolve the answered concern, or say what is still missing",
                  AnswerAgedTime(situation));
}

v1::Turn AuthorTurn(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  int waiting = 0;
  for (const v1::Concern* block : OpenBlocks(spec)) waiting += IsAnswered(*block) ? 0 : 1;
  std::string action = "add a revision or answers, and submit again";
  if (waiting > 0) {
    action = fmt::format("answer {} blocking concern{} or add a revision, and submit again",
                         waiting, waiting == 1 ? "" : "s");
  } else if (spec.verdict().author_gate()) {
    action = "mend the findings in a new revision, and submit again";
  }
  return MakeTurn(spec.authors(), action,
                  FromProto(spec.changes_requested_time()) +
                      absl::Hours(24 * situation.settings().withdraw_days()));
}

v1::Turn ConditionTurn(const v1::Spec& spec, const BusinessCalendar& calendar) {
  std::vector<std::string> owners;
  absl::Time due = absl::InfiniteFuture();
  if (const v1::Decision* decision = InForce(spec)) {
    for (const v1::Condition& condition : decision->conditions()) {
      if (condition.has_met_time()) continue;
      owners.push_back(condition.owner());
      due = std::min(due, calendar.Closing(ToCivilDay(condition.due())));
    }
  }
  return MakeTurn(owners, owners.empty() ? "" : "meet the open conditions", due);
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
                     AuthorityName(decision->authority()), decision->revision(),
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

}  // namespace

v1::Turn TurnOf(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  switch (spec.state()) {
    case v1::Spec::STATE_DRAFT:
      return MakeTurn(spec.authors(), "submit it when it is ready");
    case v1::Spec::STATE_ASYNC_REVIEW:
      return ReviewTurn(situation);
    case v1::Spec::STATE_CHANGES_REQUESTED:
      return AuthorTurn(situation);
    case v1::Spec::STATE_QUEUED:
      return MakeTurn(situation.area().facilitators(), "see that it gets a slot");
    case v1::Spec::STATE_SCHEDULED:
      return MakeTurn(std::vector<std::string>{spec.presenter()}, "prepare to present it",
                      situation.meeting == nullptr ? absl::InfiniteFuture()
                                                   : FromProto(situation.meeting->start_time()));
    case v1::Spec::STATE_IN_MEETING:
      return MakeTurn(situation.area().facilitators(), "record the outcome");
    case v1::Spec::STATE_APPROVED:
      return ConditionTurn(spec, situation.calendar());
    case v1::Spec::STATE_DEFERRED:
      return MakeTurn(std::vector<std::string>{spec.deferral().person()},
                      fmt::format("wait for: {}", spec.deferral().waits_for()),
                      situation.calendar().Opening(ToCivilDay(spec.deferral().wake_date())));
    default:
      return MakeTurn(std::vector<std::string>{}, "");
  }
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
      return fmt::format("Queued for the meeting ({}): {}", ReasonName(spec.queue().reason()),
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
  const v1::Spec& spec = situation.spec;
  if (kind == timer::kReviewEscalate) {
    std::vector<std::string> people = MissingReviewers(spec);
    const absl::CivilDay today = situation.calendar().DayOf(situation.now);
    for (const std::string& person : MissingReviewers(spec)) {
      people.push_back(StandIn(situation.absences, person, today));
    }
    for (const v1::Gate& gate : spec.gates()) {
      if (!gate.satisfied()) people.push_back(gate.owner());
    }
    std::erase(people, "");
    return MakeTurn(people, "a position is one business day late");
  }
  if (kind == timer::kReviewWindow) {
    return MakeTurn(situation.area().facilitators(), "the review window closed");
  }
  return TurnOf(situation);
}

}  // namespace gavel
