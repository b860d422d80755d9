// A command being carried out: the state as it becomes, and the events so far. Effects only emit
// events; each one is folded at once, so the next guard sees the newest state.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/domain/command.h"
#include "engine/domain/situation.h"
#include "gavel/v1/event.pb.h"

namespace gavel {

class Effects {
 public:
  Effects(const Situation& before, std::string actor);

  // The situation with the events so far folded in.
  const Situation& situation() const { return now_; }
  const v1::Spec& spec() const { return spec_; }
  absl::Time now() const { return now_.now; }
  const std::string& actor() const { return actor_; }

  // Emits an event that leaves the spec where it is. `fill` gets the event to set its payload.
  template <typename Fill>
  void Emit(Fill fill) {
    v1::Event event;
    fill(event);
    Add(std::move(event), spec_.state());
  }

  // Emits an event that moves the spec to `to`.
  template <typename Fill>
  void Move(v1::Spec::State to, Fill fill) {
    v1::Event event;
    fill(event);
    Add(std::move(event), to);
  }

  // Carries out a follow-up command of the service (kRoute, kSettle …) by the table, as `actor`.
  absl::Status Follow(const Command& command);

  std::vector<v1::Event> TakeEvents() { return std::move(events_); }

 private:
  void Add(v1::Event event, v1::Spec::State to);

  v1::Spec spec_;
  Situation now_;
  std::string actor_;
  std::vector<v1::Event> events_;
};

// Steps that several effects share.

// Where a revision or a changed verdict leads a spec under review or queued: rows 4 to 6 again,
// else it stays, with gates and reviewers of the verdict, and is settled anew.
absl::Status Reroute(Effects& effects, v1::Revision::Kind kind);
// Under review: the window ends in three business days or later, and is open.
void GiveTime(Effects& effects);
// A deferral says what it waits for, and a day and a person that exist. `field` names it.
absl::Status CheckDeferral(const Effects& effects, std::string_view field,
                           const v1::Deferral& deferral);

// The effects of the table's rows, grouped by what they are about.
// effects_revise.cc: drafts, revisions.
absl::Status CreateSpec(Effects& effects, const Command& command);
absl::Status StoreRevision(Effects& effects, const Command& command);
absl::Status ReviseInReview(Effects& effects, const Command& command);
absl::Status ReviseQueued(Effects& effects, const Command& command);
absl::Status ReviseScheduled(Effects& effects, const Command& command);
absl::Status ReviseEditorially(Effects& effects, const Command& command);
absl::Status ReviseDecided(Effects& effects, const Command& command);
absl::Status RevertToDecided(Effects& effects, const Command& command);

// effects_route.cc: submit, routing, settling, waking.
absl::Status Submit(Effects& effects, const Command& command);
absl::Status Resubmit(Effects& effects, const Command& command);
absl::Status Resume(Effects& effects, const Command& command);
absl::Status Wake(Effects& effects, const Command& command);
absl::Status AutoApprove(Effects& effects, const Command& command);
absl::Status OpenReview(Effects& effects, const Command& command);
absl::Status ReturnToAuthor(Effects& effects, const Command& command);
absl::Status SettleToChanges(Effects& effects, const Command& command);
absl::Status SettleToQueue(Effects& effects, const Command& command);
absl::Status SettleToApproved(Effects& effects, const Command& command);
absl::Status CloseWindow(Effects& effects, const Command& command);
absl::Status AgeAnswer(Effects& effects, const Command& command);
absl::Status Remind(Effects& effects, const Command& command);
absl::Status OverrideRule(Effects& effects, const Command& command);
absl::Status Reevaluate(Effects& effects, const Command& command);
absl::Status RequestChanges(Effects& effects, const Command& command);
absl::Status RequestMeeting(Effects& effects, const Command& command);

// effects_discuss.cc: comments, concerns, positions, reviewers.
absl::Status AddComment(Effects& effects, const Command& command);
absl::Status InviteReader(Effects& effects, const Command& command);
absl::Status RaiseConcern(Effects& effects, const Command& command);
absl::Status AnswerConcern(Effects& effects, const Command& command);
absl::Status ResolveConcern(Effects& effects, const Command& command);
absl::Status WithdrawConcern(Effects& effects, const Command& command);
absl::Status ChangeConcernSeverity(Effects& effects, const Command& command);
absl::Status OverruleConcern(Effects& effects, const Command& command);
absl::Status TakePosition(Effects& effects, const Command& command);
absl::Status AssignReviewer(Effects& effects, const Command& command);
absl::Status ReleaseReviewer(Effects& effects, const Command& command);
absl::Status SetPresenter(Effects& effects, const Command& command);
absl::Status SetNotBefore(Effects& effects, const Command& command);

// effects_meeting.cc: slots and outcomes.
absl::Status AssignSlot(Effects& effects, const Command& command);
absl::Status ReleaseSlot(Effects& effects, const Command& command);
absl::Status PullBack(Effects& effects, const Command& command);
absl::Status OpenItem(Effects& effects, const Command& command);
absl::Status DecideInMeeting(Effects& effects, const Command& command);
absl::Status RecordOtherOutcome(Effects& effects, const Command& command);
absl::Status EndOverrun(Effects& effects, const Command& command);
absl::Status UndoOutcome(Effects& effects, const Command& command);

// effects_decide.cc: decisions and what ends or challenges them.
absl::Status Reject(Effects& effects, const Command& command);
absl::Status Withdraw(Effects& effects, const Command& command);
absl::Status WithdrawStale(Effects& effects, const Command& command);
absl::Status Defer(Effects& effects, const Command& command);
absl::Status Reopen(Effects& effects, const Command& command);
absl::Status PullIn(Effects& effects, const Command& command);
absl::Status FailAudit(Effects& effects, const Command& command);
absl::Status BreachEnvelope(Effects& effects, const Command& command);
absl::Status RecordAudit(Effects& effects, const Command& command);
absl::Status Contest(Effects& effects, const Command& command);
absl::Status Supersede(Effects& effects, const Command& command);
absl::Status MakeFinal(Effects& effects, const Command& command);
absl::Status MeetCondition(Effects& effects, const Command& command);
absl::Status ExtendCondition(Effects& effects, const Command& command);

}  // namespace gavel
