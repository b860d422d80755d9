#include "engine/domain/apply.h"

#include <string>

#include "engine/domain/effects.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "engine/domain/spec_errors.h"
#include "engine/domain/transition.h"

namespace gavel {
namespace {

bool Listed(const Transition& transition, v1::Spec::State state, CommandKind kind) {
  return transition.command == kind && (transition.from & In(state)) != 0;
}

struct Choice {
  const Transition* transition = nullptr;
  std::string refusal;  // Of the last guard that gave one.
};

// The first row of the command that the state lists, the roles may use and the guard lets through.
Choice Choose(const Situation& situation, const Command& command, RoleSet roles) {
  Choice choice;
  for (const Transition& transition : Transitions()) {
    if (!Listed(transition, situation.spec.state(), command.kind)) continue;
    if ((transition.who & roles) == 0) continue;
    if (transition.guard.check == nullptr) return {&transition, ""};
    auto refusal = transition.guard.check(situation, command);
    if (!refusal.has_value()) return {&transition, ""};
    // The last reason given: rows before it are special cases of the same command.
    if (!refusal->empty()) choice.refusal = *std::move(refusal);
  }
  return choice;
}

// Why no row applies.
absl::Status Refuse(const Situation& situation, const Command& command, RoleSet roles,
                    const std::string& refusal) {
  // Only who wrote it puts a document into anybody's inbox.
  if (command.kind == CommandKind::kCreateSpec && !IsAuthor(situation.spec, command.actor)) {
    return NotAmongAuthors(situation.spec, command.kind, command.actor);
  }
  RoleSet ever = 0;
  RoleSet here = 0;
  for (const Transition& transition : Transitions()) {
    if (transition.command != command.kind) continue;
    ever |= transition.who;
    if (Listed(transition, situation.spec.state(), command.kind)) here |= transition.who;
  }
  if ((ever & roles) == 0) return RoleMissing(command.kind, command.actor, ever);
  if (here == 0) {
    return StateNotAllowed(situation.spec, command.kind,
                           AllowedCommands(situation.spec.state(), roles));
  }
  if ((here & roles) == 0) return RoleMissing(command.kind, command.actor, here);
  return GuardFailed(situation.spec, command.kind, refusal);
}

// Spec events that also change the meeting they happen in name it.
bool HappensInMeeting(const v1::Event& event) {
  v1::Event named = event;
  named.set_meeting("?");
  return ConcernsMeeting(named);
}

// `kRevisionAdded` of the payload's oneof to `RevisionAdded`.
std::string PayloadName(const v1::Event& event) {
  const auto* field = v1::Event::descriptor()->FindFieldByNumber(event.payload_case());
  return field == nullptr ? std::string() : field->message_type()->name();
}

}  // namespace

bool IsDeciding(CommandKind kind) {
  switch (kind) {
    case CommandKind::kTakePosition:
    case CommandKind::kRecordOutcome:
    case CommandKind::kRejectSpec:
    case CommandKind::kOverruleConcern:
    case CommandKind::kOverrideRule:
    case CommandKind::kPullIn:
    case CommandKind::kContestDecision:
    case CommandKind::kRecordAudit:
      return true;
    default:
      return false;
  }
}

Effects::Effects(const Situation& before, std::string actor)
    : spec_(before.spec),
      now_{.spec = spec_,
           .organisation = before.organisation,
           .absences = before.absences,
           .now = before.now,
           .meeting = before.meeting,
           .superseded = before.superseded},
      actor_(std::move(actor)) {}

void Effects::Add(v1::Event event, v1::Spec::State to) {
  event.set_type(PayloadName(event));
  event.set_actor(actor_);
  *event.mutable_time() = ToProto(now_.now);
  if (event.area().empty()) event.set_area(spec_.area());
  if (event.spec().empty()) event.set_spec(spec_.key());
  event.set_subject("specs/" + event.spec());
  event.set_from_state(spec_.state());
  event.set_to_state(to);
  if (event.meeting().empty() && !spec_.meeting().empty() && HappensInMeeting(event)) {
    event.set_meeting(spec_.meeting());
  }
  FoldSpec(event, spec_);
  events_.push_back(std::move(event));
}

absl::Status Effects::Follow(const Command& command) {
  const Choice choice = Choose(now_, command, role::kSystem);
  if (choice.transition == nullptr) return absl::OkStatus();
  std::string actor = std::exchange(actor_, command.actor);
  const absl::Status status = choice.transition->effect(*this, command);
  actor_ = std::move(actor);
  return status;
}

absl::StatusOr<std::vector<v1::Event>> Apply(const Situation& before, const Command& command) {
  const RoleSet roles = RolesOf(before, command.actor);
  if (IsDeciding(command.kind) && IsAuthor(before.spec, command.actor)) {
    return OwnSpec(before.spec, command.kind, command.actor);
  }
  const Choice choice = Choose(before, command, roles);
  if (choice.transition == nullptr) return Refuse(before, command, roles, choice.refusal);

  Effects effects(before, command.actor);
  if (absl::Status status = choice.transition->effect(effects, command); !status.ok()) {
    return status;
  }
  return effects.TakeEvents();
}

}  // namespace gavel
