#include "clients/chat/deliverer.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "clients/chat/routes.h"
#include "engine/base/status_macros.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

// An attempt ends 15 s after its intent; the rest is for clocks that differ.
constexpr absl::Duration kClockSkew = absl::Minutes(10);
constexpr int kMostAttempts = 2;  // That may have arrived, where nobody can be asked.

bool IsAnnounced(const std::vector<Message>& messages, const Config& config,
                 const std::string& destination) {
  return std::any_of(messages.begin(), messages.end(), [&](const Message& message) {
    const bool decided =
        message.state == v1::Spec::STATE_APPROVED || message.state == v1::Spec::STATE_REJECTED;
    return decided && message.kind == MessageKind::kDecision &&
           RoutesOf(config, message).contains(destination);
  });
}

TimeWindow WindowOf(const std::optional<Intent>& intent) {
  if (!intent) return {absl::UnixEpoch(), absl::FromUnixSeconds(4'102'444'800)};  // Until 2100.
  return {intent->started - kClockSkew, intent->started + kClockSkew};
}

}  // namespace

struct Deliverer::Job {
  const Message& message;
  std::string fingerprint;
  PostOptions options;
  std::optional<MessageRow> shown;
  NextStep step = NextStep::kNothing;
  std::shared_ptr<const OpenHours> window;          // Of the route; nothing for any time.
  MessageRow::Fate fate = MessageRow::Fate::kLive;  // Of what this job posts.
};

Deliverer::Deliverer(const Config& config, const Destination& destination, Channel& channel,
                     Memory& memory, Waiter& waiter, Hooks hooks)
    : config_(config),
      destination_(destination),
      channel_(channel),
      memory_(memory),
      waiter_(waiter),
      hooks_(std::move(hooks)),
      holding_(config.coalesce) {}

absl::StatusOr<Outcome> Deliverer::Deliver(const std::vector<Message>& messages,
                                           const std::optional<Moment>& moment) {
  StepFacts facts;
  facts.abilities = channel_.abilities();
  facts.announced = IsAnnounced(messages, config_, destination_.name);
  GAVEL_ASSIGN_OR_RETURN(const bool urgent, HasUrgent(messages, facts));
  Outcome all;
  for (const Message& message : messages) {
    GAVEL_ASSIGN_OR_RETURN(Job job, Prepare(message, facts));
    if (job.step == NextStep::kNothing) continue;
    const absl::Time until = moment && !urgent ? HeldUntil(job, *moment) : absl::InfinitePast();
    if (moment && until > moment->now) {
      all.held_until = std::min(until, all.held_until.value_or(until));
      continue;
    }
    GAVEL_ASSIGN_OR_RETURN(const Outcome outcome, DeliverOne(job));
    if (outcome.kind != Outcome::Kind::kDone) return outcome;
    if (moment) holding_.Sent(message, moment->now);
  }
  return all;
}

absl::StatusOr<bool> Deliverer::HasUrgent(const std::vector<Message>& messages,
                                          const StepFacts& facts) {
  for (const Message& message : messages) {
    if (!IsUrgent(message.kind)) continue;
    GAVEL_ASSIGN_OR_RETURN(const Job job, Prepare(message, facts));
    if (job.step != NextStep::kNothing) return true;
  }
  return false;
}

absl::Time Deliverer::HeldUntil(const Job& job, const Moment& moment) const {
  absl::Time time = moment.now;
  if (job.message.kind == MessageKind::kCard) {
    // Waiting does not begin anew with every change, or a busy card would never be shown.
    time = std::max(time, moment.waiting_until.value_or(holding_.Gathered(job.message, time)));
  }
  return job.window == nullptr ? time : job.window->NextOpen(time);
}

absl::StatusOr<Deliverer::Job> Deliverer::Prepare(const Message& message, StepFacts facts) {
  Job job{message, FingerprintFor(message, facts.abilities), {}, {}, NextStep::kNothing, {}};
  const auto hits = RoutesOf(config_, message);
  const auto hit = hits.find(destination_.name);
  facts.routed = !message.recipient.empty() || hit != hits.end();
  if (hit != hits.end()) job.window = hit->second.window;
  if (!message.thread.empty() && facts.abilities.thread) {
    GAVEL_ASSIGN_OR_RETURN(const auto card, memory_.FindMessage(destination_.name, message.thread));
    if (card && card->fate == MessageRow::Fate::kMuted) return job;
    facts.has_card = card.has_value();
    if (card) job.options.thread = card->placement;
    const bool broadcast = hit != hits.end() && hit->second.broadcast;
    job.options.broadcast = card && broadcast && message.kind == MessageKind::kDecision;
  }
  GAVEL_ASSIGN_OR_RETURN(job.shown, memory_.FindMessage(destination_.name, message.group_key));
  job.step = DecideStep(message, job.shown, facts);
  return job;
}

absl::StatusOr<Outcome> Deliverer::DeliverOne(Job& job) {
  GAVEL_ASSIGN_OR_RETURN(const auto failure,
                         memory_.FindFailure(destination_.name, job.message.group_key));
  const absl::Time now = waiter_.Now();
  if (failure && failure->next > now) {
    return Outcome{Outcome::Kind::kLater, failure->next - now, failure->reason};
  }
  return job.step == NextStep::kPost ? Post(job) : Edit(job);
}

absl::StatusOr<Outcome> Deliverer::Post(Job& job) {
  const std::string& key = job.message.group_key;
  GAVEL_ASSIGN_OR_RETURN(const auto intent, memory_.FindIntent(destination_.name, key));
  Outcome outcome;
  GAVEL_RETURN_IF_ERROR(Settle(job, intent, outcome));
  if (outcome.kind != Outcome::Kind::kDone) return outcome;
  GAVEL_RETURN_IF_ERROR(memory_.PutIntent(
      destination_.name, key,
      {job.fingerprint, job.message.seq, waiter_.Now(), intent ? intent->attempts + 1 : 1}));
  if (!Pace()) return Outcome{Outcome::Kind::kStopped, {}, ""};
  SendResult result = channel_.Post(job.message, job.options);
  if (result.kind == SendResult::Kind::kGone && job.options.thread) {
    job.options.thread.reset();  // The card was deleted: the reply stands by itself.
    result = channel_.Post(job.message, job.options);
  }
  if (result.kind != SendResult::Kind::kDone) {
    if (result.kind != SendResult::Kind::kUnknown) {
      GAVEL_RETURN_IF_ERROR(TakeBack(job, intent));
    }
    return Fail(job, result);
  }
  if (hooks_.after_send) hooks_.after_send();
  spdlog::info("{}: posted {}", destination_.name, key);
  GAVEL_RETURN_IF_ERROR(Record(job, result.placement, job.fingerprint, job.fate));
  return Outcome{};
}

absl::Status Deliverer::TakeBack(const Job& job, const std::optional<Intent>& before) {
  const std::string& key = job.message.group_key;
  // Where nobody can be asked, an earlier attempt is still in doubt.
  const bool in_doubt = before && !channel_.abilities().find;
  return in_doubt ? memory_.PutIntent(destination_.name, key, *before)
                  : memory_.DropIntent(destination_.name, key);
}

absl::Status Deliverer::Settle(Job& job, const std::optional<Intent>& intent, Outcome& outcome) {
  const Abilities abilities = channel_.abilities();
  const bool can_ask = abilities.find;
  if (!intent && !(in_doubt_ && can_ask)) return absl::OkStatus();
  const bool may_repeat = job.message.kind == MessageKind::kDecision || abilities.recognisable;
  if (!can_ask && may_repeat && intent->attempts < kMostAttempts) {
    job.options.again = true;
    return absl::OkStatus();
  }
  std::optional<Placement> arrived = Placement{};
  if (can_ask) {
    GAVEL_ASSIGN_OR_RETURN(outcome, Ask(job, intent, arrived));
    if (outcome.kind != Outcome::Kind::kDone || !arrived) return absl::OkStatus();
  }
  spdlog::info("{}: {} had arrived", destination_.name, job.message.group_key);
  // What arrived may be older than what should be shown now: look again at once.
  outcome = {Outcome::Kind::kLater, absl::ZeroDuration(), "an earlier attempt had arrived"};
  return Record(job, *arrived, intent ? intent->fingerprint : "", job.fate);
}

absl::StatusOr<Outcome> Deliverer::Ask(const Job& job, const std::optional<Intent>& intent,
                                       std::optional<Placement>& arrived) {
  if (!Pace()) return Outcome{Outcome::Kind::kStopped, {}, ""};
  const FindResult found = channel_.Find(job.message, job.options, WindowOf(intent));
  arrived = found.placement;
  if (found.status.ok()) return Outcome{};
  // Unknown, not unsent: the intent must outlive a look-up that failed.
  SendResult result;
  result.kind = absl::IsPermissionDenied(found.status) ? SendResult::Kind::kRefused
                                                       : SendResult::Kind::kUnknown;
  result.retry_after = found.retry_after;
  result.reason = std::string(found.status.message());
  return Fail(job, result);
}

absl::StatusOr<Outcome> Deliverer::Edit(Job& job) {
  const std::string& key = job.message.group_key;
  GAVEL_ASSIGN_OR_RETURN(const auto failure, memory_.FindFailure(destination_.name, key));
  if (failure && waiter_.Now() - failure->first > kGiveUpEditAfter) {
    spdlog::warn("{}: gave up editing {}: {}", destination_.name, key, failure->reason);
    GAVEL_RETURN_IF_ERROR(memory_.DropFailure(destination_.name, key));
    return Outcome{};
  }
  if (!Pace()) return Outcome{Outcome::Kind::kStopped, {}, ""};
  const SendResult result = channel_.Edit(job.message, job.shown->placement);
  if (result.kind == SendResult::Kind::kDone) {
    if (hooks_.after_send) hooks_.after_send();
    spdlog::info("{}: edited {}", destination_.name, key);
    GAVEL_RETURN_IF_ERROR(Record(job, job.shown->placement, job.fingerprint, job.shown->fate));
    return Outcome{};
  }
  if (result.kind != SendResult::Kind::kGone) return Fail(job, result);
  if (job.message.kind == MessageKind::kCard && job.shown->fate == MessageRow::Fate::kLive) {
    job.fate = MessageRow::Fate::kReposted;
    return Post(job);
  }
  spdlog::info("{}: {} was deleted there; muted", destination_.name, key);
  GAVEL_RETURN_IF_ERROR(
      Record(job, job.shown->placement, job.fingerprint, MessageRow::Fate::kMuted));
  return Outcome{};
}

absl::StatusOr<Outcome> Deliverer::Fail(const Job& job, const SendResult& result) {
  const std::string& key = job.message.group_key;
  if (result.kind == SendResult::Kind::kRefused || result.kind == SendResult::Kind::kGone) {
    return Outcome{Outcome::Kind::kRefused, {}, result.reason};
  }
  GAVEL_ASSIGN_OR_RETURN(const auto before, memory_.FindFailure(destination_.name, key));
  const absl::Time now = waiter_.Now();
  Failure failure =
      before.value_or(Failure{.attempts = 0, .first = now, .next = now, .reason = ""});
  ++failure.attempts;
  failure.reason = result.reason;
  const absl::Duration pause = RetryPause(failure.attempts, result.retry_after, hooks_.jitter);
  failure.next = now + pause;
  GAVEL_RETURN_IF_ERROR(memory_.PutFailure(destination_.name, key, failure));
  spdlog::warn("{}: {} not sent ({}); again in {}", destination_.name, key, result.reason,
               absl::FormatDuration(absl::Trunc(pause, absl::Milliseconds(100))));
  return Outcome{Outcome::Kind::kLater, pause, result.reason};
}

absl::Status Deliverer::Record(const Job& job, const Placement& placement,
                               const std::string& fingerprint, MessageRow::Fate fate) {
  return memory_.Record(destination_.name, job.message.group_key,
                        {placement, fingerprint, job.message.seq, fate});
}

bool Deliverer::Pace() {
  const absl::Time now = waiter_.Now();
  if (now < next_send_ && !waiter_.Wait(next_send_ - now)) return false;
  if (destination_.per_minute > 0) {
    next_send_ = waiter_.Now() + absl::Minutes(1) / destination_.per_minute;
  }
  return !waiter_.stopped();
}

}  // namespace gavel::chat
