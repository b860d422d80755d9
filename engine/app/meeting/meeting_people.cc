#include "engine/app/meeting/meeting_people.h"

#include <algorithm>
#include <set>
#include <vector>

#include "engine/app/meeting/meeting_record.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::app {
namespace {

const v1::Area& AreaOf(const Workflow& workflow, const v1::Meeting& meeting) {
  return *workflow.organisation().FindArea(meeting.area());
}

absl::Status GiveRole(Workflow& workflow, const std::string& meeting, const std::string& role,
                      const std::string& person) {
  v1::AssignRoleRequest request;
  request.set_role(role);
  request.set_person(person);
  const MeetingCommand command{.kind = MeetingCommandKind::kAssignRole,
                               .actor = std::string(kSystemActor),
                               .request = &request};
  return workflow.RunMeeting(meeting, command);
}

}  // namespace

absl::StatusOr<bool> HasQuorum(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area& area = AreaOf(workflow, meeting);
  std::vector<std::string> people(area.facilitators().begin(), area.facilitators().end());
  people.push_back(area.sponsor());
  people.push_back(area.deputy());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day = DayOf(workflow, meeting);
  return std::any_of(people.begin(), people.end(), [&](const std::string& person) {
    return !person.empty() && !IsAway(absences, person, day);
  });
}

absl::Status GiveRoles(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  const v1::Area& area = AreaOf(workflow, meeting);
  std::vector<std::string> people(area.facilitators().begin(), area.facilitators().end());
  people.insert(people.end(), area.notetakers().begin(), area.notetakers().end());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day = DayOf(workflow, meeting);
  std::set<std::string> presenters;
  for (const v1::Slot& slot : meeting.slots()) presenters.insert(slot.presenter());

  std::string facilitator = meeting.facilitator();
  for (const std::string& person : area.facilitators()) {
    if (facilitator.empty() && !IsAway(absences, person, day)) facilitator = person;
  }
  std::string notetaker = meeting.notetaker();
  std::vector<std::string> takers(area.notetakers().begin(), area.notetakers().end());
  takers.insert(takers.end(), area.facilitators().begin(), area.facilitators().end());
  for (const std::string& person : takers) {
    const bool free = person != facilitator && presenters.count(person) == 0;
    if (notetaker.empty() && free && !IsAway(absences, person, day)) notetaker = person;
  }
  if (!facilitator.empty() && meeting.facilitator().empty()) {
    GAVEL_RETURN_IF_ERROR(GiveRole(workflow, id, "facilitator", facilitator));
  }
  if (!notetaker.empty() && meeting.notetaker().empty()) {
    GAVEL_RETURN_IF_ERROR(GiveRole(workflow, id, "notetaker", notetaker));
  }
  return absl::OkStatus();
}

}  // namespace gavel::app
