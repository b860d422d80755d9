// Comments, concerns, positions and reviewers: what does not move the spec by itself.

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/effects.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel {
namespace {

// Keeps one spec's state, and so every command on it, small.
constexpr int kMaxConcerns = 200;
constexpr int kMaxReviewers = 64;

absl::Status Settled(Effects& effects) {
  return effects.Follow({.kind = CommandKind::kSettle, .actor = std::string(kSystemActor)});
}

absl::StatusOr<const v1::Concern*> OpenConcern(const Effects& effects, CommandKind kind,
                                               const std::string& name) {
  const v1::Concern* concern = FindConcern(effects.spec(), name);
  if (concern == nullptr) {
    return PartNotFound(effects.spec(), "concern", name, ConcernNames(effects.spec()));
  }
  if (concern->status() != v1::Concern::STATUS_OPEN) {
    return GuardFailed(effects.spec(), kind,
                       fmt::format("the concern \"{}\" is closed", concern->title()));
  }
  return concern;
}

// Only its owner clears a concern. Whoever inherited it takes it over first, for the record.
absl::Status RequireOwner(Effects& effects, CommandKind kind, const v1::Concern& concern) {
  const std::string owner = OwnerNow(effects.situation(), concern);
  if (owner != effects.actor()) {
    return MakeError(
        absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
        fmt::format("{}: only @{} can clear the concern \"{}\".", CommandName(kind), owner,
                    concern.title()),
        {{"command", CommandName(kind)}, {"principal", effects.actor()}, {"needs", owner}});
  }
  if (owner == concern.owner()) return absl::OkStatus();
  const std::string id = concern.id();
  effects.Emit([&](v1::Event& event) {
    event.mutable_concern_inherited()->set_concern(id);
    event.mutable_concern_inherited()->set_owner(owner);
  });
  return absl::OkStatus();
}

// A "no" costs its giver a sentence, and only reviewers can say it.
absl::Status CheckMayBlock(const Command& command, RoleSet roles, const std::string& criteria) {
  if ((roles & (role::kReviewer | role::kRequiredReviewer)) == 0) {
    return RoleMissing(command.kind, command.actor, role::kReviewer);
  }
  return RequireText("criteria", criteria, "a blocking concern must say what would resolve it");
}

absl::Status CheckPerson(const Effects& effects, std::string_view field,
                         const std::string& person) {
  if (effects.situation().organisation.IsPresent(person, effects.now())) return absl::OkStatus();
  return MakeError(absl::StatusCode::kNotFound, "PERSON_NOT_FOUND",
                   fmt::format("{}: `{}` is not a person of the organisation.", field, person),
                   {{"person", person}});
}

// A consent item is approved without a discussion or not at all: the room that has a concern about
// one sends it back to the queue, from where it comes as a standard item.
absl::Status StopQuick(Effects& effects) {
  const v1::Meeting* meeting = effects.situation().meeting;
  if (meeting == nullptr || meeting->state() != v1::Meeting::STATE_LIVE) return absl::OkStatus();
  const v1::Slot* slot = FindSlot(*meeting, effects.spec().key());
  if (slot == nullptr || !slot->quick() || effects.spec().meeting() != meeting->id()) {
    return absl::OkStatus();
  }
  return effects.Follow({.kind = CommandKind::kReleaseSlot,
                         .actor = std::string(kSystemActor),
                         .reason = std::string(kQuickStopped)});
}

// Comments are numbered without gaps, and never taken away.
std::string CommentId(int number) { return fmt::format("m{}", number); }

// The id of the comment or concern that `name` is; empty for an empty one.
absl::StatusOr<std::string> AnsweredId(const v1::Spec& spec, const std::string& name) {
  if (name.empty()) return std::string();
  if (const v1::Concern* concern = FindConcern(spec, name)) return concern->id();
  for (int number = 1; number <= spec.comment_count(); ++number) {
    if (name == CommentId(number)) return name;
  }
  std::vector<std::string> known = ConcernNames(spec);
  if (spec.comment_count() > 0) known.push_back(CommentId(1));
  if (spec.comment_count() > 1) known.back() += " to " + CommentId(spec.comment_count());
  return PartNotFound(spec, "comment or concern", name, known);
}

}  // namespace

absl::Status AddComment(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::AddCommentRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must not be empty"));
  GAVEL_ASSIGN_OR_RETURN(const std::string answered,
                         AnsweredId(effects.spec(), request.in_reply_to()));
  effects.Emit([&](v1::Event& event) {
    v1::Comment& comment = *event.mutable_comment_added()->mutable_comment();
    comment.set_id(CommentId(effects.spec().comment_count() + 1));
    comment.set_author(command.actor);
    comment.set_text(request.text());
    if (request.has_anchor()) *comment.mutable_anchor() = request.anchor();
    comment.set_in_reply_to(answered);
    *comment.mutable_create_time() = ToProto(effects.now());
  });
  return absl::OkStatus();
}

absl::Status InviteReader(Effects& effects, const Command& command) {
  const std::string& person = command.As<v1::InviteReaderRequest>().person();
  GAVEL_RETURN_IF_ERROR(CheckPerson(effects, "person", person));
  const auto& readers = effects.spec().readers();
  if (std::find(readers.begin(), readers.end(), person) != readers.end()) return absl::OkStatus();
  effects.Emit([&](v1::Event& event) { event.mutable_reader_invited()->set_person(person); });
  return absl::OkStatus();
}

absl::Status RaiseConcern(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::RaiseConcernRequest>();
  const v1::Spec& spec = effects.spec();
  GAVEL_RETURN_IF_ERROR(RequireText("title", request.title(), "must name the concern"));
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must say what is wrong"));
  if (request.severity() == v1::Concern::SEVERITY_UNSPECIFIED) {
    return FieldError("severity", "must be BLOCKING, QUESTION or NOTE");
  }
  if (FindConcern(spec, request.title()) != nullptr) {
    return FieldError("title", fmt::format("`{}` is taken by another concern of {}",
                                           request.title(), spec.key()));
  }
  if (spec.concerns_size() >= kMaxConcerns) {
    return GuardFailed(spec, command.kind, fmt::format("it has {} concerns already", kMaxConcerns));
  }
  if (request.severity() == v1::Concern::SEVERITY_BLOCKING) {
    GAVEL_RETURN_IF_ERROR(
        CheckMayBlock(command, RolesOf(effects.situation(), command.actor), request.criteria()));
  }
  effects.Emit([&](v1::Event& event) {
    v1::Concern& concern = *event.mutable_concern_raised()->mutable_concern();
    concern.set_id(fmt::format("c{}", spec.concerns_size() + 1));
    concern.set_title(request.title());
    concern.set_text(request.text());
    concern.set_severity(request.severity());
    concern.set_criteria(request.criteria());
    concern.set_raiser(command.actor);
    concern.set_owner(command.actor);
    if (request.has_anchor()) *concern.mutable_anchor() = request.anchor();
    concern.set_status(v1::Concern::STATUS_OPEN);
    *concern.mutable_raise_time() = ToProto(effects.now());
  });
  if (request.severity() != v1::Concern::SEVERITY_NOTE) GAVEL_RETURN_IF_ERROR(StopQuick(effects));
  return Settled(effects);
}

absl::Status AnswerConcern(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::AnswerConcernRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("text", request.text(), "must hold the answer"));
  GAVEL_ASSIGN_OR_RETURN(const v1::Concern* concern,
                         OpenConcern(effects, command.kind, request.concern()));
  const std::string id = concern->id();
  effects.Emit([&](v1::Event& event) {
    v1::ConcernAnswered& answered = *event.mutable_concern_answered();
    answered.set_concern(id);
    answered.set_text(request.text());
    answered.set_disputed(request.disputed());
  });
  return Settled(effects);
}

absl::Status ResolveConcern(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::ResolveConcernRequest>();
  GAVEL_ASSIGN_OR_RETURN(const v1::Concern* concern,
                         OpenConcern(effects, command.kind, request.concern()));
  GAVEL_RETURN_IF_ERROR(RequireOwner(effects, command.kind, *concern));
  const std::string id = concern->id();
  effects.Emit([&](v1::Event& event) {
    event.mutable_concern_resolved()->set_concern(id);
    event.mutable_concern_resolved()->set_text(request.text());
  });
  return Settled(effects);
}

absl::Status WithdrawConcern(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::WithdrawConcernRequest>();
  GAVEL_ASSIGN_OR_RETURN(const v1::Concern* concern,
                         OpenConcern(effects, command.kind, request.concern()));
  GAVEL_RETURN_IF_ERROR(RequireOwner(effects, command.kind, *concern));
  const std::string id = concern->id();
  effects.Emit([&](v1::Event& event) {
    event.mutable_concern_withdrawn()->set_concern(id);
    event.mutable_concern_withdrawn()->set_text(request.text());
  });
  return Settled(effects);
}

absl::Status ChangeConcernSeverity(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::ChangeConcernSeverityRequest>();
  GAVEL_ASSIGN_OR_RETURN(const v1::Concern* concern,
                         OpenConcern(effects, command.kind, request.concern()));
  if (request.severity() == v1::Concern::SEVERITY_UNSPECIFIED) {
    return FieldError("severity", "must be BLOCKING, QUESTION or NOTE");
  }
  if (request.severity() == concern->severity()) return absl::OkStatus();
  const RoleSet roles = RolesOf(effects.situation(), command.actor);
  const bool downgrades = request.severity() > concern->severity();
  const bool facilitator_may = (roles & role::kFacilitator) != 0 && downgrades &&
                               !IsAuthor(effects.spec(), command.actor) &&
                               IsStaleConcern(effects.situation(), *concern);
  if (!facilitator_may) GAVEL_RETURN_IF_ERROR(RequireOwner(effects, command.kind, *concern));
  if (request.severity() == v1::Concern::SEVERITY_BLOCKING) {
    GAVEL_RETURN_IF_ERROR(CheckMayBlock(command, roles, request.criteria() + concern->criteria()));
  }
  const std::string id = concern->id();
  effects.Emit([&](v1::Event& event) {
    v1::ConcernSeverityChanged& changed = *event.mutable_concern_severity_changed();
    changed.set_concern(id);
    changed.set_severity(request.severity());
    changed.set_criteria(request.criteria());
    changed.set_text(request.text());
  });
  return Settled(effects);
}

absl::Status OverruleConcern(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::OverruleConcernRequest>();
  GAVEL_RETURN_IF_ERROR(RequireText("reason", request.reason(), "must say why, in a sentence"));
  GAVEL_ASSIGN_OR_RETURN(const v1::Concern* concern,
                         OpenConcern(effects, command.kind, request.concern()));
  const std::string id = concern->id();
  effects.Emit([&](v1::Event& event) {
    event.mutable_concern_overruled()->set_concern(id);
    event.mutable_concern_overruled()->set_reason(request.reason());
  });
  return Settled(effects);
}

absl::Status TakePosition(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::TakePositionRequest>();
  const v1::Spec& spec = effects.spec();
  if (request.kind() == v1::Position::KIND_UNSPECIFIED) {
    return FieldError("kind", "must be APPROVE, NO_OBJECTION, NEEDS_DISCUSSION, ABSTAIN or RECUSE");
  }
  if (request.revision() < 1 || request.revision() > spec.revisions_size()) {
    return FieldError("revision", fmt::format("must be 1 to {}, the revision that was read",
                                              spec.revisions_size()));
  }
  if (!request.conditions().empty() && request.kind() != v1::Position::KIND_APPROVE) {
    return FieldError("conditions", "go with an approval only");
  }
  effects.Emit([&](v1::Event& event) {
    v1::Position& position = *event.mutable_position_taken()->mutable_position();
    position.set_person(command.actor);
    position.set_revision(request.revision());
    position.set_kind(request.kind());
    position.set_text(request.text());
    *position.mutable_conditions() = request.conditions();
    *position.mutable_create_time() = ToProto(effects.now());
    position.set_stale(request.revision() < LatestMajorRevision(spec));
  });
  return Settled(effects);
}

absl::Status AssignReviewer(Effects& effects, const Command& command) {
  const std::string& person = command.As<v1::AssignReviewerRequest>().person();
  const v1::Spec& spec = effects.spec();
  GAVEL_RETURN_IF_ERROR(CheckPerson(effects, "person", person));
  if (IsAuthor(spec, person)) return OwnSpec(spec, command.kind, person);
  v1::ReviewersAssigned assigned;
  *assigned.mutable_gates() = spec.gates();
  *assigned.mutable_assignments() = spec.assignments();
  for (const v1::Assignment& existing : spec.assignments()) {
    if (existing.person() == person) return absl::OkStatus();
  }
  if (spec.assignments_size() >= kMaxReviewers) {
    return GuardFailed(spec, command.kind,
                       fmt::format("it has {} reviewers already", kMaxReviewers));
  }
  v1::Assignment& added = *assigned.add_assignments();
  added.set_person(person);
  added.set_reason("facilitator");
  *added.mutable_assign_time() = ToProto(effects.now());
  assigned.add_added(person);
  effects.Emit([&](v1::Event& event) { *event.mutable_reviewers_assigned() = assigned; });
  if (spec.review().window_closed()) GiveTime(effects);
  return absl::OkStatus();
}

absl::Status ReleaseReviewer(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::ReleaseReviewerRequest>();
  std::vector<std::string> known;
  for (const v1::Assignment& existing : effects.spec().assignments()) {
    known.push_back(existing.person());
  }
  if (std::find(known.begin(), known.end(), request.person()) == known.end()) {
    return PartNotFound(effects.spec(), "reviewer", request.person(), known);
  }
  effects.Emit([&](v1::Event& event) {
    event.mutable_reviewer_released()->set_person(request.person());
    event.mutable_reviewer_released()->set_reason(request.reason());
  });
  return Settled(effects);
}

absl::Status SetPresenter(Effects& effects, const Command& command) {
  const std::string& person = command.As<v1::SetPresenterRequest>().person();
  GAVEL_RETURN_IF_ERROR(CheckPerson(effects, "person", person));
  if (person == effects.spec().presenter()) return absl::OkStatus();
  effects.Emit([&](v1::Event& event) { event.mutable_presenter_set()->set_person(person); });
  return absl::OkStatus();
}

absl::Status SetNotBefore(Effects& effects, const Command& command) {
  const auto& request = command.As<v1::SetNotBeforeRequest>();
  if (request.has_not_before() && !IsValidDate(request.not_before())) {
    return FieldError("not_before", "must be a day that exists");
  }
  effects.Emit([&](v1::Event& event) {
    v1::NotBeforeSet& set = *event.mutable_not_before_set();
    if (request.has_not_before()) *set.mutable_not_before() = request.not_before();
  });
  return absl::OkStatus();
}

}  // namespace gavel
