// Areas, people and absences.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "gavel/v1/org_service.pb.h"

namespace gavel::app {

// One method per RPC of `gavel.v1.OrgService`; the proto documents each. Thread-safe; blocks up to
// one group commit. `environment` must outlive it.
class OrgApi {
 public:
  explicit OrgApi(Environment& environment) : environment_(environment) {}

  absl::Status ListAreas(const Caller& caller, const v1::ListAreasRequest& request,
                         v1::ListAreasResponse* response);
  absl::Status GetArea(const Caller& caller, const v1::GetAreaRequest& request,
                       v1::GetAreaResponse* response);
  absl::Status ListPeople(const Caller& caller, const v1::ListPeopleRequest& request,
                          v1::ListPeopleResponse* response);
  absl::Status SetAbsence(const Caller& caller, const v1::SetAbsenceRequest& request,
                          v1::SetAbsenceResponse* response);
  absl::Status GetPerson(const Caller& caller, const v1::GetPersonRequest& request,
                         v1::GetPersonResponse* response);

 private:
  Environment& environment_;
};

}  // namespace gavel::app
