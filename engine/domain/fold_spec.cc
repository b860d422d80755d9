#include "engine/domain/fold_spec.h"

#include <algorithm>

#include "engine/base/contains.h"
#include "engine/domain/attention.h"
#include "engine/domain/fold_concern.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"

namespace gavel {
namespace {

template <typename Repeated, typename Keep>
void KeepIf(Repeated& list, Keep keep) {
  list.erase(
      std::remove_if(list.begin(), list.end(), [&](const auto& item) { return !keep(item); }),
      list.end());
}

v1::Decision* MutableDecision(v1::Spec& spec, const std::string& id) {
  for (v1::Decision& decision : *spec.mutable_decisions()) {
    if (decision.id() == id) return &decision;
  }
  return nullptr;
}

v1::Condition* MutableCondition(v1::Spec& spec, const std::string& id) {
  for (v1::Decision& decision : *spec.mutable_decisions()) {
    for (v1::Condition& condition : *decision.mutable_conditions()) {
      if (condition.id() == id) return &condition;
    }
  }
  return nullptr;
}

void FoldRevision(const v1::RevisionAdded& added, v1::Spec& spec) {
  const v1::Revision& revision = added.revision();
  *spec.add_revisions() = revision;
  spec.set_title(added.title());
  spec.set_summary(added.summary());
  spec.set_system(added.system());
  *spec.mutable_amends() = added.amends();
  spec.set_cluster(added.cluster());
  *spec.mutable_cites() = added.cites();
  const bool presented_by_author =
      spec.presenter().empty() || Contains(spec.authors(), spec.presenter());
  *spec.mutable_authors() = added.authors();
  *spec.mutable_consulted() = added.consulted();
  *spec.mutable_supersedes() = added.supersedes();
  *spec.mutable_open_decisions() = added.open_decisions();
  if (!added.presenter().empty()) {
    spec.set_presenter(added.presenter());
  } else if (presented_by_author && !Contains(spec.authors(), spec.presenter())) {
    spec.set_presenter(added.authors(0));
  }
  if (added.has_not_before()) *spec.mutable_not_before() = added.not_before();
  *spec.mutable_requested_reviewers() = added.reviewers();
  spec.set_wants(added.wants());
  spec.clear_overrides();  // An override holds for one revision only.

  if (revision.kind() == v1::Revision::KIND_MAJOR) {
    for (v1::Position& position : *spec.mutable_positions()) position.set_stale(true);
  }
  // A reviewer who becomes an author loses their positions and their seat.
  KeepIf(*spec.mutable_positions(),
         [&](const v1::Position& p) { return !Contains(spec.authors(), p.person()); });
  KeepIf(*spec.mutable_assignments(),
         [&](const v1::Assignment& a) { return !Contains(spec.authors(), a.person()); });
}

void FoldPosition(const v1::Position& position, v1::Spec& spec) {
  // A stale word never displaces a fresh one.
  const v1::Position* fresh = FreshPosition(spec, position.person());
  if (position.stale() && fresh != nullptr) return;
  KeepIf(*spec.mutable_positions(),
         [&](const v1::Position& p) { return p.person() != position.person(); });
  *spec.add_positions() = position;
  spec.set_engaged(true);
}

void VoidStayed(v1::Spec& spec) {
  for (v1::Decision& decision : *spec.mutable_decisions()) {
    if (decision.force() == v1::Decision::FORCE_STAYED) {
      decision.set_force(v1::Decision::FORCE_VOID);
    }
  }
}

void FoldDecision(const v1::Event& event, const v1::DecisionRecorded& recorded, v1::Spec& spec) {
  // A rejection replaces nothing that was stayed: the approval is void.
  if (recorded.decision().outcome() == v1::DECISION_OUTCOME_REJECTED) VoidStayed(spec);
  for (v1::Decision& earlier : *spec.mutable_decisions()) {
    const bool holds = earlier.force() == v1::Decision::FORCE_IN_FORCE ||
                       earlier.force() == v1::Decision::FORCE_STAYED;
    if (holds) earlier.set_force(v1::Decision::FORCE_REPLACED);
  }
  *spec.add_decisions() = recorded.decision();
  if (recorded.has_outcome()) {
    *spec.mutable_last_outcome() = recorded.outcome();
    spec.mutable_last_outcome()->set_seq(event.seq());
    spec.set_engaged(true);
  }
}

// Back to how the outcome found the spec: the decision before it as it was, the blocks it overruled
// open again, its place in the queue.
void FoldUndo(const v1::OutcomeUndone& undone, v1::Spec& spec) {
  if (v1::Decision* decision = MutableDecision(spec, spec.last_outcome().decision())) {
    decision->set_force(v1::Decision::FORCE_VOID);
    if (v1::Decision* earlier = MutableDecision(spec, decision->replaces())) {
      earlier->set_force(earlier->has_stay_time() ? v1::Decision::FORCE_STAYED
                                                  : v1::Decision::FORCE_IN_FORCE);
    }
  }
  ReopenOverruled(spec.last_outcome().record_time(), spec);
  *spec.mutable_queue() = undone.queue();
  spec.clear_last_outcome();
}

template <typename Names>
void AddRequested(const Names& reviewers, v1::Spec& spec) {
  for (const std::string& person : reviewers) {
    if (!Contains(spec.requested_reviewers(), person)) spec.add_requested_reviewers(person);
  }
}

void FoldReviewers(const v1::ReviewersAssigned& assigned, v1::Spec& spec) {
  *spec.mutable_gates() = assigned.gates();
  *spec.mutable_assignments() = assigned.assignments();
}

void FoldQueued(const v1::Queued& queued, v1::Spec& spec) {
  v1::Queue& queue = *spec.mutable_queue();
  queue.set_reason(queued.reason());
  *queue.mutable_since() = queued.since();
  queue.set_standing(queued.text());
}

// A presenter may miss one meeting without notice; the next time the spec loses its queue age.
constexpr int kNoShowsForgiven = 1;

void FoldRelease(const v1::Event& event, v1::Spec& spec) {
  const v1::SlotReleased& released = event.slot_released();
  v1::Queue& queue = *spec.mutable_queue();
  queue.set_standing(released.reason());
  if (released.fault() == v1::SlotReleased::FAULT_AUTHOR) {
    queue.set_releases_author(queue.releases_author() + 1);
  } else {
    queue.set_releases_organisation(queue.releases_organisation() + 1);
  }
  if (released.no_show()) {
    queue.set_no_shows(queue.no_shows() + 1);
    if (queue.no_shows() > kNoShowsForgiven) *queue.mutable_since() = event.time();
  }
  spec.clear_meeting();
}

void FoldOutcome(const v1::Event& event, const v1::OutcomeRecorded& recorded, v1::Spec& spec) {
  *spec.mutable_last_outcome() = recorded.outcome();
  spec.mutable_last_outcome()->set_seq(event.seq());
  spec.set_engaged(true);
  if (recorded.outcome().kind() == v1::Outcome::KIND_CONTINUE) {
    spec.mutable_queue()->set_reason(v1::Queue::REASON_CONTINUED);
    spec.mutable_queue()->set_continued(spec.queue().continued() + 1);
    spec.mutable_queue()->set_standing(recorded.outcome().text());
  }
  if (recorded.has_deferral()) *spec.mutable_deferral() = recorded.deferral();
}

// Everything that is about decisions.
void FoldDecisionEvents(const v1::Event& event, v1::Spec& spec) {
  switch (event.payload_case()) {
    case v1::Event::kDecisionRecorded:
      FoldDecision(event, event.decision_recorded(), spec);
      break;
    case v1::Event::kDecisionStayed:
      if (v1::Decision* decision = MutableDecision(spec, event.decision_stayed().decision())) {
        decision->set_force(v1::Decision::FORCE_STAYED);
        decision->set_stay_reason(event.decision_stayed().reason());
        *decision->mutable_stay_time() = event.time();
        decision->set_stayed_by_revision(event.decision_stayed().by_revision());
      }
      break;
    case v1::Event::kStayLifted:
      if (v1::Decision* decision = MutableDecision(spec, event.stay_lifted().decision())) {
        decision->set_force(v1::Decision::FORCE_IN_FORCE);
        decision->clear_stay_reason();
        decision->clear_stay_time();
        decision->clear_stayed_by_revision();
      }
      break;
    case v1::Event::kDecisionFinal:
      if (v1::Decision* decision = MutableDecision(spec, event.decision_final().decision())) {
        decision->set_final(true);
      }
      break;
    case v1::Event::kDecisionContested:
      spec.set_contested(true);
      spec.set_engaged(true);
      break;
    case v1::Event::kAutoApprovalChallenged:
      spec.set_engaged(true);
      break;
    case v1::Event::kOutcomeUndone:
      FoldUndo(event.outcome_undone(), spec);
      if (event.to_state() == v1::Spec::STATE_SCHEDULED) spec.set_meeting(event.meeting());
      break;
    case v1::Event::kConditionMet:
      if (v1::Condition* condition = MutableCondition(spec, event.condition_met().condition())) {
        *condition->mutable_met_time() = event.time();
        condition->set_note(event.condition_met().note());
      }
      break;
    case v1::Event::kConditionExtended:
      if (v1::Condition* condition =
              MutableCondition(spec, event.condition_extended().condition())) {
        *condition->mutable_due() = event.condition_extended().due();
        condition->set_note(event.condition_extended().note());
      }
      break;
    default:
      break;
  }
}

// Everything that is about the review and the queue.
void FoldReviewEvents(const v1::Event& event, v1::Spec& spec) {
  switch (event.payload_case()) {
    case v1::Event::kReviewOpened:
      *spec.mutable_review() = event.review_opened().review();
      spec.clear_reminders();
      break;
    case v1::Event::kReturnedToAuthor:
      // Also where a resubmit came straight back: the author's clock starts anew.
      *spec.mutable_changes_requested_time() = event.time();
      break;
    case v1::Event::kReviewWindowMoved:
      *spec.mutable_review() = event.review_window_moved().review();
      break;
    case v1::Event::kReviewersAssigned:
      FoldReviewers(event.reviewers_assigned(), spec);
      break;
    case v1::Event::kReviewerReleased:
      KeepIf(*spec.mutable_assignments(), [&](const v1::Assignment& assignment) {
        return assignment.person() != event.reviewer_released().person();
      });
      break;
    case v1::Event::kReviewerLapsed:
      for (v1::Assignment& assignment : *spec.mutable_assignments()) {
        if (assignment.person() == event.reviewer_lapsed().person()) assignment.set_lapsed(true);
      }
      spec.mutable_review()->set_window_closed(true);
      break;
    case v1::Event::kPositionTaken:
      FoldPosition(event.position_taken().position(), spec);
      break;
    case v1::Event::kQueued:
      FoldQueued(event.queued(), spec);
      break;
    case v1::Event::kSlotAssigned:
      spec.set_meeting(event.meeting());
      break;
    case v1::Event::kSlotReleased:
      FoldRelease(event, spec);
      break;
    case v1::Event::kItemOverran:
      spec.mutable_queue()->set_carried_over(true);
      spec.mutable_queue()->set_reason(v1::Queue::REASON_CONTINUED);
      break;
    case v1::Event::kOutcomeRecorded:
      FoldOutcome(event, event.outcome_recorded(), spec);
      break;
    case v1::Event::kReminderSent: {
      v1::Reminder& reminder = *spec.add_reminders();
      reminder.set_kind(event.reminder_sent().kind());
      *reminder.mutable_due_time() = event.reminder_sent().due_time();
      break;
    }
    default:
      break;
  }
}

// Everything that is about the document and its place.
void FoldDocumentEvents(const v1::Event& event, v1::Spec& spec) {
  switch (event.payload_case()) {
    case v1::Event::kSpecCreated: {
      const v1::SpecCreated& created = event.spec_created();
      spec.set_name("specs/" + created.key());
      spec.set_key(created.key());
      spec.set_area(event.area());
      spec.set_repository(created.repository());
      spec.set_path(created.path());
      *spec.mutable_create_time() = event.time();
      break;
    }
    case v1::Event::kRevisionAdded:
      FoldRevision(event.revision_added(), spec);
      break;
    case v1::Event::kRulesEvaluated:
      *spec.mutable_verdict() = event.rules_evaluated().verdict();
      break;
    case v1::Event::kRuleOverridden:
      *spec.add_overrides() = event.rule_overridden().override();
      break;
    case v1::Event::kSpecSubmitted:
      spec.set_submitted_revision(event.spec_submitted().revision());
      spec.set_facts_unknown(event.spec_submitted().facts_unknown());
      spec.set_wants(std::max(spec.wants(), event.spec_submitted().wants()));
      AddRequested(event.spec_submitted().reviewers(), spec);
      break;
    case v1::Event::kResubmitted:
      spec.set_submitted_revision(event.resubmitted().revision());
      spec.set_facts_unknown(event.resubmitted().facts_unknown());
      spec.set_wants(std::max(spec.wants(), event.resubmitted().wants()));
      AddRequested(event.resubmitted().reviewers(), spec);
      break;
    case v1::Event::kDeferred:
      *spec.mutable_deferral() = event.deferred().deferral();
      break;
    case v1::Event::kWithdrawn:
      spec.set_last_reason(event.withdrawn().reason());
      break;
    case v1::Event::kPulledBack:
      spec.set_last_reason(event.pulled_back().reason());
      break;
    case v1::Event::kSuperseded:
      spec.set_superseded_by(event.superseded().by());
      break;
    case v1::Event::kCommentAdded:
      spec.set_comment_count(spec.comment_count() + 1);
      break;
    case v1::Event::kReaderInvited:
      spec.add_readers(event.reader_invited().person());
      break;
    case v1::Event::kPresenterSet:
      spec.set_presenter(event.presenter_set().person());
      break;
    case v1::Event::kNotBeforeSet:
      if (event.not_before_set().has_not_before()) {
        *spec.mutable_not_before() = event.not_before_set().not_before();
      } else {
        spec.clear_not_before();
      }
      break;
    default:
      break;
  }
}

// Where an entry in the queue lives on: a revision may take a spec from the room to its reviewers
// and back.
bool KeepsQueueEntry(v1::Spec::State state) {
  return StageOf(state) == v1::Spec::STAGE_SYNC_REVIEW || state == v1::Spec::STATE_ASYNC_REVIEW;
}

// What a change of state means whatever the event.
void FoldMove(const v1::Event& event, v1::Spec& spec) {
  const v1::Spec::State to = event.to_state();
  if (to == v1::Spec::STATE_UNSPECIFIED || to == spec.state()) return;
  spec.set_state(to);
  spec.set_stage(StageOf(to));
  const bool by_outcome = event.payload_case() == v1::Event::kOutcomeRecorded ||
                          (event.payload_case() == v1::Event::kDecisionRecorded &&
                           event.decision_recorded().has_outcome());
  if (!by_outcome) spec.clear_last_outcome();
  if (to == v1::Spec::STATE_CHANGES_REQUESTED) {
    *spec.mutable_changes_requested_time() = event.time();
  } else {
    spec.clear_changes_requested_time();
  }
  if (to != v1::Spec::STATE_SCHEDULED && to != v1::Spec::STATE_IN_MEETING) spec.clear_meeting();
  if (to != v1::Spec::STATE_DEFERRED) spec.clear_deferral();
  if (!KeepsQueueEntry(to)) spec.clear_queue();
  if (to == v1::Spec::STATE_WITHDRAWN || to == v1::Spec::STATE_REJECTED) VoidStayed(spec);
}

}  // namespace

void FoldSpec(const v1::Event& event, v1::Spec& spec) {
  const v1::Spec::State before = spec.state();
  FoldDocumentEvents(event, spec);
  FoldReviewEvents(event, spec);
  FoldConcern(event, spec);
  FoldDecisionEvents(event, spec);
  FoldMove(event, spec);
  RecountGates(spec);
  FoldAttention(event, before, spec);
}

}  // namespace gavel
