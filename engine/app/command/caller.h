// Who calls, as the transport established it. The application never sees a token.
#pragma once

#include <string>

#include "absl/time/time.h"

namespace gavel::app {

struct Caller {
  std::string principal;  // Person or service id; empty for an anonymous call.
  absl::Time deadline = absl::InfiniteFuture();  // Work not started by then is never started.
};

}  // namespace gavel::app
