#include "engine/app/command/event_row.h"

#include "engine/store/store_error.h"
#include "fmt/format.h"
#include "google/protobuf/util/time_util.h"

namespace gavel::app {

absl::StatusOr<v1::Event> EventFromRow(const store::EventRow& row) {
  v1::Event event;
  if (!event.ParseFromString(row.payload)) {
    return store::StoreCorrupt(fmt::format("the payload of event {} does not parse", row.seq));
  }
  event.set_seq(row.seq);
  event.set_command_seq(row.command_seq);
  event.set_subject(row.subject);
  event.set_subject_version(row.subject_version);
  *event.mutable_time() = google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(row.time_us);
  event.set_actor(row.actor);
  event.set_type(row.type);
  return event;
}

}  // namespace gavel::app
