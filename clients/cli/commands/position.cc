// position, reviewers, away: what reviewers say, who they are, when they are not there.
#include "clients/cli/commands/commands.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/org_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

// A position belongs to the revision that was read: --revision, else the current one.
absl::StatusOr<int> RevisionRead(Session& session, const std::string& key) {
  if (!session.Has("revision")) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
    return CurrentRevision(spec);
  }
  const int number = std::atoi(session.Text("revision").c_str());
  if (number < 1) return UsageError("--revision is a number from 1");
  return number;
}

absl::StatusOr<ExitCode> RunPosition(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto kind,
                         ParseEnum<v1::Position::Kind>("position", session.Text("KIND")));
  if (session.Has("if") && kind != v1::Position::KIND_APPROVE) {
    return UsageError("--if goes with `approve`: yes, if the condition is met");
  }
  GAVEL_ASSIGN_OR_RETURN(const std::string text, session.Message());
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const int revision, RevisionRead(session, key));
  v1::TakePositionRequest request;
  request.set_spec(key);
  request.set_revision(revision);
  request.set_kind(kind);
  request.set_text(text);
  for (const std::string& condition : session.arguments().List("if")) {
    request.add_conditions(condition);
  }
  return SendAndShow<v1::TakePositionResponse>(session, request);
}

absl::StatusOr<ExitCode> RunReviewers(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  const std::string action = session.Text("ACTION");
  const std::string person = PersonId(session.Text("PERSON"));
  if (action == "add") {
    v1::AssignReviewerRequest request;
    request.set_spec(key);
    request.set_person(person);
    return SendAndShow<v1::AssignReviewerResponse>(session, request);
  }
  if (action == "presenter") {
    v1::SetPresenterRequest request;
    request.set_spec(key);
    request.set_person(person);
    return SendAndShow<v1::SetPresenterResponse>(session, request);
  }
  if (action != "release") {
    return UsageError(fmt::format("`{}` is not one of add, release, presenter", action));
  }
  v1::ReleaseReviewerRequest request;
  request.set_spec(key);
  request.set_person(person);
  request.set_reason(session.Text("message"));
  return SendAndShow<v1::ReleaseReviewerResponse>(session, request);
}

void ShowAbsences(Output& output, const v1::PersonRecord& record, const std::string& person) {
  output.Json(record);
  for (const v1::Absence& absence : record.absences()) {
    output.Note(fmt::format(
        "{} {} is away {} to {}{}", output.Styled(Tone::kGood, "✓"), Person(person),
        DateText(absence.from()), DateText(absence.to()),
        absence.delegate().empty() ? "" : ", " + Person(absence.delegate()) + " stands in"));
  }
}

absl::StatusOr<v1::GetPersonResponse> GetPerson(Session& session, const std::string& person) {
  v1::GetPersonRequest request;
  request.set_person(person);
  return session.Call<v1::GetPersonResponse>(request);
}

// Known absences that `added` replaces: the server keeps one for a day.
void ShowReplaced(Output& output, const v1::PersonRecord& before, const v1::Absence& added) {
  const std::string from = DateText(added.from());  // These sort as days do.
  const std::string to = DateText(added.to());
  for (const v1::Absence& known : before.absences()) {
    const bool same = DateText(known.from()) == from && DateText(known.to()) == to &&
                      known.delegate() == added.delegate();
    if (same || DateText(known.to()) < from || DateText(known.from()) > to) continue;
    output.Note(fmt::format("  Replaces {} to {}{}.", DateText(known.from()), DateText(known.to()),
                            known.delegate().empty() ? "" : ", " + Person(known.delegate())));
  }
}

// Without days: the absences that are known.
absl::StatusOr<ExitCode> RunAway(Session& session) {
  const std::string person = PersonId(session.Text("person"));
  if (!session.Has("DAYS")) {
    GAVEL_ASSIGN_OR_RETURN(const auto response, GetPerson(session, person));
    ShowAbsences(session.output(), response.record(), response.person().id());
    if (response.record().absences().empty()) {
      session.output().Note(fmt::format("No absence of {} is known. Say one: gavel away FROM..TO",
                                        Person(response.person().id())));
    }
    return ExitCode::kDone;
  }
  GAVEL_ASSIGN_OR_RETURN(const auto days, ParseDays(session.Text("DAYS")));
  GAVEL_ASSIGN_OR_RETURN(const auto before, GetPerson(session, person));
  v1::SetAbsenceRequest request;
  request.set_person(person);
  *request.mutable_absence()->mutable_from() = days.first;
  *request.mutable_absence()->mutable_to() = days.second;
  request.mutable_absence()->set_delegate(PersonId(session.Text("delegate")));
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::SetAbsenceResponse>(request));
  ShowAbsences(session.output(), response.person(), response.person().person());
  ShowReplaced(session.output(), before.record(), request.absence());
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> PositionCommands() {
  return {{"position",
           Group::kReview,
           "Say what I think of a revision.",
           {SpecPositional(),
            {"KIND", "approve, no-objection, needs-discussion, abstain or recuse", Arity::kOne,
             "approve|no-objection|needs-discussion|abstain|recuse"}},
           {MessageFlag("in your words"),
            FileFlag(),
            {"--if", "CONDITION", "yes, if this holds; becomes a condition of the approval",
             FlagKind::kList},
            {"--revision", "N", "the revision you read; the current one"},
            RequestIdFlag()},
           "gavel position MEDIA-42 approve --if \"the alert is in place before the launch\"",
           RunPosition}};
}

std::vector<Command> ReviewerCommands() {
  return {
      {"reviewers",
       Group::kReview,
       "Add or release a reviewer, or name the presenter.",
       {SpecPositional(),
        {"ACTION", "add, release or presenter", Arity::kOne, "add|release|presenter"},
        {"PERSON", "who"}},
       {MessageFlag("why, for a release")},
       "gavel reviewers MEDIA-42 add @dee",
       RunReviewers},
      {"away",
       Group::kReview,
       "Say when I am away, and who stands in; without DAYS, what is known.",
       {{"DAYS", "FROM..TO, first and last day: 2026-12-20..2027-01-03", Arity::kOptional}},
       {{"--delegate", "NAME", "who stands in"}, {"--person", "NAME", "for somebody else (admin)"}},
       "gavel away 2026-12-20..2027-01-03 --delegate bo",
       RunAway}};
}

}  // namespace gavel::cli
