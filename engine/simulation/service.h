// The whole application in memory, with a clock that only the simulation moves: what a server does,
// without the wire, the disk and the wall clock. Events are read back from its log.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/command/caller.h"
#include "engine/app/command/committer.h"
#include "engine/app/environment.h"
#include "engine/app/policy/policy_holder.h"
#include "engine/base/clock.h"
#include "engine/store/memory/memory_store.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/policy.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::simulation {

// Used on one thread at a time.
class Service {
 public:
  // Publishes the policy and plans the first meetings.
  //
  // Errors: INVALID_ARGUMENT `POLICY_INVALID`.
  static absl::StatusOr<std::unique_ptr<Service>> Start(const v1::PolicySource& policy,
                                                        absl::Time now);

  absl::Time now() const { return clock_.Now(); }

  // Moves the clock to the next timer that is due by `target` and fires everything due then; true.
  // Where there is none: to `target`; false. What follows from the events can be done in between.
  absl::StatusOr<bool> Advance(absl::Time target);

  // Calls a method as a person: `Call(&SpecApi::SubmitSpec, kAuthor, request, response)`.
  template <typename Api, typename Request, typename Response>
  absl::Status Call(absl::Status (Api::*method)(const app::Caller&, const Request&, Response*),
                    std::string_view person, const Request& request, Response& response) {
    Api api(environment_);
    return (api.*method)(app::Caller{.principal = std::string(person)}, request, &response);
  }

  absl::StatusOr<v1::Spec> GetSpec(std::string_view key) const;
  absl::StatusOr<v1::Meeting> GetMeeting(std::string_view id) const;

  // The events since the last call, in log order.
  absl::StatusOr<std::vector<v1::Event>> NewEvents();

 private:
  explicit Service(absl::Time now);

  store::MemoryStore store_;
  SettableClock clock_;
  app::Committer committer_;
  app::PolicyHolder policy_;
  app::Environment environment_;
  int64_t read_ = 0;  // `seq` of the newest event that was read.
};

}  // namespace gavel::simulation
