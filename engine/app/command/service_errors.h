// The refusals of the service itself: not of a rule of the domain, but of load, time and shutdown.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace gavel::app {

// RESOURCE_EXHAUSTED `OVERLOADED` with a RetryInfo of `retry_after`: `what` is full.
absl::Status Overloaded(std::string_view what, absl::Duration retry_after);

// UNAVAILABLE `SHUTTING_DOWN`: the same request succeeds on the restarted server.
absl::Status ShuttingDown();

// DEADLINE_EXCEEDED `DEADLINE`: the work was not started, so nothing happened.
absl::Status DeadlinePassed();

// INVALID_ARGUMENT `REQUEST_ID_REUSED`.
absl::Status RequestIdReused(std::string_view method, std::string_view request_id);

// UNAVAILABLE `SLOW_CONSUMER` (metadata `cursor`, base64): the watcher did not read in time.
absl::Status SlowConsumer(std::string_view cursor);

// The RetryInfo delay of `status` (positive), or zero.
absl::Duration RetryDelayOf(const absl::Status& status);

}  // namespace gavel::app
