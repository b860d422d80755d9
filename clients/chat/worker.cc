#include "clients/chat/worker.h"

#include <algorithm>
#include <utility>

#include "clients/chat/post_messages.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

// How far back a resync looks for packets, minutes and cancelled meetings.
constexpr absl::Duration kMeetingsBack = absl::Hours(24 * 7);

bool IsOpen(const v1::Spec& spec) {
  return spec.state() != v1::Spec::STATE_DRAFT && StageOf(spec.state()) != v1::Spec::STAGE_DECISION;
}

bool IsDecidedSince(const v1::Spec& spec, absl::Time since) {
  return std::any_of(spec.decisions().begin(), spec.decisions().end(), [&](const auto& decision) {
    return FromProto(decision.decide_time()) >= since;
  });
}

// Packets, minutes and cancellations that happened at or after `since`, oldest first.
std::vector<Post> PostsSince(const std::vector<v1::Meeting>& meetings, absl::Time since) {
  std::vector<std::pair<absl::Time, Post>> posts;
  const auto add = [&](const google::protobuf::Timestamp& time, MessageKind kind,
                       const v1::Meeting& meeting) {
    // Unset, and so before every `since`, where it has not happened.
    if (FromProto(time) >= since)
      posts.push_back({FromProto(time), MeetingPost(kind, meeting.id())});
  };
  for (const v1::Meeting& meeting : meetings) {
    if (meeting.state() == v1::Meeting::STATE_CANCELLED) {
      add(meeting.close_time(), MessageKind::kCancelled, meeting);
    } else {
      add(meeting.packet_time(), MessageKind::kPacket, meeting);
      add(meeting.minutes_time(), MessageKind::kMinutes, meeting);
    }
  }
  std::stable_sort(posts.begin(), posts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Post> out;
  for (auto& [time, post] : posts) out.push_back(std::move(post));
  return out;
}

bool EverHolds(const Config& config, const Destination& destination) {
  const bool coalesces = config.coalesce.wait > absl::ZeroDuration() ||
                         config.coalesce.at_most_every > absl::ZeroDuration();
  return coalesces || std::any_of(config.routes.begin(), config.routes.end(), [&](const Route& r) {
           return r.window != nullptr &&
                  std::find(r.to.begin(), r.to.end(), destination.name) != r.to.end();
         });
}

// What waited under this key.
std::optional<Post> PostOf(const Waiting& waiting) {
  const auto kind = ParseKind(waiting.key.substr(0, waiting.key.find('/')));
  Post post;
  if (!kind || !post.event.ParseFromString(waiting.event)) return std::nullopt;
  post.kind = *kind;
  return post;
}

}  // namespace

Worker::Worker(const Config& config, const Destination& destination, Source& source,
               Channel& channel, Memory& memory, Waiter& waiter, Options options)
    : Follower(destination.name, source, memory, waiter, {options.once, options.hooks.jitter}),
      config_(config),
      destination_(destination),
      channel_(channel),
      deliverer_(config, destination, channel, memory, waiter, std::move(options.hooks)),
      holds_(EverHolds(config, destination)) {}

absl::Status Worker::Join(const LogHead& head) {
  const bool whole_log = destination_.start == Destination::Start::kLog;
  row_.position.log_id = head.log_id;
  row_.since = whole_log ? absl::UnixEpoch() : head.now;
  if (!whole_log) return Resync();
  row_.doubt_until = head.seq;
  return memory_.PutDestination(name_, row_);
}

absl::Status Worker::Resync() {
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  GAVEL_ASSIGN_OR_RETURN(const Listing listing, source_.ListSpecs());
  GAVEL_ASSIGN_OR_RETURN(const auto meetings, source_.ListMeetings(head.now - kMeetingsBack));
  Affected affected;
  for (const v1::Spec& spec : listing.specs) {
    GAVEL_ASSIGN_OR_RETURN(const auto card, memory_.FindMessage(name_, "card/" + spec.key()));
    if (card || IsOpen(spec) || IsDecidedSince(spec, row_.since)) affected.specs.insert(spec.key());
  }
  affected.posts = PostsSince(meetings, row_.since);
  // From now on no cursor is stored until all of it is shown: a crash starts the resync again.
  row_.position = {"", "", 0};
  row_.doubt_until = listing.seq;
  GAVEL_RETURN_IF_ERROR(memory_.PutDestination(name_, row_));
  return ApplyAll(affected, {head.log_id, "", listing.seq});
}

absl::Status Worker::Apply(const v1::WatchEventsResponse& response, const Position& position) {
  Affected affected;
  for (const v1::Event& event : response.events()) AddAffected(event, affected);
  return ApplyAll(affected, position);
}

absl::Status Worker::ApplyAll(const Affected& affected, const Position& position) {
  deliverer_.set_in_doubt(row_.position.through_seq < row_.doubt_until);
  Affected all = affected;
  GAVEL_RETURN_IF_ERROR(AddAgendas(affected, all));
  if (!all.specs.empty() || !all.posts.empty()) GAVEL_RETURN_IF_ERROR(LookAtClock());
  for (const std::string& key : all.specs) {
    GAVEL_RETURN_IF_ERROR(Handle(CardPost(key), position.through_seq));
  }
  for (const Post& post : all.posts) {
    GAVEL_RETURN_IF_ERROR(Handle(post, position.through_seq));
  }
  return Advance(position);
}

absl::Status Worker::LookAtClock() {
  if (!holds_) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  now_ = head.now;
  if (listed_) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const auto rows, memory_.ListWaiting(name_));
  for (const Waiting& row : rows) waiting_[row.key] = row;
  listed_ = true;
  return absl::OkStatus();
}

absl::Status Worker::Tick() {
  if (!holds_ || (listed_ && waiting_.empty())) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(LookAtClock());
  std::vector<Waiting> due;
  for (const auto& [key, row] : waiting_) {
    if (row.not_before <= *now_) due.push_back(row);
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const Waiting& a, const Waiting& b) { return a.not_before < b.not_before; });
  for (const Waiting& row : due) {
    const std::optional<Post> post = PostOf(row);
    if (!post) return absl::InternalError("the bot's state file: cannot read what waits");
    GAVEL_RETURN_IF_ERROR(Handle(*post, row_.position.through_seq));
  }
  return absl::OkStatus();
}

// Cards name their place on an agenda, so a change of one item may change the others' cards.
absl::Status Worker::AddAgendas(const Affected& affected, Affected& all) {
  for (const std::string& id : affected.agendas) {
    const auto state = source_.Meeting(id, MessageKind::kCard);
    if (absl::IsNotFound(state.status())) continue;
    GAVEL_RETURN_IF_ERROR(state.status());
    for (const v1::Spec& spec : state->specs) all.specs.insert(spec.key());
  }
  return absl::OkStatus();
}

absl::Status Worker::Handle(const Post& post, int64_t min_seq) {
  std::optional<Moment> moment;
  if (now_) {
    moment = Moment{.now = *now_, .waiting_until = {}};
    const auto row = waiting_.find(PostKey(post));
    if (row != waiting_.end()) moment->waiting_until = row->second.not_before;
  }
  GAVEL_ASSIGN_OR_RETURN(
      const auto until, DeliverUntilDone(moment, [&] {
        return MessagesOf(source_, post, min_seq, {row_.since, config_.base_url});
      }));
  return waiter_.stopped() ? absl::OkStatus() : SetWaiting(post, until);
}

absl::Status Worker::SetWaiting(const Post& post, const std::optional<absl::Time>& until) {
  const std::string key = PostKey(post);
  if (!until) {
    return waiting_.erase(key) > 0 ? memory_.DropWaiting(name_, key) : absl::OkStatus();
  }
  const Waiting row{key, *until, post.event.SerializeAsString()};
  waiting_[key] = row;
  return memory_.PutWaiting(name_, row);
}

absl::StatusOr<std::optional<absl::Time>> Worker::DeliverUntilDone(
    const std::optional<Moment>& moment, const Make& make) {
  int failures = 0;
  while (!waiter_.stopped()) {
    const auto messages = make();
    if (absl::IsNotFound(messages.status())) break;  // Of another log.
    GAVEL_RETURN_IF_ERROR(messages.status());
    GAVEL_ASSIGN_OR_RETURN(const Outcome outcome, deliverer_.Deliver(*messages, moment));
    if (outcome.kind == Outcome::Kind::kDone) return outcome.held_until;
    if (outcome.kind == Outcome::Kind::kStopped) break;
    if (outcome.kind == Outcome::Kind::kRefused) {
      return absl::PermissionDeniedError("refused for good: " + outcome.reason);
    }
    // No pause: something got done, only not all of it.
    failures = outcome.pause > absl::ZeroDuration() ? failures + 1 : 0;
    const bool patient = failures < kOnceAttempts && outcome.pause <= kOncePatience;
    gave_up_ = options_.once && !patient;
    if (gave_up_) return absl::UnavailableError("cannot be reached: " + outcome.reason);
    waiter_.Wait(outcome.pause);
  }
  return std::optional<absl::Time>();
}

}  // namespace gavel::chat
