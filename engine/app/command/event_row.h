// From a stored event back to the message that clients see.
#pragma once

#include "absl/status/statusor.h"
#include "engine/store/rows.h"
#include "gavel/v1/event.pb.h"

namespace gavel::app {

// The event with what the columns hold filled in. DATA_LOSS `STORE_CORRUPT` when the payload does
// not parse.
absl::StatusOr<v1::Event> EventFromRow(const store::EventRow& row);

}  // namespace gavel::app
