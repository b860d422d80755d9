#include "engine/simulation/service.h"

#include "engine/app/bootstrap.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/event_row.h"
#include "engine/app/timer/timer_source.h"
#include "engine/base/status_macros.h"

namespace gavel::simulation {
namespace {

constexpr int kPage = 1000;

}  // namespace

Service::Service(absl::Time now)
    : store_("00000000-0000-4000-8000-000000000001"),
      clock_(now),
      committer_(store_, clock_, {}),
      environment_{.store = store_,
                   .committer = committer_,
                   .clock = clock_,
                   .policy = policy_,
                   .dev_clock = &clock_,
                   .version = "simulation",
                   .audit_key = "a simulation draws no audit",
                   .replay_nightly = false} {}

absl::StatusOr<std::unique_ptr<Service>> Service::Start(const v1::PolicySource& policy,
                                                        absl::Time now) {
  std::unique_ptr<Service> service(new Service(now));
  GAVEL_RETURN_IF_ERROR(app::Bootstrap(service->environment_, policy));
  return service;
}

absl::StatusOr<bool> Service::Advance(absl::Time target) {
  app::TimerSource timers(environment_);
  GAVEL_ASSIGN_OR_RETURN(const auto due, timers.NextDue());
  const bool fires = due.has_value() && *due <= target;
  clock_.SetTime(fires ? *due : target);
  if (fires) GAVEL_RETURN_IF_ERROR(timers.FireDue(*due, /*brake=*/false).status());
  return fires;
}

absl::StatusOr<v1::Spec> Service::GetSpec(std::string_view key) const {
  GAVEL_ASSIGN_OR_RETURN(const auto view, store_.Read());
  return app::ReadSpec(*view, key);
}

absl::StatusOr<v1::Meeting> Service::GetMeeting(std::string_view id) const {
  GAVEL_ASSIGN_OR_RETURN(const auto view, store_.Read());
  return app::ReadMeeting(*view, id);
}

absl::StatusOr<std::vector<v1::Event>> Service::NewEvents() {
  GAVEL_ASSIGN_OR_RETURN(const auto view, store_.Read());
  std::vector<v1::Event> events;
  while (read_ < view->head().seq) {
    GAVEL_ASSIGN_OR_RETURN(const auto rows, view->EventsAfter(read_, kPage));
    for (const store::EventRow& row : rows) {
      GAVEL_ASSIGN_OR_RETURN(v1::Event event, app::EventFromRow(row));
      events.push_back(std::move(event));
    }
    read_ = rows.back().seq;
  }
  return events;
}

}  // namespace gavel::simulation
