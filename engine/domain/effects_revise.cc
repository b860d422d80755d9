// Drafts and revisions: rows 1, 2, 26, 27 and 30.

#include <algorithm>

#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/effects.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/gates.h"
#include "engine/domain/guards.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/eligibility.h"
#include "engine/domain/roles.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel {
namespace {

// A major revision leaves reviewers at least this long.
constexpr int kWindowAfterMajorBd = 3;

Command FollowUp(CommandKind kind, std::string_view actor = kSystemActor) {
  return {.kind = kind, .actor = std::string(actor)};
}

v1::Revision::Kind KindOf(const Situation& situation, const Command& command) {
  const v1::Revision* base = BaseRevision(situation.spec);
  const bool major = base == nullptr || command.revision->kind() == v1::Revision::KIND_MAJOR ||
                     base->facts_hash() != command.revision->facts_hash() ||
                     command.changed_percent > situation.settings().major_revision_percent();
  return major ? v1::Revision::KIND_MAJOR : v1::Revision::KIND_MINOR;
}

// The first label that starts with `cluster-`: specs that say the same one belong together.
std::string DeclaredCluster(const v1::Facts& facts) {
  for (const std::string& label : facts.labels()) {
    if (label.rfind("cluster-", 0) == 0) return label;
  }
  return "";
}

v1::RevisionAdded RevisionEvent(const Effects& effects, const Command& command,
                                v1::Revision::Kind kind) {
  const v1::Facts& facts = *command.facts;
  v1::RevisionAdded added;
  *added.mutable_revision() = *command.revision;
  added.mutable_revision()->set_number(effects.spec().revisions_size() + 1);
  added.mutable_revision()->set_kind(kind);
  added.mutable_revision()->set_author(command.actor);
  *added.mutable_revision()->mutable_create_time() = ToProto(effects.now());
  added.set_title(facts.title());
  added.set_summary(facts.summary());
  *added.mutable_authors() = facts.authors();
  // A document that names no authors keeps those it has; the first one is whoever brought it.
  if (added.authors().empty()) *added.mutable_authors() = effects.spec().authors();
  if (added.authors().empty()) added.add_authors(command.actor);
  *added.mutable_consulted() = facts.consulted();
  *added.mutable_supersedes() = facts.supersedes();
  *added.mutable_open_decisions() = facts.open_decisions();
  added.set_presenter(facts.presenter());
  if (facts.has_not_before()) *added.mutable_not_before() = facts.not_before();
  *added.mutable_reviewers() = facts.reviewers();
  added.set_wants(std::max(facts.wants(), StandingWish(effects.spec())));
  added.set_system(facts.system().value());
  *added.mutable_amends() = facts.amends();
  added.set_cluster(DeclaredCluster(facts));
  for (const std::string& key : command.cites) {
    if (key != effects.spec().key()) added.add_cites(key);
  }
  return added;
}

// A reviewer who became an author cannot clear their own concerns any more.
void InheritConcerns(Effects& effects) {
  const v1::Spec before = effects.spec();
  for (const v1::Concern& concern : before.concerns()) {
    const bool open = concern.status() == v1::Concern::STATUS_OPEN;
    if (!open || !IsAuthor(before, concern.owner())) continue;
    const std::string heir = OwnerNow(effects.situation(), concern);
    effects.Emit([&](v1::Event& event) {
      event.mutable_concern_inherited()->set_concern(concern.id());
      event.mutable_concern_inherited()->set_owner(heir);
    });
  }
}

// A meeting knows the presenter of its slot, so a revision that names another one tells it.
void TellPresenter(Effects& effects) {
  const v1::Meeting* meeting = effects.situation().meeting;
  if (effects.spec().state() != v1::Spec::STATE_SCHEDULED || meeting == nullptr) return;
  const v1::Slot* slot = FindSlot(*meeting, effects.spec().key());
  if (slot == nullptr || slot->presenter() == effects.spec().presenter()) return;
  const std::string person = effects.spec().presenter();
  effects.Emit([&](v1::Event& event) { event.mutable_presenter_set()->set_person(person); });
}

void AddRevisionOfKind(Effects& effects, const Command& command, v1::Revision::Kind kind) {
  const v1::RevisionAdded added = RevisionEvent(effects, command, kind);
  effects.Emit([&](v1::Event& event) { *event.mutable_revision_added() = added; });
  effects.Emit([&](v1::Event& event) {
    v1::RulesEvaluated& evaluated = *event.mutable_rules_evaluated();
    *evaluated.mutable_verdict() = *command.verdict;
    evaluated.set_revision(added.revision().number());
    evaluated.set_record_hash(command.record_hash);
  });
  InheritConcerns(effects);
  TellPresenter(effects);
}

v1::Revision::Kind AddRevisionEvents(Effects& effects, const Command& command) {
  const v1::Revision::Kind kind = KindOf(effects.situation(), command);
  AddRevisionOfKind(effects, command, kind);
  return kind;
}

// Gates and reviewers of the new revision or verdict, where the spec stays where it is.
absl::Status Restaff(Effects& effects, v1::Revision::Kind kind) {
  GAVEL_ASSIGN_OR_RETURN(Staffing staffing,
                         StaffGates(effects.situation(), effects.spec().verdict()));
  const bool in_review = effects.spec().state() == v1::Spec::STATE_ASYNC_REVIEW;
  const bool major = in_review && kind == v1::Revision::KIND_MAJOR;
  // A lapse is an abstention, and like a position it is about one major revision.
  if (major) {
    for (v1::Assignment& assignment : staffing.assignments) assignment.set_lapsed(false);
  }
  effects.Emit([&](v1::Event& event) {
    v1::ReviewersAssigned& assigned = *event.mutable_reviewers_assigned();
    assigned.mutable_gates()->Add(staffing.gates.begin(), staffing.gates.end());
    assigned.mutable_assignments()->Add(staffing.assignments.begin(), staffing.assignments.end());
    assigned.mutable_added()->Add(staffing.added.begin(), staffing.added.end());
  });
  const bool newcomers_too_late =
      !staffing.added.empty() && effects.spec().review().window_closed();
  if (major || newcomers_too_late) GiveTime(effects);
  return absl::OkStatus();
}

void Stay(Effects& effects, const std::string& reason, bool by_revision) {
  const v1::Decision* decision = InForce(effects.spec());
  if (decision == nullptr) return;
  const std::string id = decision->id();
  effects.Emit([&](v1::Event& event) {
    event.mutable_decision_stayed()->set_decision(id);
    event.mutable_decision_stayed()->set_reason(reason);
    event.mutable_decision_stayed()->set_by_revision(by_revision);
  });
}

// A new major revision has to be old enough for the meeting, like any other.
bool StillEligible(const Situation& situation, int words) {
  const BusinessCalendar& calendar = situation.calendar();
  const absl::CivilDay meeting_day = calendar.DayOf(FromProto(situation.meeting->start_time()));
  return calendar.CountBusinessDays(calendar.DayOf(situation.now), meeting_day) >=
         RevisionAgeRequired(words);
}

// Rows 4 to 6 want it elsewhere than in the queue.
bool LeavesTheQueue(const Effects& effects) {
  const Command reroute = FollowUp(CommandKind::kReroute);
  return effects.spec().verdict().author_gate() ||
         !guard::kNoLongerSync.check(effects.situation(), reroute).has_value();
}

// The conditions of a stayed decision had no clock, so each gets the days of the stay back.
void ExtendConditions(Effects& effects, const v1::Decision& decided) {
  const BusinessCalendar& calendar = effects.situation().calendar();
  const absl::civil_diff_t days =
      calendar.DayOf(effects.now()) - calendar.DayOf(FromProto(decided.stay_time()));
  for (const v1::Condition& condition : decided.conditions()) {
    if (condition.has_met_time() || days == 0) continue;
    effects.Emit([&](v1::Event& event) {
      v1::ConditionExtended& extended = *event.mutable_condition_extended();
      extended.set_condition(condition.id());
      *extended.mutable_due() = ToDate(ToCivilDay(condition.due()) + days);
      extended.set_note("the decision was stayed meanwhile");
    });
  }
}

}  // namespace

void GiveTime(Effects& effects) {
  if (effects.spec().state() != v1::Spec::STATE_ASYNC_REVIEW) return;
  v1::Review review = effects.spec().review();
  const absl::Time earliest =
      effects.situation().calendar().AddBusinessDays(effects.now(), kWindowAfterMajorBd);
  *review.mutable_window_end() = ToProto(std::max(earliest, FromProto(review.window_end())));
  review.set_window_closed(false);
  effects.Emit(
      [&](v1::Event& event) { *event.mutable_review_window_moved()->mutable_review() = review; });
}

absl::Status Reroute(Effects& effects, v1::Revision::Kind kind) {
  const v1::Spec::State before = effects.spec().state();
  GAVEL_RETURN_IF_ERROR(effects.Follow(FollowUp(CommandKind::kReroute, kRulesActor)));
  if (effects.spec().state() != before) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(Restaff(effects, kind));
  return effects.Follow(FollowUp(CommandKind::kSettle));
}

absl::Status CreateSpec(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::CreateSpecRequest>();
  effects.Move(v1::Spec::STATE_DRAFT, [&](v1::Event& event) {
    event.set_spec(command.key);
    event.set_area(command.facts->area());
    v1::SpecCreated& created = *event.mutable_spec_created();
    created.set_key(command.key);
    created.set_repository(request.repository());
    created.set_path(request.path());
    created.set_creator(command.actor);
  });
  AddRevisionOfKind(effects, command, v1::Revision::KIND_MAJOR);
  return absl::OkStatus();
}

absl::Status StoreRevision(Effects& effects, const Command& command) {
  AddRevisionEvents(effects, command);
  return absl::OkStatus();
}

absl::Status ReviseInReview(Effects& effects, const Command& command) {
  return Reroute(effects, AddRevisionEvents(effects, command));
}

absl::Status ReviseQueued(Effects& effects, const Command& command) {
  return Reroute(effects, AddRevisionEvents(effects, command));
}

absl::Status ReviseScheduled(Effects& effects, const Command& command) {
  const v1::Revision::Kind kind = AddRevisionEvents(effects, command);
  if (kind == v1::Revision::KIND_MINOR) return absl::OkStatus();
  const bool frozen = effects.situation().meeting->state() != v1::Meeting::STATE_PLANNED;
  const bool eligible = StillEligible(effects.situation(), command.revision->words());
  if (!frozen && eligible && !LeavesTheQueue(effects)) return Restaff(effects, kind);
  effects.Move(v1::Spec::STATE_QUEUED, [&](v1::Event& event) {
    v1::SlotReleased& released = *event.mutable_slot_released();
    released.set_reason(frozen     ? "a major revision after the freeze"
                        : eligible ? "its new major revision leads elsewhere"
                                   : "a major revision too close to the meeting");
    released.set_fault(v1::SlotReleased::FAULT_AUTHOR);
  });
  return Reroute(effects, kind);
}

absl::Status ReviseEditorially(Effects& effects, const Command& command) {
  AddRevisionOfKind(effects, command, v1::Revision::KIND_EDITORIAL);
  return absl::OkStatus();
}

absl::Status ReviseDecided(Effects& effects, const Command& command) {
  AddRevisionOfKind(effects, command, v1::Revision::KIND_MAJOR);
  Stay(effects, "a new revision after the decision", true);
  return effects.Follow(FollowUp(CommandKind::kRoute, kRulesActor));
}

absl::Status RevertToDecided(Effects& effects, const Command& command) {
  AddRevisionEvents(effects, command);
  const v1::Decision decided = *Stayed(effects.spec());
  effects.Move(StateOfDecision(decided),
               [&](v1::Event& event) { event.mutable_stay_lifted()->set_decision(decided.id()); });
  ExtendConditions(effects, decided);
  return absl::OkStatus();
}

}  // namespace gavel
