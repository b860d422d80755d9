#include "engine/app/watch/watch_permission.h"

#include "engine/app/command/access.h"
#include "engine/app/command/entity.h"
#include "engine/base/status_macros.h"

namespace gavel::app {
namespace {

absl::StatusOr<bool> MaySeeEvent(const LivePolicy& policy, const Caller& caller,
                                 const store::View& view, const v1::Event& event) {
  // What waits for somebody is theirs to read, and the bots' to bring.
  if (event.has_person_notified() && event.person_notified().person() != caller.principal) {
    return policy.organisation->IsService(caller.principal);
  }
  // Answers to the pulse are read together, five people's at least, in health reports only.
  if (event.has_pulse_submitted()) return event.pulse_submitted().person() == caller.principal;
  if (event.to_state() != v1::Spec::STATE_DRAFT) return true;
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, ReadSpec(view, event.spec()));
  return MayRead(policy, caller, spec);
}

}  // namespace

WatchPermission WatchPermissionOf(const Environment& environment, const Caller& caller) {
  return {.may_watch =
              [&environment, caller] {
                return CheckCaller(environment.policy.live(), caller, environment.clock.Now());
              },
          .may_see =
              [&environment, caller](const store::View& view, const v1::Event& event) {
                return MaySeeEvent(environment.policy.live(), caller, view, event);
              }};
}

}  // namespace gavel::app
