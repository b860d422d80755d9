#include "engine/domain/attention.h"

#include <algorithm>
#include <set>

#include "engine/base/contains.h"
#include "engine/domain/concern.h"
#include "engine/domain/deadlines.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/review_clock.h"
#include "engine/domain/roles.h"
#include "engine/domain/settling.h"
#include "fmt/format.h"

namespace gavel {
namespace {

constexpr char kFacilitator[] = "facilitator";
constexpr char kTakeVerb[] = "take";
constexpr char kLateReason[] = "press for the positions that are late";
constexpr char kWindowReason[] = "see what is left, as the review window has closed";

// Entries without `since_time`; those that were brought in come last.
using Wanted = std::vector<v1::Attention>;

template <typename People>
void AskPeople(const People& people, const std::string& reason, Wanted& wanted) {
  const std::set<std::string> unique(people.begin(), people.end());
  for (const std::string& person : unique) {
    if (person.empty()) continue;
    v1::Attention& entry = wanted.emplace_back();
    entry.set_person(person);
    entry.set_reason(reason);
  }
}

void AskFacilitator(const std::string& reason, Wanted& wanted) {
  v1::Attention& entry = wanted.emplace_back();
  entry.set_role(kFacilitator);
  entry.set_reason(reason);
}

void AskReviewers(const v1::Spec& spec, Wanted& wanted) {
  const std::vector<std::string> missing = MissingReviewers(spec);
  const v1::Revision* revision = CurrentRevision(spec);
  AskPeople(missing,
            fmt::format("{} a position on revision {}", kTakeVerb,
                        revision == nullptr ? 1 : revision->number()),
            wanted);
  if (missing.empty()) {
    std::vector<std::string> owners;
    for (const v1::Concern* block : OpenBlocks(spec)) {
      if (IsAnswered(*block)) owners.push_back(block->owner());
    }
    AskPeople(owners, "resolve the answered concern, or say what is still missing", wanted);
  }
  if (spec.review().window_closed()) AskFacilitator(kWindowReason, wanted);
}

std::string RevisionReason(const v1::Spec& spec) {
  int waiting = 0;
  for (const v1::Concern* block : OpenBlocks(spec)) waiting += IsAnswered(*block) ? 0 : 1;
  if (waiting > 0) {
    return fmt::format("answer {} blocking concern{} or add a revision, and submit again", waiting,
                       waiting == 1 ? "" : "s");
  }
  return spec.verdict().author_gate() ? "mend the findings in a new revision, and submit again"
                                      : "add a revision or answers, and submit again";
}

void AskOwners(const v1::Spec& spec, Wanted& wanted) {
  const v1::Decision* decision = InForce(spec);
  if (decision == nullptr) return;
  std::vector<std::string> owners;
  for (const v1::Condition& condition : decision->conditions()) {
    if (!condition.has_met_time()) owners.push_back(condition.owner());
  }
  AskPeople(owners, "meet the open conditions", wanted);
}

// Whom the state of the spec alone asks.
Wanted WantedBy(const v1::Spec& spec) {
  Wanted wanted;
  switch (spec.state()) {
    case v1::Spec::STATE_DRAFT:
      AskPeople(spec.authors(), "submit it when it is ready", wanted);
      break;
    case v1::Spec::STATE_ASYNC_REVIEW:
      AskReviewers(spec, wanted);
      break;
    case v1::Spec::STATE_CHANGES_REQUESTED:
      AskPeople(spec.authors(), RevisionReason(spec), wanted);
      break;
    case v1::Spec::STATE_QUEUED:
      AskFacilitator("see that it gets a slot", wanted);
      break;
    case v1::Spec::STATE_SCHEDULED:
      AskPeople(std::vector<std::string>{spec.presenter()}, "prepare to present it", wanted);
      break;
    case v1::Spec::STATE_IN_MEETING:
      AskFacilitator("record the outcome", wanted);
      break;
    case v1::Spec::STATE_APPROVED:
      AskOwners(spec, wanted);
      break;
    case v1::Spec::STATE_DEFERRED:
      AskPeople(std::vector<std::string>{spec.deferral().person()},
                fmt::format("wait for: {}", spec.deferral().waits_for()), wanted);
      break;
    default:
      break;
  }
  return wanted;
}

// Whom a late position brought in, now or before; they stay while one is missing and may come.
void AskBroughtIn(const v1::Event& event, v1::Spec::State before, const v1::Spec& spec,
                  Wanted& wanted) {
  const bool under_review = spec.state() == v1::Spec::STATE_ASYNC_REVIEW && before == spec.state();
  const std::vector<std::string> missing = MissingReviewers(spec);
  if (!under_review || missing.empty() || spec.review().window_closed()) return;
  std::vector<std::string> people;
  for (const v1::Attention& entry : spec.attention()) {
    if (entry.reason() == kLateReason) people.push_back(entry.person());
  }
  if (event.reminder_sent().kind() == timer::kReviewEscalate) {
    const auto& told = event.reminder_sent().people();
    people.insert(people.end(), told.begin(), told.end());
  }
  std::erase_if(people, [&](const std::string& person) {
    return Contains(missing, person) || Contains(spec.authors(), person);
  });
  AskPeople(people, kLateReason, wanted);
}

// A reason begins with its verb; the rest may change while it is the same task: another revision,
// fewer blocks.
std::string_view Verb(const v1::Attention& entry) {
  const std::string_view reason = entry.reason();
  return reason.substr(0, reason.find(' '));
}

// The author of a returned spec has one task, whatever is left of it.
bool SameTask(const v1::Spec& spec, const v1::Attention& a, const v1::Attention& b) {
  return a.person() == b.person() && a.role() == b.role() &&
         (Verb(a) == Verb(b) || spec.state() == v1::Spec::STATE_CHANGES_REQUESTED);
}

bool IsPresent(const Situation& situation, const std::string& person) {
  return situation.organisation.IsPresent(person, situation.now);
}

std::vector<std::string> Facilitators(const Situation& situation) {
  std::vector<std::string> people;
  for (const std::string& person : situation.area().facilitators()) {
    if (IsPresent(situation, person)) people.push_back(person);
  }
  if (people.empty()) people.push_back(ActingSponsor(situation, situation.spec.area()));
  return people;
}

// Who may clear the answered blocks of somebody today.
std::vector<std::string> HeirsOfBlocks(const Situation& situation, const std::string& owner) {
  std::vector<std::string> heirs;
  for (const v1::Concern* block : OpenBlocks(situation.spec)) {
    if (block->owner() == owner) heirs.push_back(OwnerNow(situation, *block));
  }
  return heirs;
}

// Who takes over from somebody who has left: the other authors of what they wrote, the owners of
// the gates where they reviewed.
std::vector<std::string> HeirsOf(const Situation& situation, const std::string& person) {
  std::vector<std::string> heirs;
  if (Contains(situation.spec.authors(), person)) {
    for (const std::string& author : situation.spec.authors()) {
      if (IsPresent(situation, author)) heirs.push_back(author);
    }
    return heirs;
  }
  for (const v1::Gate& gate : situation.spec.gates()) {
    if (Contains(gate.people(), person) && IsPresent(situation, gate.owner())) {
      heirs.push_back(gate.owner());
    }
  }
  return heirs;
}

absl::Time ConditionDue(const Situation& situation, const std::string& owner) {
  absl::Time due = absl::InfiniteFuture();
  const v1::Decision* decision = InForce(situation.spec);
  if (decision == nullptr) return due;
  for (const v1::Condition& condition : decision->conditions()) {
    if (condition.has_met_time() || condition.owner() != owner) continue;
    due = std::min(due, situation.calendar().Closing(ToCivilDay(condition.due())));
  }
  return due;
}

}  // namespace

void FoldAttention(const v1::Event& event, v1::Spec::State before, v1::Spec& spec) {
  Wanted wanted = WantedBy(spec);
  AskBroughtIn(event, before, spec, wanted);
  for (v1::Attention& entry : wanted) {
    *entry.mutable_since_time() = event.time();
    // A spec that is returned anew while it is with its author starts their clock again.
    if (before != spec.state() || event.has_returned_to_author()) continue;
    for (const v1::Attention& old : spec.attention()) {
      if (SameTask(spec, old, entry)) *entry.mutable_since_time() = old.since_time();
    }
  }
  spec.mutable_attention()->Assign(wanted.begin(), wanted.end());
}

Task TaskOf(const v1::Spec& spec, const v1::Attention& entry) {
  switch (spec.state()) {
    case v1::Spec::STATE_DRAFT:
      return Task::kSubmit;
    case v1::Spec::STATE_CHANGES_REQUESTED:
      return Task::kRevise;
    case v1::Spec::STATE_QUEUED:
      return Task::kFindSlot;
    case v1::Spec::STATE_SCHEDULED:
      return Task::kPresent;
    case v1::Spec::STATE_IN_MEETING:
      return Task::kRecordOutcome;
    case v1::Spec::STATE_APPROVED:
      return Task::kMeetCondition;
    case v1::Spec::STATE_DEFERRED:
      return Task::kAwait;
    default:
      break;
  }
  if (entry.reason() == kLateReason) return Task::kPressForLate;
  if (entry.reason() == kWindowReason) return Task::kSeeWindowEnd;
  return Verb(entry) == kTakeVerb ? Task::kTakePosition : Task::kResolveBlock;
}

std::vector<std::string> PeopleBehind(const Situation& situation, const v1::Attention& entry) {
  std::vector<std::string> people;
  if (!entry.role().empty()) {
    people = Facilitators(situation);
  } else if (TaskOf(situation.spec, entry) == Task::kResolveBlock) {
    people = HeirsOfBlocks(situation, entry.person());
  } else if (IsPresent(situation, entry.person())) {
    people = {entry.person()};
  } else {
    people = HeirsOf(situation, entry.person());
  }
  std::erase(people, "");
  if (people.empty()) people = Facilitators(situation);
  std::erase(people, "");
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

absl::Time DueOf(const Situation& situation, const v1::Attention& entry, std::string_view person) {
  const v1::Spec& spec = situation.spec;
  switch (TaskOf(spec, entry)) {
    case Task::kTakePosition:
      return ClockOf(situation, person).due;
    case Task::kPressForLate:
      return FromProto(spec.review().window_end());
    case Task::kResolveBlock:
    case Task::kSeeWindowEnd:
      return AnswerAgedTime(situation);
    case Task::kRevise:
      return FromProto(spec.changes_requested_time()) +
             absl::Hours(24 * situation.settings().withdraw_days());
    case Task::kPresent:
      return situation.meeting == nullptr ? absl::InfiniteFuture()
                                          : FromProto(situation.meeting->start_time());
    case Task::kMeetCondition:
      return ConditionDue(situation, entry.person());
    case Task::kAwait:
      return situation.calendar().Opening(ToCivilDay(spec.deferral().wake_date()));
    default:
      return absl::InfiniteFuture();
  }
}

}  // namespace gavel
