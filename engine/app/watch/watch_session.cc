#include "engine/app/watch/watch_session.h"

#include <utility>

#include "engine/app/watch/cursor.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int64_t kFromNowOn = -1;

absl::StatusOr<int64_t> StartOf(const v1::WatchEventsRequest& request, const EventFilter& filter,
                                const store::Head& head, int64_t oldest_seq) {
  if (!request.cursor().empty()) {
    if (request.after_seq() != 0) {
      return FieldError("after_seq", "Send either `cursor` or `after_seq`, not both.");
    }
    GAVEL_ASSIGN_OR_RETURN(const Cursor cursor, DecodeCursor(request.cursor()));
    GAVEL_RETURN_IF_ERROR(CheckCursor(cursor, filter.hash(), head, oldest_seq));
    return cursor.seq;
  }
  if (request.after_seq() == kFromNowOn) return head.seq;
  if (request.after_seq() < kFromNowOn) {
    return FieldError("after_seq", fmt::format("{} is no position. Send a `seq`, 0 for the whole "
                                               "log, or -1 for what comes from now on.",
                                               request.after_seq()));
  }
  GAVEL_RETURN_IF_ERROR(CheckPosition(request.after_seq(), head, oldest_seq));
  return request.after_seq();
}

}  // namespace

absl::StatusOr<WatchSession> WatchSession::Open(const store::Store& store,
                                                const v1::WatchEventsRequest& request,
                                                WatchPermission permission,
                                                const Options& options) {
  GAVEL_RETURN_IF_ERROR(permission.may_watch());
  GAVEL_ASSIGN_OR_RETURN(EventFilter filter, EventFilter::Compile(request.filter()));
  GAVEL_ASSIGN_OR_RETURN(const auto view, store.Read());
  GAVEL_ASSIGN_OR_RETURN(const int64_t start,
                         StartOf(request, filter, view->head(), options.oldest_seq));
  return WatchSession(store, std::move(filter), std::move(permission), options, view->head().log_id,
                      start);
}

absl::StatusOr<std::optional<v1::WatchEventsResponse>> WatchSession::Step() {
  GAVEL_RETURN_IF_ERROR(permission_.may_watch());
  GAVEL_ASSIGN_OR_RETURN(const auto view, store_->Read());
  GAVEL_ASSIGN_OR_RETURN(
      WatchBatch batch, NextBatch(*view, filter_, permission_.may_see, read_seq_, options_.limits));
  read_seq_ = batch.through_seq;
  caught_up_ = batch.at_head;
  if (batch.events.empty()) return std::nullopt;
  return Respond(std::move(batch.events));
}

std::string WatchSession::cursor() const {
  return EncodeCursor({.log_id = log_id_, .seq = sent_seq_, .filter_hash = filter_.hash()});
}

v1::WatchEventsResponse WatchSession::Respond(std::vector<v1::Event> events) {
  v1::WatchEventsResponse response;
  response.set_from_seq_exclusive(sent_seq_);
  sent_seq_ = read_seq_;
  response.set_through_seq(sent_seq_);
  response.set_cursor(cursor());
  response.mutable_events()->Reserve(static_cast<int>(events.size()));
  for (auto& event : events) *response.add_events() = std::move(event);
  return response;
}

}  // namespace gavel::app
