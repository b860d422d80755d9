// What the organisation lets a watcher see.
#pragma once

#include "engine/app/command/caller.h"
#include "engine/app/environment.h"
#include "engine/app/watch/watch_session.h"

namespace gavel::app {

// Members and services may watch (access.h). What happens to a draft is seen by those who may read
// the draft, and by everybody once it is submitted; an answer to the pulse by its giver only.
// `environment` must outlive the permission.
WatchPermission WatchPermissionOf(const Environment& environment, const Caller& caller);

}  // namespace gavel::app
