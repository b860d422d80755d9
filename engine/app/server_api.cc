#include "engine/app/server_api.h"

#include "engine/app/command/access.h"
#include "engine/app/command/run_command.h"
#include "engine/app/timer/timer_source.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "rules/document.h"

namespace gavel::app {
namespace {

absl::Status CheckForward(absl::Time now, absl::Time target) {
  if (target >= now) return absl::OkStatus();
  return FieldError("to", "lies before the server's time; the clock only moves forward");
}

}  // namespace

absl::Status ServerApi::GetServerInfo(const Caller& caller, const v1::GetServerInfoRequest&,
                                      v1::GetServerInfoResponse* response) {
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment_.store.Read());
  response->set_version(environment_.version);
  response->set_log_id(view->head().log_id);
  response->set_seq(view->head().seq);
  *response->mutable_now() = ToProto(environment_.clock.Now());
  response->set_dev(environment_.dev_clock != nullptr);
  auto& limits = *response->mutable_limits();
  limits["body_bytes"] = static_cast<int64_t>(rules::kMaxBodyBytes);
  limits["front_matter_bytes"] = static_cast<int64_t>(rules::kMaxFrontMatterBytes);
  limits["text_chars"] = kTextCodePoints;
  limits["title_chars"] = 120;
  limits["list_entries"] = kListEntries;
  limits["page_size"] = 1000;
  response->add_features("search");
  response->add_features("watch");
  const LivePolicy policy = environment_.policy.live();
  for (const std::string& pin : policy.rules->Pins()) response->add_policy(pin);
  response->set_principal(caller.principal);
  return absl::OkStatus();
}

absl::Status ServerApi::AdvanceClock(const Caller& caller, const v1::AdvanceClockRequest& request,
                                     v1::AdvanceClockResponse* response) {
  GAVEL_RETURN_IF_ERROR(CheckCaller(environment_.policy.live(), caller, environment_.clock.Now()));
  if (environment_.dev_clock == nullptr) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "NOT_A_DEV_SERVER",
                     "The clock can be moved on a server started with --dev only.");
  }
  const absl::Time now = environment_.clock.Now();
  absl::Time target = now;
  if (request.has_to()) target = FromProto(request.to());
  if (request.has_by()) {
    target = now + absl::Seconds(request.by().seconds()) + absl::Nanoseconds(request.by().nanos());
  }
  GAVEL_RETURN_IF_ERROR(CheckForward(now, target));
  GAVEL_ASSIGN_OR_RETURN(const int fired, TimerSource(environment_).AdvanceTo(target));
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment_.store.Read());
  *response->mutable_now() = ToProto(environment_.clock.Now());
  response->set_timers_fired(fired);
  response->set_seq(view->head().seq);
  return absl::OkStatus();
}

}  // namespace gavel::app
