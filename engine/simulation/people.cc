#include "engine/simulation/people.h"

#include "engine/app/spec/spec_api.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "engine/simulation/policy.h"
#include "fmt/format.h"

namespace gavel::simulation {
namespace {

using app::SpecApi;

// As far ahead as a deferral may reach.
constexpr int kDeferDays = 360;

template <typename Request>
Request About(const std::string& key) {
  Request request;
  request.set_spec(key);
  return request;
}

// Facts stay unknown: the history holds titles and dates only.
std::string DocumentOf(std::string_view spec, std::string_view title, int revision) {
  return fmt::format("# {}\n\nRevision {} of {}.\n", title, revision, spec);
}

}  // namespace

absl::StatusOr<std::string> People::Register(std::string_view spec, std::string_view title) {
  v1::CreateSpecRequest request;
  request.set_repository("history");
  request.set_path(std::string(spec));
  request.set_content(DocumentOf(spec, title.empty() ? spec : title, 1));
  request.set_area(kArea);
  v1::CreateSpecResponse response;
  GAVEL_RETURN_IF_ERROR(service_.Call(&SpecApi::CreateSpec, kAuthor, request, response));
  return response.spec().key();
}

absl::Status People::Return(const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  const bool closed =
      spec.state() == v1::Spec::STATE_WITHDRAWN || spec.state() == v1::Spec::STATE_REJECTED;
  return closed ? Reopen(key) : absl::OkStatus();
}

absl::Status People::SendToRoom(const std::string& key) {
  GAVEL_RETURN_IF_ERROR(OpenReview(key));
  return TakePositions(key, v1::Position::KIND_NEEDS_DISCUSSION);
}

absl::Status People::Decide(const std::string& key, Verdict verdict) {
  GAVEL_RETURN_IF_ERROR(OpenReview(key));
  switch (verdict) {
    case Verdict::kRejected:
      return Reject(key);
    case Verdict::kReturnedForRevision:
    case Verdict::kNone:
      return ReturnToAuthor(key);
    case Verdict::kDeferred:
      return DeferAgain(key);
    case Verdict::kAccepted:
    case Verdict::kAcceptedWithChanges:
    case Verdict::kAcceptedProvisionally:
      break;
  }
  return TakePositions(key, v1::Position::KIND_APPROVE);
}

absl::Status People::Withdraw(const std::string& key, std::string_view reason) {
  auto request = About<v1::WithdrawSpecRequest>(key);
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  request.set_etag(spec.etag());
  request.set_reason(std::string(reason));
  v1::WithdrawSpecResponse response;
  return service_.Call(&SpecApi::WithdrawSpec, kAuthor, request, response);
}

absl::Status People::DeferAgain(const std::string& key) {
  auto request = About<v1::DeferSpecRequest>(key);
  *request.mutable_deferral() = DeferralOf();
  v1::DeferSpecResponse response;
  return service_.Call(&SpecApi::DeferSpec, kAuthor, request, response);
}

v1::Deferral People::DeferralOf() const {
  const absl::CivilDay wake = absl::ToCivilDay(service_.now(), absl::UTCTimeZone()) + kDeferDays;
  v1::Deferral deferral;
  deferral.set_waits_for("what the history waited for");
  deferral.set_person(kAuthor);
  deferral.mutable_wake_date()->set_year(static_cast<int>(wake.year()));
  deferral.mutable_wake_date()->set_month(wake.month());
  deferral.mutable_wake_date()->set_day(wake.day());
  return deferral;
}

absl::Status People::TakePositions(const std::string& key, v1::Position::Kind kind) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  auto request = About<v1::TakePositionRequest>(key);
  request.set_revision(spec.revisions_size());
  request.set_kind(kind);
  v1::TakePositionResponse response;
  for (const char* const reviewer : kReviewers) {
    GAVEL_RETURN_IF_ERROR(service_.Call(&SpecApi::TakePosition, reviewer, request, response));
  }
  return absl::OkStatus();
}

absl::Status People::MeetConditions(const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  const v1::Decision* const decision = InForce(spec);
  if (decision == nullptr) return absl::OkStatus();
  for (const v1::Condition& condition : decision->conditions()) {
    auto request = About<v1::MeetConditionRequest>(key);
    request.set_condition(condition.id());
    request.set_note("done");
    v1::MeetConditionResponse response;
    GAVEL_RETURN_IF_ERROR(service_.Call(&SpecApi::MeetCondition, kAuthor, request, response));
  }
  return absl::OkStatus();
}

absl::Status People::OpenReview(const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, service_.GetSpec(key));
  if (spec.state() == v1::Spec::STATE_WITHDRAWN || spec.state() == v1::Spec::STATE_REJECTED) {
    GAVEL_RETURN_IF_ERROR(Reopen(key));
    GAVEL_ASSIGN_OR_RETURN(spec, service_.GetSpec(key));
  }
  // A first draft has been seen by nobody; from then on each review is about a new revision.
  if (spec.review().has_first_open_time()) GAVEL_RETURN_IF_ERROR(Revise(key));
  if (spec.state() == v1::Spec::STATE_DRAFT) {
    auto request = About<v1::SubmitSpecRequest>(key);
    request.set_facts_unknown(true);
    v1::SubmitSpecResponse response;
    return service_.Call(&SpecApi::SubmitSpec, kAuthor, request, response);
  }
  if (spec.state() == v1::Spec::STATE_CHANGES_REQUESTED) {
    GAVEL_RETURN_IF_ERROR(ResolveBlocks(spec));
    auto request = About<v1::ResubmitSpecRequest>(key);
    request.set_facts_unknown(true);
    v1::ResubmitSpecResponse response;
    return service_.Call(&SpecApi::ResubmitSpec, kAuthor, request, response);
  }
  if (spec.state() == v1::Spec::STATE_DEFERRED) {
    v1::ResumeSpecResponse response;
    return service_.Call(&SpecApi::ResumeSpec, kAuthor, About<v1::ResumeSpecRequest>(key),
                         response);
  }
  return absl::OkStatus();  // A new revision of what was approved has opened it again.
}

absl::Status People::Revise(const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  v1::AddRevisionRequest request;
  request.set_spec(key);
  request.set_etag(spec.etag());
  request.set_content(DocumentOf(spec.path(), spec.title(), spec.revisions_size() + 1));
  request.set_kind(v1::Revision::KIND_MAJOR);
  v1::AddRevisionResponse response;
  return service_.Call(&SpecApi::AddRevision, kAuthor, request, response);
}

absl::Status People::ResolveBlocks(const v1::Spec& spec) {
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.has_close_time()) continue;
    auto request = About<v1::ResolveConcernRequest>(spec.key());
    request.set_concern(concern.id());
    request.set_text("the new revision does what was asked for");
    v1::ResolveConcernResponse response;
    GAVEL_RETURN_IF_ERROR(
        service_.Call(&SpecApi::ResolveConcern, concern.owner(), request, response));
  }
  return absl::OkStatus();
}

absl::Status People::Reopen(const std::string& key) {
  auto request = About<v1::ReopenSpecRequest>(key);
  request.set_what_is_new("its author takes it up again");
  v1::ReopenSpecResponse response;
  return service_.Call(&SpecApi::ReopenSpec, kAuthor, request, response);
}

// The sponsor rejects what a reviewer has asked about and the author has answered.
absl::Status People::Reject(const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, service_.GetSpec(key));
  auto raise = About<v1::RaiseConcernRequest>(key);
  raise.set_title(fmt::format("purpose, revision {}", spec.revisions_size()));
  raise.set_text("Is it wanted at all?");
  raise.set_severity(v1::Concern::SEVERITY_QUESTION);
  v1::RaiseConcernResponse raised;
  GAVEL_RETURN_IF_ERROR(service_.Call(&SpecApi::RaiseConcern, kReviewers[0], raise, raised));
  auto answer = About<v1::AnswerConcernRequest>(key);
  answer.set_concern(raise.title());
  answer.set_text("Its author thinks so.");
  v1::AnswerConcernResponse answered;
  GAVEL_RETURN_IF_ERROR(service_.Call(&SpecApi::AnswerConcern, kAuthor, answer, answered));
  auto request = About<v1::RejectSpecRequest>(key);
  request.set_rationale("The history rejects it.");
  request.set_etag(answered.spec().etag());
  v1::RejectSpecResponse response;
  return service_.Call(&SpecApi::RejectSpec, kSponsor, request, response);
}

absl::Status People::ReturnToAuthor(const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, service_.GetSpec(key));
  auto raise = About<v1::RaiseConcernRequest>(key);
  raise.set_title(fmt::format("changes, revision {}", spec.revisions_size()));
  raise.set_text("It cannot stay as it is.");
  raise.set_criteria("A new revision.");
  raise.set_severity(v1::Concern::SEVERITY_BLOCKING);
  v1::RaiseConcernResponse raised;
  GAVEL_RETURN_IF_ERROR(service_.Call(&SpecApi::RaiseConcern, kReviewers[0], raise, raised));
  auto request = About<v1::RequestChangesRequest>(key);
  request.set_reason("The history returns it for revision.");
  v1::RequestChangesResponse response;
  return service_.Call(&SpecApi::RequestChanges, kReviewers[0], request, response);
}

}  // namespace gavel::simulation
