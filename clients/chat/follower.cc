#include "clients/chat/follower.h"

#include <algorithm>
#include <utility>

#include "clients/common/connection.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

constexpr absl::Duration kLongestReconnect = absl::Seconds(5);  // Idle() must be called in between.

bool IsCursorLost(const absl::Status& status) {
  const std::string reason = ErrorReasonOf(status);
  return reason == "CURSOR_COMPACTED" || reason == "CURSOR_FROM_OTHER_LOG" ||
         reason == "CURSOR_IN_FUTURE" || reason == "CURSOR_INVALID" ||
         reason == "CURSOR_FILTER_MISMATCH";
}

}  // namespace

Follower::Follower(std::string name, Source& source, Memory& memory, Waiter& waiter,
                   Options options)
    : name_(std::move(name)),
      source_(source),
      memory_(memory),
      waiter_(waiter),
      options_(std::move(options)) {}

absl::Status Follower::Run() {
  int failures = 0;
  bool begun = false;
  while (!waiter_.stopped()) {
    absl::Status status = begun ? absl::OkStatus() : Begin();
    begun = begun || status.ok();
    if (status.ok()) status = Tick();
    if (status.ok()) {
      if (IsDone()) return absl::OkStatus();
      const int64_t before = row_.position.through_seq;
      status = Follow();
      if (row_.position.through_seq != before) failures = 0;
    }
    if (IsCursorLost(status)) {
      spdlog::warn("{}: the cursor is of no use any more ({}); looking at everything again", name_,
                   ErrorReasonOf(status));
      status = Resync();
    }
    if (waiter_.stopped() || (status.ok() && IsDone())) return absl::OkStatus();
    GAVEL_RETURN_IF_ERROR(Pause(failures, status));
  }
  return absl::OkStatus();
}

// Waits before the next attempt; an error where there must be none.
absl::Status Follower::Pause(int& failures, const absl::Status& status) {
  if (status.ok()) return absl::OkStatus();  // The server ended the stream in good order.
  const bool may_pass = client::IsStreamRetryable(status) || absl::IsDeadlineExceeded(status);
  ++failures;
  if (gave_up_ || !may_pass || (options_.once && failures >= kOnceAttempts)) return status;
  spdlog::info("{}: {}", name_, std::string(status.message()));
  Idle();
  waiter_.Wait(std::min(RetryPause(failures, {}, options_.jitter), kLongestReconnect));
  return absl::OkStatus();
}

bool Follower::IsDone() const { return until_ && row_.position.through_seq >= *until_; }

absl::Status Follower::Begin() {
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  if (options_.once) until_ = head.seq;
  GAVEL_ASSIGN_OR_RETURN(const auto found, memory_.FindDestination(name_));
  if (!found) return Join(head);
  row_ = *found;
  const Position& position = row_.position;
  const bool same_log = position.log_id == head.log_id && position.through_seq <= head.seq;
  return same_log ? absl::OkStatus() : Resync();
}

absl::Status Follower::Follow() {
  absl::Status failed;
  const absl::Status status =
      source_.Watch(row_.position, [&](const v1::WatchEventsResponse& response) {
        Idle();
        failed = Apply(response, {row_.position.log_id, response.cursor(), response.through_seq()});
        if (failed.ok()) failed = Tick();
        return failed.ok() && !waiter_.stopped() && !IsDone();
      });
  return failed.ok() ? status : failed;
}

absl::Status Follower::Advance(const Position& position) {
  if (waiter_.stopped()) return absl::OkStatus();
  GAVEL_RETURN_IF_ERROR(memory_.Advance(name_, position));
  row_.position = position;
  return absl::OkStatus();
}

}  // namespace gavel::chat
