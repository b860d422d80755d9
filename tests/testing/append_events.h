// Writes a log by hand, so that what reads it can be tested without the rest of the service.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/store/store.h"
#include "gavel/v1/event.pb.h"

namespace gavel::testing {

// An event without payload, as filters see it.
inline v1::Event MakeEvent(const std::string& type, const std::string& area,
                           const std::string& spec) {
  v1::Event event;
  event.set_type(type);
  event.set_area(area);
  event.set_spec(spec);
  event.set_subject("specs/" + spec);
  event.set_actor("ana");
  return event;
}

// Commits `events` as one command, one microsecond after the newest. Returns the head's `seq`.
inline int64_t AppendEvents(store::Store& store, const std::vector<v1::Event>& events) {
  const auto head = store.Commit([&](const store::View& view) -> absl::StatusOr<store::Group> {
    store::CommandRows rows;
    rows.first_seq = view.head().seq + 1;
    rows.time_us = view.head().last_commit_us + 1;
    for (const auto& event : events) {
      const int64_t seq = rows.first_seq + static_cast<int64_t>(rows.events.size());
      // Versions need only grow, so the number in the log will do.
      rows.events.push_back({.subject = event.subject(),
                             .subject_version = seq,
                             .type = event.type(),
                             .actor = event.actor(),
                             .payload = event.SerializeAsString()});
    }
    return store::Group{{std::move(rows)}};
  });
  EXPECT_TRUE(head.ok()) << head.status();
  return head.ok() ? head->seq : -1;
}

}  // namespace gavel::testing
