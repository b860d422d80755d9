// Words for the lifecycle's enums, the same from the table to the screen.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace gavel {

// `ASYNC_REVIEW`.
std::string StateName(v1::Spec::State state);
std::string StateName(v1::Meeting::State state);
// `NEEDS_DISCUSSION`.
std::string ReasonName(v1::Queue::Reason reason);
// `MEETING`.
std::string AuthorityName(v1::Decision::Authority authority);
// `a rule`, `reviewers without a meeting`, `a meeting`, `the sponsor`.
std::string AuthorityText(v1::Decision::Authority authority);
// Why a spec needs the room, as a clause: `the rules ask for a meeting`.
std::string QueueReasonText(v1::Queue::Reason reason);
// `approved with conditions`.
std::string OutcomeText(v1::DecisionOutcome outcome);
// `approved with conditions`, `to be continued`, `back to its author`.
std::string OutcomeText(v1::Outcome::Kind kind);
// `needs discussion`.
std::string PositionText(v1::Position::Kind kind);
// `nothing needed the room`: why a meeting was cancelled, for people. What a person wrote stays.
std::string CancelReasonText(const std::string& reason);
// The stage a state belongs to.
v1::Spec::Stage StageOf(v1::Spec::State state);
// `QUEUED` and so on to the enum; STATE_UNSPECIFIED when unknown. Any case.
v1::Spec::State ParseState(const std::string& name);

google::protobuf::Timestamp ToProto(absl::Time time);
// The infinite past for an unset timestamp.
absl::Time FromProto(const google::protobuf::Timestamp& time);

}  // namespace gavel
