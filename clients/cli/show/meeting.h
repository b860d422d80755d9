// How a meeting is shown.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/session.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::cli {

absl::StatusOr<v1::Meeting> GetMeeting(Session& session, const std::string& id);

// The server's time, which is what timeboxes run by.
absl::StatusOr<absl::Time> ServerTime(Session& session);

// The screen of `gavel meeting show`. `now` is the server's.
void ShowMeeting(Output& output, const v1::Meeting& meeting, absl::Time now);

// The result of a command on a meeting: one line; the meeting under --json.
ExitCode ConfirmMeeting(Output& output, const v1::Meeting& meeting);

// The slot of `spec` that counts now; nullptr where it has none.
const v1::Slot* FindSlot(const v1::Meeting& meeting, const std::string& spec);

// Sends `request` and shows the meeting that the answer holds.
template <typename Response, typename Request>
absl::StatusOr<ExitCode> SendAndConfirm(Session& session, Request request) {
  const absl::StatusOr<Response> response = session.Call<Response>(std::move(request));
  if (!response.ok()) return response.status();
  return ConfirmMeeting(session.output(), response->meeting());
}

}  // namespace gavel::cli
