#include "engine/app/org_api.h"

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/timer/person_messages.h"
#include "engine/base/contains.h"
#include "engine/base/error.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/time_text.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::app {
namespace {

absl::Status PersonNotFound(std::string_view person) {
  return MakeError(absl::StatusCode::kNotFound, "PERSON_NOT_FOUND",
                   fmt::format("There is no person `{}`.", person),
                   {{"person", std::string(person)}});
}

absl::Status CheckAbsence(const Organisation& organisation, const std::string& person,
                          const v1::Absence& absence, absl::Time now) {
  if (!IsValidDate(absence.from())) return FieldError("absence.from", "must be a day that exists");
  if (!IsValidDate(absence.to())) return FieldError("absence.to", "must be a day that exists");
  if (ToCivilDay(absence.to()) < ToCivilDay(absence.from())) {
    return FieldError("absence.to", "must not lie before `from`");
  }
  if (absence.delegate().empty()) return absl::OkStatus();
  if (absence.delegate() == person) {
    return FieldError("absence.delegate", "must be somebody else");
  }
  if (!organisation.IsPresent(absence.delegate(), now)) return PersonNotFound(absence.delegate());
  return absl::OkStatus();
}

absl::Status DelegationCycle(const std::vector<std::string>& chain, const v1::Absence& absence) {
  const std::string days = fmt::format("{} to {}", DayYearText(ToCivilDay(absence.from())),
                                       DayYearText(ToCivilDay(absence.to())));
  return MakeInvalid(
      "DELEGATION_CYCLE",
      fmt::format("absence.delegate: from {} everybody would stand in for the next: @{}, @{}. Name "
                  "somebody who is there.",
                  days, fmt::join(chain, ", @"), absence.delegate()),
      {{"absence.delegate", "must not lead back to the person", ""}},
      {{"person", chain.front()}, {"delegate", chain.size() > 1 ? chain[1] : absence.delegate()}});
}

// Following delegates from one to the next over days on which all of them are away must not come
// back. `chain` are those followed so far; the last of them is away by `absence`.
absl::Status CheckNoCycle(const Workflow& workflow, const std::vector<std::string>& chain,
                          const v1::Absence& absence) {
  if (absence.delegate().empty()) return absl::OkStatus();
  if (Contains(chain, absence.delegate())) return DelegationCycle(chain, absence);
  GAVEL_ASSIGN_OR_RETURN(const v1::PersonRecord record,
                         workflow.transaction().Person(absence.delegate()));
  std::vector<std::string> longer = chain;
  longer.push_back(absence.delegate());
  for (v1::Absence next : record.absences()) {
    const absl::CivilDay from = std::max(ToCivilDay(next.from()), ToCivilDay(absence.from()));
    const absl::CivilDay to = std::min(ToCivilDay(next.to()), ToCivilDay(absence.to()));
    if (from > to) continue;
    *next.mutable_from() = ToDate(from);
    *next.mutable_to() = ToDate(to);
    GAVEL_RETURN_IF_ERROR(CheckNoCycle(workflow, longer, next));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status OrgApi::ListAreas(const Caller& caller, const v1::ListAreasRequest&,
                               v1::ListAreasResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    *response->mutable_areas() = workflow.organisation().org().areas();
    return absl::OkStatus();
  });
}

absl::Status OrgApi::GetArea(const Caller& caller, const v1::GetAreaRequest& request,
                             v1::GetAreaResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    const v1::Area* area = workflow.organisation().FindArea(request.area());
    if (area == nullptr) return AreaNotFound(request.area());
    *response->mutable_area() = *area;
    *response->mutable_calendar() =
        *workflow.organisation().FindCalendar(area->settings().calendar());
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_planning(),
                           workflow.transaction().Planning(request.area()));
    return absl::OkStatus();
  });
}

absl::Status OrgApi::ListPeople(const Caller& caller, const v1::ListPeopleRequest& request,
                                v1::ListPeopleResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    if (!request.email().empty()) {
      const v1::Person* person = workflow.policy().rules->FindPersonByEmail(request.email());
      if (person != nullptr) *response->add_people() = *person;
      return absl::OkStatus();
    }
    *response->mutable_people() = workflow.organisation().org().people();
    return absl::OkStatus();
  });
}

absl::Status OrgApi::GetPerson(const Caller& caller, const v1::GetPersonRequest& request,
                               v1::GetPersonResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    const std::string id = request.person().empty() ? caller.principal : request.person();
    const v1::Person* person = workflow.organisation().FindPerson(id);
    if (person == nullptr) return PersonNotFound(id);
    *response->mutable_person() = *person;
    GAVEL_ASSIGN_OR_RETURN(*response->mutable_record(), workflow.transaction().Person(id));
    for (const v1::Area& area : workflow.organisation().org().areas()) {
      const auto add = [&](bool has, std::string_view role) {
        if (has) response->add_roles(fmt::format("{} of {}", role, area.id()));
      };
      add(area.sponsor() == id, "sponsor");
      add(area.deputy() == id, "deputy");
      add(Contains(area.facilitators(), id), "facilitator");
      add(Contains(area.notetakers(), id), "notetaker");
      add(Contains(workflow.organisation().ReviewersOf(area.id(), workflow.now()), id), "reviewer");
    }
    if (workflow.organisation().IsAuditor(id)) response->add_roles("auditor");
    if (workflow.organisation().IsAdmin(id)) response->add_roles("admin");
    return absl::OkStatus();
  });
}

absl::Status OrgApi::SetAbsence(const Caller& caller, const v1::SetAbsenceRequest& request,
                                v1::SetAbsenceResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::SetAbsenceResponse& answer) -> absl::Status {
        const Organisation& organisation = workflow.organisation();
        const std::string person = request.person().empty() ? caller.principal : request.person();
        if (!organisation.IsPresent(person, workflow.now())) return PersonNotFound(person);
        if (person != caller.principal && !organisation.IsAdmin(caller.principal)) {
          return MakeError(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                           fmt::format("Only @{} or an admin may say when they are away.", person),
                           {{"principal", caller.principal}, {"needs", "admin"}});
        }
        GAVEL_RETURN_IF_ERROR(
            CheckAbsence(organisation, person, request.absence(), workflow.now()));
        GAVEL_RETURN_IF_ERROR(CheckNoCycle(workflow, {person}, request.absence()));
        v1::Event event;
        event.set_subject(PersonSubject(person));
        event.set_actor(caller.principal);
        *event.mutable_absence_set()->mutable_absence() = request.absence();
        GAVEL_RETURN_IF_ERROR(workflow.transaction().Append(std::move(event)));
        GAVEL_RETURN_IF_ERROR(WakeForPerson(workflow, person));
        GAVEL_ASSIGN_OR_RETURN(*answer.mutable_person(), workflow.transaction().Person(person));
        answer.set_seq(NewestSeq(workflow));
        return absl::OkStatus();
      });
}

}  // namespace gavel::app
