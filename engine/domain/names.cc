#include "engine/domain/names.h"

#include <algorithm>
#include <cctype>

namespace gavel {
namespace {

std::string WithoutPrefix(const std::string& name, std::string_view prefix) {
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

// `KIND_NEEDS_DISCUSSION` to `needs discussion`.
std::string Words(const std::string& name, std::string_view prefix) {
  std::string words = WithoutPrefix(name, prefix);
  std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) {
    return c == '_' ? ' ' : static_cast<char>(std::tolower(c));
  });
  return words;
}

}  // namespace

std::string StateName(v1::Spec::State state) {
  return WithoutPrefix(v1::Spec::State_Name(state), "STATE_");
}

std::string StateName(v1::Meeting::State state) {
  return WithoutPrefix(v1::Meeting::State_Name(state), "STATE_");
}

std::string ReasonName(v1::Queue::Reason reason) {
  return WithoutPrefix(v1::Queue::Reason_Name(reason), "REASON_");
}

std::string AuthorityName(v1::Decision::Authority authority) {
  return WithoutPrefix(v1::Decision::Authority_Name(authority), "AUTHORITY_");
}

std::string AuthorityText(v1::Decision::Authority authority) {
  switch (authority) {
    case v1::Decision::AUTHORITY_RULE:
      return "a rule";
    case v1::Decision::AUTHORITY_ASYNC:
      return "reviewers without a meeting";
    case v1::Decision::AUTHORITY_MEETING:
      return "a meeting";
    case v1::Decision::AUTHORITY_SPONSOR:
      return "the sponsor";
    default:
      return "nobody";
  }
}

std::string QueueReasonText(v1::Queue::Reason reason) {
  switch (reason) {
    case v1::Queue::REASON_VERDICT:
      return "the rules ask for a meeting";
    case v1::Queue::REASON_BLOCK_OPEN:
      return "an answered blocking concern is still open";
    case v1::Queue::REASON_NEEDS_DISCUSSION:
      return "reviewers want to discuss it";
    case v1::Queue::REASON_NO_QUORUM:
      return "approvals are missing";
    case v1::Queue::REASON_REQUESTED:
      return "a meeting was asked for";
    case v1::Queue::REASON_CONTINUED:
      return "the last meeting did not finish it";
    case v1::Queue::REASON_CONTESTED:
      return "the decision is contested";
    default:
      return "no reason is recorded";
  }
}

std::string OutcomeText(v1::DecisionOutcome outcome) {
  return Words(v1::DecisionOutcome_Name(outcome), "DECISION_OUTCOME_");
}

std::string OutcomeText(v1::Outcome::Kind kind) {
  switch (kind) {
    case v1::Outcome::KIND_APPROVE:
      return "approved";
    case v1::Outcome::KIND_APPROVE_WITH_CONDITIONS:
      return "approved with conditions";
    case v1::Outcome::KIND_REJECT:
      return "rejected";
    case v1::Outcome::KIND_CONTINUE:
      return "to be continued";
    case v1::Outcome::KIND_REVISE:
      return "back to its author";
    case v1::Outcome::KIND_DEFER:
      return "deferred";
    default:
      return "none";
  }
}

std::string PositionText(v1::Position::Kind kind) {
  return Words(v1::Position::Kind_Name(kind), "KIND_");
}

std::string CancelReasonText(const std::string& reason) {
  if (reason == "NO_ITEMS") return "nothing needed the room";
  if (reason == "LATE") return "its last item went after the agenda was sent out";
  if (reason == "QUORUM") return "nobody could be there to run it and to answer for it";
  if (reason == "NOT_OPENED") return "nobody opened it";
  if (reason == "SKIPPED") return "its agenda could not be sent out in time";
  if (reason == "CALENDAR_CHANGED") return "the calendar of the area changed";
  return reason;
}

v1::Spec::Stage StageOf(v1::Spec::State state) {
  switch (state) {
    case v1::Spec::STATE_DRAFT:
      return v1::Spec::STAGE_SUBMIT;
    case v1::Spec::STATE_ASYNC_REVIEW:
    case v1::Spec::STATE_CHANGES_REQUESTED:
      return v1::Spec::STAGE_ASYNC_REVIEW;
    case v1::Spec::STATE_QUEUED:
    case v1::Spec::STATE_SCHEDULED:
    case v1::Spec::STATE_IN_MEETING:
      return v1::Spec::STAGE_SYNC_REVIEW;
    case v1::Spec::STATE_AUTO_APPROVED:
    case v1::Spec::STATE_APPROVED:
    case v1::Spec::STATE_REJECTED:
    case v1::Spec::STATE_DEFERRED:
    case v1::Spec::STATE_WITHDRAWN:
    case v1::Spec::STATE_SUPERSEDED:
      return v1::Spec::STAGE_DECISION;
    default:
      return v1::Spec::STAGE_UNSPECIFIED;
  }
}

v1::Spec::State ParseState(const std::string& name) {
  std::string upper = name;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  v1::Spec::State state = v1::Spec::STATE_UNSPECIFIED;
  if (v1::Spec::State_Parse("STATE_" + upper, &state)) return state;
  return v1::Spec::STATE_UNSPECIFIED;
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp out;
  int64_t seconds = micros / 1000000;
  int64_t rest = micros % 1000000;
  if (rest < 0) {
    rest += 1000000;
    --seconds;
  }
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(rest * 1000));
  return out;
}

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return absl::InfinitePast();
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

}  // namespace gavel
