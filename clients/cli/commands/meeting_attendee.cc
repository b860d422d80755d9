// meeting read, pulse: what everybody does who comes to a meeting.
#include <charconv>

#include "clients/cli/commands/commands.h"
#include "clients/cli/meeting_argument.h"
#include "clients/cli/show/meeting.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> RunRead(Session& session) {
  v1::AcknowledgePacketRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  for (const std::string& text : session.arguments().List("SPEC")) {
    GAVEL_ASSIGN_OR_RETURN(*request.add_specs(), SpecKey(session, text));
  }
  return SendAndConfirm<v1::AcknowledgePacketResponse>(session, request);
}

// `--useful 4`.
absl::StatusOr<int> Answer(Session& session, const std::string& question) {
  const std::string text = session.Text(question);
  int answer = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), answer);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  if (whole && answer >= 1 && answer <= 5) return answer;
  return UsageError(
      fmt::format("--{} `{}` is not a number from 1 (no) to 5 (yes)", question, text));
}

absl::StatusOr<ExitCode> RunPulse(Session& session) {
  v1::SubmitPulseRequest request;
  v1::Pulse& pulse = *request.mutable_pulse();
  GAVEL_ASSIGN_OR_RETURN(const int useful, Answer(session, "useful"));
  GAVEL_ASSIGN_OR_RETURN(const int heard, Answer(session, "heard"));
  GAVEL_ASSIGN_OR_RETURN(const int on_topic, Answer(session, "on-topic"));
  pulse.set_useful(useful);
  pulse.set_heard(heard);
  pulse.set_on_topic(on_topic);
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  return SendAndConfirm<v1::SubmitPulseResponse>(session, request);
}

}  // namespace

std::vector<Command> MeetingAttendeeCommands() {
  const Positional meeting = MeetingPositional();
  const Flag area = MeetingAreaFlag();
  return {{"meeting read",
           Group::kMeeting,
           "Say that I have read the packet, or some specs of it.",
           {meeting, {"SPEC", "what I have read; without it, everything", Arity::kAny}},
           {area},
           "gavel meeting read 2026-12-10-media MEDIA-42",
           RunRead},
          {"meeting pulse",
           Group::kMeeting,
           "Answer how a meeting was, once; 1 is no, 5 is yes.",
           {meeting},
           {{"--useful", "1-5", "was it useful?", FlagKind::kText, true},
            {"--heard", "1-5", "were you heard?", FlagKind::kText, true},
            {"--on-topic", "1-5", "did it stay on topic?", FlagKind::kText, true},
            area},
           "gavel meeting pulse 2026-12-10-media --useful 4 --heard 5 --on-topic 4",
           RunPulse}};
}

}  // namespace gavel::cli
