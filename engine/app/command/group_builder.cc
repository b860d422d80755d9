#include "engine/app/command/group_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/app/command/service_errors.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// The stored answer to a repeated request; nothing where the request is new.
absl::StatusOr<std::optional<std::string>> StoredAnswer(const store::View& view,
                                                        const CommandRequest& request) {
  if (!IsIdempotent(request)) return std::nullopt;
  GAVEL_ASSIGN_OR_RETURN(std::optional<store::IdempotencyRow> row,
                         view.Idempotency(request.principal, request.method, request.request_id));
  if (!row.has_value()) return std::nullopt;
  if (row->fingerprint != request.fingerprint) {
    return RequestIdReused(request.method, request.request_id);
  }
  return std::move(row->response);
}

size_t EventBytes(const store::CommandRows& rows) {
  size_t bytes = 0;
  for (const auto& event : rows.events) bytes += event.payload.size();
  return bytes;
}

size_t RowBytes(const store::CommandRows& rows) {
  size_t bytes = EventBytes(rows);
  for (const auto& entity : rows.entities) bytes += entity.body.size();
  for (const auto& body : rows.bodies) bytes += body.bytes.size();
  for (const auto& search : rows.searches) bytes += search.text.size();
  return bytes;
}

absl::Status CheckLimits(const CommandRequest& request, const store::CommandRows& rows) {
  const size_t bytes = EventBytes(rows);
  if (rows.events.size() <= GroupBuilder::kCommandEventsMax &&
      bytes <= GroupBuilder::kCommandEventBytesMax) {
    return absl::OkStatus();
  }
  return MakeError(
      absl::StatusCode::kInternal, "INTERNAL",
      fmt::format("{} caused {} events of {} bytes; one command may cause {} of {}.",
                  request.method, rows.events.size(), bytes, GroupBuilder::kCommandEventsMax,
                  GroupBuilder::kCommandEventBytesMax),
      {{"method", request.method}});
}

}  // namespace

GroupBuilder::GroupBuilder(const store::View& view, absl::Time now)
    : view_(view),
      now_us_(absl::ToUnixMicros(now)),
      last_us_(view.head().last_commit_us),
      next_seq_(view.head().seq + 1) {}

Outcome GroupBuilder::Apply(const CommandRequest& request, const Work& work) {
  auto stored = StoredAnswer(view_, request);
  if (!stored.ok()) return {stored.status()};
  if (stored->has_value()) return {**std::move(stored)};
  auto answer = Run(request, work);
  // What was decided over earlier writes of the group is as uncertain as they are.
  return {std::move(answer), !group_.commands.empty()};
}

absl::StatusOr<std::string> GroupBuilder::Run(const CommandRequest& request, const Work& work) {
  // Strictly increasing from command to command, also when the wall clock steps back.
  last_us_ = std::max(last_us_ + 1, now_us_);
  Transaction transaction(view_, overlay_, next_seq_, absl::FromUnixMicros(last_us_));
  auto response = work(transaction);
  if (!response.ok() || request.validate_only) return response;
  if (transaction.empty() && !IsIdempotent(request)) return response;
  GAVEL_RETURN_IF_ERROR(Keep(request, *response, transaction));
  return response;
}

absl::Status GroupBuilder::Keep(const CommandRequest& request, const std::string& response,
                                Transaction& transaction) {
  store::CommandRows rows = transaction.TakeRows();
  GAVEL_RETURN_IF_ERROR(CheckLimits(request, rows));
  transaction.MergeInto(overlay_);
  rows.first_seq = next_seq_;
  rows.time_us = last_us_;
  if (IsIdempotent(request)) {
    rows.idempotency =
        store::IdempotencyRow{.principal = request.principal,
                              .method = request.method,
                              .request_id = request.request_id,
                              .fingerprint = request.fingerprint,
                              .first_seq = rows.events.empty() ? 0 : next_seq_,
                              .response = response,
                              .expires_us = last_us_ + absl::ToInt64Microseconds(kAnswerKept)};
  }
  next_seq_ += static_cast<int64_t>(rows.events.size());
  bytes_ += RowBytes(rows) + response.size();
  group_.commands.push_back(std::move(rows));
  return absl::OkStatus();
}

}  // namespace gavel::app
