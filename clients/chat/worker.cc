#include "clients/chat/worker.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "clients/chat/card.h"
#include "clients/chat/meeting_post.h"
#include "clients/common/connection.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

// With `once`, a destination or server that is down is tried for so long.
constexpr int kOnceAttempts = 3;
constexpr absl::Duration kOncePatience = absl::Seconds(30);
constexpr absl::Duration kLongestReconnect = absl::Seconds(5);  // Idle() must be called in between.
// How far back a resync looks for packets and cancelled meetings.
constexpr absl::Duration kMeetingsBack = absl::Hours(24 * 7);

bool IsCursorLost(const absl::Status& status) {
  const std::string reason = ErrorReasonOf(status);
  return reason == "CURSOR_COMPACTED" || reason == "CURSOR_FROM_OTHER_LOG" ||
         reason == "CURSOR_IN_FUTURE" || reason == "CURSOR_INVALID" ||
         reason == "CURSOR_FILTER_MISMATCH";
}

bool IsOpen(const v1::Spec& spec) {
  return spec.state() != v1::Spec::STATE_DRAFT && StageOf(spec.state()) != v1::Spec::STAGE_DECISION;
}

bool IsDecidedSince(const v1::Spec& spec, absl::Time since) {
  return std::any_of(spec.decisions().begin(), spec.decisions().end(), [&](const auto& decision) {
    return FromProto(decision.decide_time()) >= since;
  });
}

// Packets and cancellations that happened at or after `since`, oldest first.
std::vector<MeetingPost> PostsSince(const std::vector<v1::Meeting>& meetings, absl::Time since) {
  std::vector<std::pair<absl::Time, MeetingPost>> posts;
  for (const v1::Meeting& meeting : meetings) {
    const bool cancelled = meeting.state() == v1::Meeting::STATE_CANCELLED;
    // Unset, and so before every `since`, where neither has happened.
    const absl::Time time = FromProto(cancelled ? meeting.close_time() : meeting.packet_time());
    if (time >= since) posts.push_back({time, {meeting.id(), cancelled}});
  }
  std::stable_sort(posts.begin(), posts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<MeetingPost> out;
  for (auto& [time, post] : posts) out.push_back(std::move(post));
  return out;
}

}  // namespace

Worker::Worker(const Config& config, const Destination& destination, Source& source,
               Channel& channel, Memory& memory, Waiter& waiter, Options options)
    : config_(config),
      destination_(destination),
      source_(source),
      channel_(channel),
      memory_(memory),
      waiter_(waiter),
      options_(std::move(options)),
      deliverer_(config, destination, channel, memory, waiter, options_.hooks) {}

absl::Status Worker::Run() {
  int failures = 0;
  bool begun = false;
  while (!waiter_.stopped()) {
    absl::Status status = begun ? absl::OkStatus() : Begin();
    begun = begun || status.ok();
    if (status.ok()) {
      if (IsDone()) return absl::OkStatus();
      const int64_t before = row_.position.through_seq;
      status = Follow();
      if (row_.position.through_seq != before) failures = 0;
    }
    if (IsCursorLost(status)) {
      spdlog::warn("{}: the cursor is of no use any more ({}); looking at everything again",
                   destination_.name, ErrorReasonOf(status));
      status = Resync();
    }
    if (waiter_.stopped() || (status.ok() && IsDone())) return absl::OkStatus();
    GAVEL_RETURN_IF_ERROR(Pause(failures, status));
  }
  return absl::OkStatus();
}

// Waits before the next attempt; an error where there must be none.
absl::Status Worker::Pause(int& failures, const absl::Status& status) {
  if (status.ok()) return absl::OkStatus();  // The server ended the stream in good order.
  const bool may_pass = client::IsStreamRetryable(status) || absl::IsDeadlineExceeded(status) ||
                        absl::IsResourceExhausted(status);
  ++failures;
  if (gave_up_ || !may_pass || (options_.once && failures >= kOnceAttempts)) return status;
  spdlog::info("{}: {}", destination_.name, std::string(status.message()));
  channel_.Idle();
  waiter_.Wait(std::min(RetryPause(failures, {}, options_.hooks.jitter), kLongestReconnect));
  return absl::OkStatus();
}

bool Worker::IsDone() const { return until_ && row_.position.through_seq >= *until_; }

absl::Status Worker::Begin() {
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  if (options_.once) until_ = head.seq;
  GAVEL_ASSIGN_OR_RETURN(const auto found, memory_.FindDestination(destination_.name));
  if (!found) {
    const bool whole_log = destination_.start == Destination::Start::kLog;
    row_.position.log_id = head.log_id;
    row_.since = whole_log ? absl::UnixEpoch() : head.now;
    if (!whole_log) return Resync();
    row_.doubt_until = head.seq;
    return memory_.PutDestination(destination_.name, row_);
  }
  row_ = *found;
  const Position& position = row_.position;
  const bool same_log = position.log_id == head.log_id && position.through_seq <= head.seq;
  return same_log ? absl::OkStatus() : Resync();
}

absl::Status Worker::Follow() {
  absl::Status failed;
  const absl::Status status =
      source_.Watch(row_.position, [&](const v1::WatchEventsResponse& response) {
        channel_.Idle();
        Affected affected;
        for (const v1::Event& event : response.events()) AddAffected(event, affected);
        failed = Apply(affected, {row_.position.log_id, response.cursor(), response.through_seq()});
        return failed.ok() && !waiter_.stopped() && !IsDone();
      });
  return failed.ok() ? status : failed;
}

absl::Status Worker::Resync() {
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  GAVEL_ASSIGN_OR_RETURN(const Listing listing, source_.ListSpecs());
  GAVEL_ASSIGN_OR_RETURN(const auto meetings, source_.ListMeetings(head.now - kMeetingsBack));
  Affected affected;
  for (const v1::Spec& spec : listing.specs) {
    GAVEL_ASSIGN_OR_RETURN(const auto card,
                           memory_.FindMessage(destination_.name, "card/" + spec.key()));
    if (card || IsOpen(spec) || IsDecidedSince(spec, row_.since)) affected.specs.insert(spec.key());
  }
  affected.posts = PostsSince(meetings, row_.since);
  // From now on no cursor is stored until all of it is shown: a crash starts the resync again.
  row_.position = {"", "", 0};
  row_.doubt_until = listing.seq;
  GAVEL_RETURN_IF_ERROR(memory_.PutDestination(destination_.name, row_));
  return Apply(affected, {head.log_id, "", listing.seq});
}

absl::Status Worker::Apply(const Affected& affected, const Position& position) {
  deliverer_.set_in_doubt(row_.position.through_seq < row_.doubt_until);
  Affected all = affected;
  GAVEL_RETURN_IF_ERROR(AddAgendas(affected, all));
  for (const std::string& key : all.specs) {
    GAVEL_RETURN_IF_ERROR(ApplySpec(key, position.through_seq));
  }
  for (const MeetingPost& post : all.posts) {
    GAVEL_RETURN_IF_ERROR(ApplyMeeting(post.meeting, post.cancelled));
  }
  if (waiter_.stopped()) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(memory_.Advance(destination_.name, position));
  row_.position = position;
  return absl::OkStatus();
}

// Cards name their place on an agenda, so a change of one item may change the others' cards.
absl::Status Worker::AddAgendas(const Affected& affected, Affected& all) {
  for (const std::string& id : affected.agendas) {
    const auto state = source_.Meeting(id);
    if (absl::IsNotFound(state.status())) continue;
    GAVEL_RETURN_IF_ERROR(state.status());
    for (const v1::Spec& spec : state->specs) all.specs.insert(spec.key());
  }
  return absl::OkStatus();
}

absl::Status Worker::ApplySpec(const std::string& key, int64_t min_seq) {
  return DeliverUntilDone([&]() -> absl::StatusOr<std::vector<Message>> {
    GAVEL_ASSIGN_OR_RETURN(const SpecState state, source_.Spec(key, min_seq));
    return SpecMessages(state, row_.since, config_.base_url);
  });
}

absl::Status Worker::ApplyMeeting(const std::string& id, bool cancelled) {
  return DeliverUntilDone([&]() -> absl::StatusOr<std::vector<Message>> {
    GAVEL_ASSIGN_OR_RETURN(const MeetingState state, source_.Meeting(id));
    const bool off = state.meeting.state() == v1::Meeting::STATE_CANCELLED;
    // A packet for a meeting that is off by now would only mislead.
    if (off != cancelled) return std::vector<Message>();
    return std::vector<Message>{off ? CancelledMessage(state, config_.base_url)
                                    : PacketMessage(state, config_.base_url)};
  });
}

absl::Status Worker::DeliverUntilDone(
    const std::function<absl::StatusOr<std::vector<Message>>()>& make) {
  int failures = 0;
  while (!waiter_.stopped()) {
    const auto messages = make();
    if (absl::IsNotFound(messages.status())) return absl::OkStatus();  // Of another log.
    GAVEL_RETURN_IF_ERROR(messages.status());
    GAVEL_ASSIGN_OR_RETURN(const Outcome outcome, deliverer_.Deliver(*messages));
    if (outcome.kind == Outcome::Kind::kDone || outcome.kind == Outcome::Kind::kStopped) break;
    if (outcome.kind == Outcome::Kind::kRefused) {
      return absl::PermissionDeniedError("refused for good: " + outcome.reason);
    }
    // No pause: something got done, only not all of it.
    failures = outcome.pause > absl::ZeroDuration() ? failures + 1 : 0;
    const bool patient = failures < kOnceAttempts && outcome.pause <= kOncePatience;
    gave_up_ = options_.once && !patient;
    if (gave_up_) {
      return absl::UnavailableError("cannot be reached: " + outcome.reason);
    }
    waiter_.Wait(outcome.pause);
  }
  return absl::OkStatus();
}

}  // namespace gavel::chat
