#include "engine/app/timer/timer_source.h"

#include <algorithm>

#include "engine/app/command/committer.h"
#include "engine/app/command/entity.h"
#include "engine/app/command/workflow.h"
#include "engine/app/insight/health_alerts.h"
#include "engine/app/meeting/meeting_calendar.h"
#include "engine/app/meeting/meeting_text.h"
#include "engine/app/meeting/meeting_week.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/policy/rule_expiry.h"
#include "engine/app/timer/person_messages.h"
#include "engine/app/verdict/intake.h"
#include "engine/app/verdict/verdict_nightly.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/deadlines.h"
#include "fmt/format.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

constexpr int64_t kBrakeLeast = 1000;
constexpr int64_t kBrakeMost = 9999;    // The store lists at most 10,000 at once.
constexpr int kBrakeShareDivisor = 20;  // 5 %.

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

absl::Status FireSpecTimer(Workflow& workflow, const std::string& key,
                           const store::TimerRow& timer) {
  Command command{.kind = CommandOfTimer(timer.kind), .actor = std::string(kSystemActor)};
  command.timer = timer.kind;
  command.due = absl::FromUnixMicros(timer.due_us);
  Judgement judgement;
  if (command.kind == CommandKind::kWake) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(key));
    GAVEL_ASSIGN_OR_RETURN(
        judgement, JudgeCurrent(workflow.transaction(), workflow.policy(), spec,
                                {.facts_unknown = spec.facts_unknown(), .wants = spec.wants()}));
    Bring(judgement, workflow.transaction(), command);
  }
  return workflow.RunSpec(key, command);
}

absl::Status PublishMinutes(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  MeetingCommand command{.kind = MeetingCommandKind::kPublishMinutes,
                         .actor = std::string(kSystemActor)};
  GAVEL_ASSIGN_OR_RETURN(*command.payload.mutable_minutes_published()->mutable_minutes(),
                         MinutesText(workflow, meeting));
  return workflow.RunMeeting(id, command);
}

absl::Status FireMeetingTimer(Workflow& workflow, const std::string& id, const std::string& kind) {
  if (kind == meeting_timer::kPreview) return RunPreview(workflow, id);
  if (kind == meeting_timer::kCutOff) return RunCutOff(workflow, id);
  if (kind == meeting_timer::kFreeze) return RunFreeze(workflow, id);
  if (kind == meeting_timer::kNotOpened) {
    return workflow.CancelMeeting(id, kSystemActor, nullptr, "NOT_OPENED");
  }
  if (kind == meeting_timer::kAutoClose) return workflow.CloseMeeting(id, kSystemActor);
  return PublishMinutes(workflow, id);
}

// Once a week: the weeks ahead, and whether those behind say that something is wrong.
absl::Status RunAreaWeek(Workflow& workflow, const std::string& area) {
  GAVEL_RETURN_IF_ERROR(PlanHorizon(workflow, area));
  return CheckHealth(workflow, area);
}

absl::Status Fire(Workflow& workflow, const store::TimerRow& timer) {
  const std::string& subject = timer.subject;
  if (StartsWith(subject, "specs/")) return FireSpecTimer(workflow, subject.substr(6), timer);
  if (StartsWith(subject, "meetings/")) {
    return FireMeetingTimer(workflow, subject.substr(9), timer.kind);
  }
  if (StartsWith(subject, "people/")) {
    return TellPerson(workflow, subject.substr(7), absl::FromUnixMicros(timer.due_us));
  }
  if (StartsWith(subject, "rules/")) return FireExpiryReminder(workflow, timer);
  if (StartsWith(subject, "areas/")) return RunAreaWeek(workflow, subject.substr(6));
  if (subject == kPolicySubject) return PlanReplay(workflow);
  return MakeError(absl::StatusCode::kInternal, "INTERNAL",
                   fmt::format("Timer {} has an unknown subject {}.", timer.kind, subject));
}

bool IsStored(const std::map<std::string, store::TimerRow>& timers, const store::TimerRow& timer) {
  const auto stored = timers.find(timer.kind);
  return stored != timers.end() && stored->second.generation == timer.generation &&
         stored->second.due_us == timer.due_us;
}

// Fires one timer as one command, unless a command cancelled or moved it while this one waited.
absl::StatusOr<std::string> FireOnce(Transaction& transaction, PolicyHolder& policies,
                                     const store::TimerRow& timer,
                                     std::vector<std::string>& alerts) {
  GAVEL_ASSIGN_OR_RETURN(const auto before, transaction.TimersOf(timer.subject));
  if (!IsStored(before, timer)) return std::string();
  GAVEL_ASSIGN_OR_RETURN(const LivePolicy policy, PolicyInForce(policies, transaction));
  Workflow workflow(transaction, policy);
  GAVEL_RETURN_IF_ERROR(Fire(workflow, timer));
  GAVEL_RETURN_IF_ERROR(workflow.Finish());
  alerts = workflow.alerts();
  GAVEL_ASSIGN_OR_RETURN(const auto after, transaction.TimersOf(timer.subject));
  if (!IsStored(after, timer)) return std::string();
  return MakeError(
      absl::StatusCode::kInternal, "INTERNAL",
      fmt::format("Timer {} of {} fired and is still due.", timer.kind, timer.subject));
}

// What cannot be replayed tonight is tried again tomorrow; timers go on.
void LogReplay(const absl::StatusOr<ReplayCount>& count) {
  if (!count.ok()) {
    spdlog::error("msg=\"stored verdicts could not be replayed\" error=\"{}\"",
                  count.status().ToString());
  } else {
    spdlog::info("msg=\"stored verdicts replayed\" verdicts={} different={}", count->replayed,
                 count->different);
  }
}

// The timer to fire next, read through a view that is given back at once.
absl::StatusOr<std::optional<store::TimerRow>> FirstDue(const store::Store& store, int64_t now_us) {
  GAVEL_ASSIGN_OR_RETURN(const auto view, store.Read());
  GAVEL_ASSIGN_OR_RETURN(const auto due, view->DueTimers(now_us, 1));
  if (due.empty()) return std::nullopt;
  return due.front();
}

}  // namespace

absl::StatusOr<std::optional<absl::Time>> TimerSource::NextDue() const {
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment_.store.Read());
  GAVEL_ASSIGN_OR_RETURN(const auto due_us, view->NextTimer());
  if (!due_us.has_value()) return std::nullopt;
  return absl::FromUnixMicros(*due_us);
}

absl::StatusOr<int> TimerSource::FireDue(absl::Time now, bool brake) {
  const int64_t now_us = absl::ToUnixMicros(now);
  if (brake) {
    GAVEL_ASSIGN_OR_RETURN(const auto view, environment_.store.Read());
    GAVEL_ASSIGN_OR_RETURN(const int64_t all, view->CountTimers());
    const int64_t most = std::clamp(all / kBrakeShareDivisor, kBrakeLeast, kBrakeMost);
    GAVEL_ASSIGN_OR_RETURN(const auto due, view->DueTimers(now_us, static_cast<int>(most) + 1));
    if (static_cast<int64_t>(due.size()) > most) {
      return MakeError(
          absl::StatusCode::kFailedPrecondition, "TIMER_BRAKE",
          fmt::format("More than {} timers are due at once; the clock may have jumped. "
                      "Nothing was fired.",
                      most),
          {{"due", std::to_string(due.size())}});
    }
  }
  int fired = 0;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const auto timer, FirstDue(environment_.store, now_us));
    if (!timer.has_value()) return fired;
    const CommandRequest request{.principal = std::string(kSystemActor),
                                 .method = "FireTimer",
                                 .request_id = "",
                                 .fingerprint = ""};
    std::vector<std::string> alerts;
    const auto fire = [&](Transaction& transaction) {
      return FireOnce(transaction, environment_.policy, *timer, alerts);
    };
    GAVEL_RETURN_IF_ERROR(environment_.committer.Execute(request, fire).status());
    LogAlerts(alerts);
    if (timer->subject == kPolicySubject && environment_.replay_nightly) {
      LogReplay(ReplayStored(environment_));
    }
    ++fired;
  }
}

absl::StatusOr<int> TimerSource::AdvanceTo(absl::Time target) {
  int fired = 0;
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const auto next, NextDue());
    if (!next.has_value() || *next > target) break;
    environment_.dev_clock->SetTime(*next);
    GAVEL_ASSIGN_OR_RETURN(const int now_fired, FireDue(*next, /*brake=*/false));
    fired += now_fired;
  }
  environment_.dev_clock->SetTime(target);
  return fired;
}

}  // namespace gavel::app
