#include "tests/lifecycle/invariants.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/error.h"
#include "engine/domain/apply.h"
#include "engine/domain/attention.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/settling.h"
#include "engine/domain/transition.h"
#include "engine/domain/turn.h"
#include "fmt/format.h"

namespace gavel::lifecycle_test {
namespace {

using State = v1::Spec::State;

std::string Bytes(const google::protobuf::Message& message) { return message.SerializeAsString(); }

bool IsOpen(State state) {
  return StageOf(state) == v1::Spec::STAGE_ASYNC_REVIEW ||
         StageOf(state) == v1::Spec::STAGE_SYNC_REVIEW;
}

int CountForce(const v1::Spec& spec, v1::Decision::Force force) {
  return static_cast<int>(
      std::count_if(spec.decisions().begin(), spec.decisions().end(),
                    [force](const v1::Decision& decision) { return decision.force() == force; }));
}

bool Named(std::string_view events, const std::string& type) {
  return events.find(type) != std::string_view::npos;
}

// The table has a row from here to there, and one that leads there with such an event.
bool IsLegalMove(const v1::Event& event) {
  bool leads = false;
  bool names = false;
  for (const Transition& transition : Transitions()) {
    if ((transition.to & In(event.to_state())) == 0) continue;
    leads |= (transition.from & In(event.from_state())) != 0;
    names |= Named(transition.events, event.type());
  }
  return leads && names;
}

bool IsListed(const Step& step) {
  const RoleSet roles = RolesOf(step.situation, step.command.actor);
  return std::any_of(Transitions().begin(), Transitions().end(), [&](const Transition& transition) {
    return transition.command == step.command.kind && (transition.who & roles) != 0 &&
           (transition.from & In(step.situation.spec.state())) != 0;
  });
}

// Terminal states stay so, but for a reopening and an undo; nothing leaves SUPERSEDED.
void CheckTerminal(const v1::Event& event) {
  const State from = event.from_state();
  if (from == event.to_state()) return;
  EXPECT_NE(from, v1::Spec::STATE_SUPERSEDED) << event.type();
  const bool terminal = from == v1::Spec::STATE_WITHDRAWN || from == v1::Spec::STATE_REJECTED;
  EXPECT_TRUE(!terminal || event.has_reopened() || event.has_outcome_undone()) << event.type();
}

// QUEUED only after a complete review, a request, a contest, a release, an outcome or its undo.
void CheckQueueing(const v1::Event& event, const v1::Spec& before) {
  if (event.to_state() != v1::Spec::STATE_QUEUED || event.from_state() == event.to_state()) return;
  if (event.has_slot_released() || event.has_outcome_recorded() || event.has_item_overran() ||
      event.has_outcome_undone()) {
    return;
  }
  ASSERT_TRUE(event.has_queued()) << event.type();
  const v1::Queue::Reason reason = event.queued().reason();
  const bool asked = reason == v1::Queue::REASON_REQUESTED || reason == v1::Queue::REASON_CONTESTED;
  EXPECT_TRUE(asked || IsComplete(before)) << ReasonName(reason);
}

// Nobody decides on their own spec, and a rule only where nobody has begun to review.
void CheckDecision(const v1::Event& event, const v1::Spec& before) {
  EXPECT_FALSE(event.has_auto_approved() && before.engaged());
  if (event.has_decision_stayed()) {
    EXPECT_EQ(CountForce(before, v1::Decision::FORCE_STAYED), 0) << "stays nest";
    EXPECT_TRUE(before.state() == v1::Spec::STATE_APPROVED ||
                before.state() == v1::Spec::STATE_AUTO_APPROVED);
  }
  if (!event.has_decision_recorded()) return;
  const v1::Decision& decision = event.decision_recorded().decision();
  EXPECT_FALSE(IsAuthor(before, decision.decided_by())) << decision.decided_by();
  EXPECT_EQ(decision.decided_by() == kRulesActor,
            decision.authority() == v1::Decision::AUTHORITY_RULE);
}

// A major change after approval stays the decision or replaces it.
void CheckMajorAfterApproval(const v1::Event& event, const v1::Spec& before,
                             const v1::Spec& after) {
  if (!event.has_revision_added()) return;
  if (event.revision_added().revision().kind() != v1::Revision::KIND_MAJOR) return;
  const v1::Decision* held = InForce(before);
  const bool decided =
      before.state() == v1::Spec::STATE_APPROVED || before.state() == v1::Spec::STATE_AUTO_APPROVED;
  if (!decided || held == nullptr) return;
  EXPECT_NE(FindDecision(after, held->id())->force(), v1::Decision::FORCE_IN_FORCE);
}

void CheckDecisionsOf(const v1::Spec& spec) {
  const int in_force = CountForce(spec, v1::Decision::FORCE_IN_FORCE);
  EXPECT_LE(in_force + CountForce(spec, v1::Decision::FORCE_STAYED), 1);
  const v1::Decision* decision = InForce(spec);
  switch (spec.state()) {
    case v1::Spec::STATE_AUTO_APPROVED:
    case v1::Spec::STATE_APPROVED:
    case v1::Spec::STATE_REJECTED:
      ASSERT_NE(decision, nullptr);
      EXPECT_EQ(StateOfDecision(*decision), spec.state());
      break;
    case v1::Spec::STATE_SUPERSEDED:
      break;
    default:
      // Only a rejection outlives its state: the spec was reopened.
      if (decision == nullptr) break;
      EXPECT_EQ(decision->outcome(), v1::DECISION_OUTCOME_REJECTED);
  }
}

void CheckPeopleOf(const v1::Spec& spec) {
  std::set<std::string> people;
  for (const v1::Position& position : spec.positions()) {
    EXPECT_FALSE(IsAuthor(spec, position.person()));
    EXPECT_TRUE(people.insert(position.person()).second) << "two positions of one person";
    const bool old = position.revision() < LatestMajorRevision(spec);
    EXPECT_TRUE(position.stale() || !old) << "a position on an old revision counts";
  }
  for (const v1::Concern& concern : spec.concerns()) {
    const bool open = concern.status() == v1::Concern::STATUS_OPEN;
    EXPECT_FALSE(open && IsAuthor(spec, concern.owner())) << concern.owner();
  }
  for (const v1::Assignment& assignment : spec.assignments()) {
    EXPECT_FALSE(IsAuthor(spec, assignment.person()));
  }
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// Silence never blocks for ever, and what is closed waits for no review.
void CheckClocks(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  const Deadlines deadlines = DeadlinesOf(situation);
  const auto waits_for = [&](std::string_view kind) {
    return deadlines.count(std::string(kind)) > 0;
  };
  if (spec.state() == v1::Spec::STATE_ASYNC_REVIEW) {
    EXPECT_TRUE(waits_for(timer::kReviewWindow) || waits_for(timer::kAnswerAged)) << "stuck";
  }
  if (spec.state() == v1::Spec::STATE_CHANGES_REQUESTED) {
    EXPECT_TRUE(waits_for(timer::kAuthorWithdraw));
  }
  if (IsOpen(spec.state())) {
    EXPECT_FALSE(TurnOf(situation).people().empty()) << "nobody's turn in " << spec.state();
    return;
  }
  for (const auto& [kind, due] : deadlines) {
    EXPECT_FALSE(StartsWith(kind, "review.") || StartsWith(kind, "author.")) << kind;
  }
}

// The attention set asks people only, each once for a task, since a time that has been; and the
// turn is its first task.
void CheckAttention(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  const v1::Turn turn = TurnOf(situation);
  EXPECT_EQ(turn.people().empty(), spec.attention().empty());
  std::set<std::tuple<std::string, std::string, Task>> seen;
  for (const v1::Attention& entry : spec.attention()) {
    EXPECT_NE(entry.person().empty(), entry.role().empty());
    EXPECT_TRUE(seen.insert({entry.person(), entry.role(), TaskOf(spec, entry)}).second);
    EXPECT_TRUE(entry.has_since_time());
    EXPECT_LE(FromProto(entry.since_time()), situation.now);
    for (const std::string& person : PeopleBehind(situation, entry)) {
      EXPECT_TRUE(situation.organisation.IsPresent(person, situation.now)) << person;
      if (entry.reason() != turn.action()) continue;
      EXPECT_NE(std::find(turn.people().begin(), turn.people().end(), person), turn.people().end());
    }
  }
}

// Pure: asked again, it answers the same. Dear, so only now and then.
void CheckRepeats(const Step& step, const std::vector<v1::Event>& events) {
  const auto again = Apply(step.situation, step.command);
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->size(), events.size());
  for (size_t i = 0; i < events.size(); ++i) EXPECT_EQ(Bytes((*again)[i]), Bytes(events[i]));
}

void CheckSlotOf(const v1::Spec& spec) {
  const bool holds =
      spec.state() == v1::Spec::STATE_SCHEDULED || spec.state() == v1::Spec::STATE_IN_MEETING;
  EXPECT_EQ(!spec.meeting().empty(), holds) << StateName(spec.state());
}

}  // namespace

void Invariants::Accepted(const Step& step, const std::vector<v1::Event>& events,
                          const Entry& entry) {
  const v1::Spec& before = step.situation.spec;
  const v1::Spec& after = entry.spec;
  SCOPED_TRACE(fmt::format("{} by {} on {} in {}", CommandName(step.command.kind),
                           step.command.actor, after.key(), StateName(before.state())));
  ++counts_.accepted;
  counts_.events += static_cast<int>(events.size());
  ++counts_.commands[CommandName(step.command.kind)];
  EXPECT_TRUE(IsListed(step)) << "accepted, and the table lists no such row";

  v1::Spec replay = step.command.kind == CommandKind::kCreateSpec ? v1::Spec() : before;
  for (const v1::Event& event : events) {
    EXPECT_EQ(event.from_state(), replay.state());
    if (event.from_state() != event.to_state()) {
      EXPECT_TRUE(IsLegalMove(event)) << event.type() << " to " << StateName(event.to_state());
      ++counts_.moves[{event.from_state(), event.to_state(), event.type()}];
    }
    CheckTerminal(event);
    CheckQueueing(event, replay);
    CheckDecision(event, replay);
    CheckMajorAfterApproval(event, before, after);
    FoldSpec(event, replay);
    if (event.has_rules_evaluated() && replay.verdict().mode() == v1::REVIEW_MODE_AUTO &&
        !replay.verdict().author_gate()) {
      auto_contents_[after.key()].insert(CurrentRevision(replay)->content_hash());
    }
  }
  EXPECT_EQ(Bytes(replay), Bytes(after));
  CheckAttention(world_.SituationOf(after));
  EXPECT_TRUE(after.engaged() || !before.engaged()) << "engagement ended";
  if (after.state() == v1::Spec::STATE_AUTO_APPROVED) {
    EXPECT_EQ(auto_contents_[after.key()].count(CurrentRevision(after)->content_hash()), 1u);
  }
  if (counts_.accepted % 16 == 0) CheckRepeats(step, events);
  CheckDecisionsOf(after);
  CheckPeopleOf(after);
  CheckSlotOf(after);
  CheckClocks(world_.SituationOf(after));
}

void Invariants::Refused(const Step& step, const absl::Status& status) {
  ++counts_.refused;
  const std::string reason = ErrorReasonOf(status);
  ++counts_.refusals[reason];
  SCOPED_TRACE(fmt::format("{} by {} in {}", CommandName(step.command.kind), step.command.actor,
                           StateName(step.situation.spec.state())));
  static const std::set<std::string> known = {
      "ROLE_MISSING",  "OWN_SPEC",         "STATE_NOT_ALLOWED",    "GUARD_FAILED",
      "FIELD_INVALID", "PERSON_NOT_FOUND", "NO_ELIGIBLE_REVIEWER", "PART_NOT_FOUND"};
  EXPECT_EQ(known.count(reason), 1u) << status.ToString();
  EXPECT_GE(status.message().size(), 20u) << "a refusal is a sentence: " << status.ToString();
  const auto entry = world_.specs().find(step.situation.spec.key());
  if (entry != world_.specs().end()) {
    EXPECT_EQ(Bytes(entry->second.spec), Bytes(step.situation.spec)) << "refused, and changed";
  }
  if (counts_.refused % 16 != 0) return;
  EXPECT_EQ(Apply(step.situation, step.command).status().message(), status.message());
}

void Invariants::Fired(const std::string& timer, absl::Time due, absl::Time now,
                       const Entry& entry) {
  ++counts_.fired;
  SCOPED_TRACE(fmt::format("{} of {}", timer, entry.spec.key()));
  EXPECT_LE(due, now) << "fired early";
  EXPECT_TRUE(fired_.insert({entry.spec.key(), timer, due}).second) << "fired twice";
  const auto still = entry.deadlines.find(timer);
  EXPECT_TRUE(still == entry.deadlines.end() || still->second != due) << "fired and is still due";
}

void Invariants::CheckFold(const Entry& entry) {
  ++counts_.folds;
  v1::Spec folded;
  for (const v1::Event& event : entry.events) FoldSpec(event, folded);
  EXPECT_EQ(Bytes(folded), Bytes(entry.spec)) << entry.spec.key();
}

}  // namespace gavel::lifecycle_test
