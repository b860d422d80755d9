#include "clients/cli/follow.h"

#include "absl/time/clock.h"
#include "clients/cli/output/event_cursor.h"
#include "clients/cli/spec_argument.h"
#include "clients/common/backoff.h"
#include "engine/base/status_macros.h"

namespace gavel::cli {

absl::Status FollowSpec(Session& session, const v1::Spec& from,
                        const std::function<bool(const v1::Spec&)>& on_change,
                        absl::Time deadline) {
  GAVEL_ASSIGN_OR_RETURN(client::Connection * connection, session.connection());
  v1::WatchEventsRequest request;
  request.mutable_filter()->add_specs(from.key());
  request.set_after_seq(from.update_seq());
  absl::Status failed;
  client::Backoff backoff;
  const auto on_response = [&](const v1::WatchEventsResponse& response) {
    StartAt({response.cursor(), response.through_seq()}, request);
    backoff.Reset();
    if (response.events().empty()) return true;
    const auto spec = GetSpec(session, from.key());
    failed = spec.status();
    const bool more = spec.ok() && on_change(*spec);
    session.output().Flush();
    return more;
  };
  session.output().Flush();  // Whoever reads a pipe sees what is known while we wait for more.
  while (true) {
    const absl::Status status = connection->Watch(request, on_response, deadline);
    if (!failed.ok()) return failed;
    if (!client::IsStreamRetryable(status)) return status;
    absl::SleepFor(backoff.Next());
  }
}

ExitCode AnswerOf(v1::Spec::State state) {
  switch (state) {
    case v1::Spec::STATE_APPROVED:
    case v1::Spec::STATE_AUTO_APPROVED:
      return ExitCode::kDone;
    case v1::Spec::STATE_REJECTED:
    case v1::Spec::STATE_CHANGES_REQUESTED:
    case v1::Spec::STATE_WITHDRAWN:
    case v1::Spec::STATE_SUPERSEDED:
      return ExitCode::kNo;
    default:
      return ExitCode::kPending;
  }
}

std::optional<ExitCode> WaitAnswer(v1::Spec::State state, const std::set<v1::Spec::State>& wanted) {
  if (wanted.contains(state)) return ExitCode::kDone;
  const ExitCode answer = AnswerOf(state);
  if (answer == ExitCode::kPending) return std::nullopt;
  // Decided, but not as asked for: that state will not come by itself.
  return wanted.empty() ? answer : ExitCode::kNo;
}

}  // namespace gavel::cli
