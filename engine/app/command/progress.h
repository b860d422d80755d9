// How a long query tells its caller how far it is.
#pragma once

#include <functional>

namespace gavel::app {

// Never blocks: what the caller has no room for is dropped. False where nobody waits for the answer
// any more; the query then ends with CANCELLED.
template <typename Response>
using Progress = std::function<bool(Response)>;

}  // namespace gavel::app
