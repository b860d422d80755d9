#include "engine/domain/health/spec_fold.h"

#include <algorithm>

#include "engine/domain/health/concern_fold.h"
#include "engine/domain/health/decision_fold.h"
#include "engine/domain/names.h"

namespace gavel::health {
namespace {

bool WaitsForRoom(v1::Spec::State state) {
  return state == v1::Spec::STATE_QUEUED || state == v1::Spec::STATE_SCHEDULED;
}

// A release keeps the wait; an item that comes back from the room begins a new one.
void FoldWait(const v1::Event& event, absl::Time now, SpecLife& life) {
  const v1::Spec::State to = event.to_state();
  const bool waiting = !life.waits.empty() && life.waits.back().end == kNever;
  if (WaitsForRoom(to)) {
    if (waiting) return;
    const bool since_given = event.has_queued() && event.queued().has_since();
    life.waits.push_back({.since = since_given ? FromProto(event.queued().since()) : now});
    return;
  }
  if (!waiting) return;
  life.waits.back().end = now;
  life.waits.back().reached = to == v1::Spec::STATE_IN_MEETING;
}

void FoldMove(const v1::Event& event, absl::Time now, SpecLife& life) {
  const v1::Spec::State to = event.to_state();
  const bool moves = to != v1::Spec::STATE_UNSPECIFIED &&
                     (life.visits.empty() || life.visits.back().state != to);
  if (!moves) return;
  if (!life.visits.empty()) life.visits.back().leave = now;
  life.visits.push_back({.state = to, .enter = now});
  FoldWait(event, now, life);
}

void FoldRevision(const v1::RevisionAdded& added, People& people, SpecLife& life) {
  life.authors.clear();
  for (const std::string& author : added.authors()) life.authors.insert(people.NumberOf(author));
  if (added.revision().kind() == v1::Revision::KIND_MAJOR) life.approvals.clear();
}

void FoldGates(const v1::ReviewersAssigned& assigned, People& people, SpecLife& life) {
  life.gates.clear();
  for (const v1::Gate& gate : assigned.gates()) {
    GateLife& kept = life.gates.emplace_back();
    kept.quorum = gate.quorum();
    for (const std::string& person : gate.people()) kept.people.insert(people.NumberOf(person));
  }
}

void FoldPosition(const v1::Position& position, absl::Time now, PersonNumber person,
                  SpecLife& life) {
  life.first_position = std::min(life.first_position, now);
  life.answered.emplace(person, now);
  Reading& reading = life.readings[person];
  reading.position_revision = std::max(reading.position_revision, position.revision());
  if (position.stale()) return;
  if (position.kind() == v1::Position::KIND_APPROVE) {
    life.approvals.insert(person);
  } else {
    life.approvals.erase(person);
  }
}

bool IsWordless(const v1::Event& event) {
  return event.has_position_taken() && event.position_taken().position().text().empty() &&
         event.position_taken().position().conditions().empty();
}

int AnchorOf(const v1::Event& event) {
  if (event.has_comment_added()) return event.comment_added().comment().anchor().revision();
  return event.concern_raised().concern().anchor().revision();
}

// Words of people other than the authors.
void FoldWord(const v1::Event& event, absl::Time now, People& people, SpecLife& life) {
  const PersonNumber person = people.NumberOf(event.actor());
  Reading& reading = life.readings[person];
  reading.remark = std::max(reading.remark, now);
  if (!event.has_position_taken()) {
    reading.position_revision = std::max(reading.position_revision, AnchorOf(event));
  }
  const bool by_author = life.authors.count(person) > 0;
  if (!by_author && !IsWordless(event)) life.first_word = std::min(life.first_word, now);
}

void FoldReturn(const v1::Event& event, absl::Time now, SpecLife& life) {
  const bool revise = event.has_outcome_recorded() && event.outcome_recorded().outcome().kind() ==
                                                          v1::Outcome::KIND_REVISE;
  if (!event.has_returned_to_author() && !event.has_changes_requested() && !revise) return;
  Return& back = life.returns.emplace_back();
  back.time = now;
  back.by_rules = event.has_returned_to_author();
  for (const v1::Finding& finding : event.returned_to_author().findings()) {
    if (finding.severity() == v1::Finding::SEVERITY_ERROR) back.codes.insert(finding.code());
  }
}

}  // namespace

bool IsWord(const v1::Event& event) {
  return event.has_position_taken() || event.has_comment_added() || event.has_concern_raised();
}

void FoldSpecLife(const v1::Event& event, People& people, SpecLife& life) {
  const absl::Time now = FromProto(event.time());
  switch (event.payload_case()) {
    case v1::Event::kSpecCreated:
      life.key = event.spec();
      life.area = event.area();
      life.created = now;
      break;
    case v1::Event::kRevisionAdded:
      FoldRevision(event.revision_added(), people, life);
      break;
    case v1::Event::kSpecSubmitted:
    case v1::Event::kResubmitted:
      life.submissions.push_back(now);
      break;
    case v1::Event::kReviewOpened:
      life.review_opened = std::min(life.review_opened, now);
      break;
    case v1::Event::kReviewersAssigned:
      FoldGates(event.reviewers_assigned(), people, life);
      break;
    case v1::Event::kPositionTaken:
      FoldPosition(event.position_taken().position(), now,
                   people.NumberOf(event.position_taken().position().person()), life);
      break;
    case v1::Event::kReviewerLapsed:
      life.lapses.push_back(now);
      break;
    default:
      break;
  }
  if (IsWord(event)) FoldWord(event, now, people, life);
  FoldReturn(event, now, life);
  FoldConcernLife(event, people, life);
  FoldDecisionLife(event, life);
  FoldMove(event, now, life);
}

}  // namespace gavel::health
