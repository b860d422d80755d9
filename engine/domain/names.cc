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

std::string OutcomeText(v1::DecisionOutcome outcome) {
  return Words(v1::DecisionOutcome_Name(outcome), "DECISION_OUTCOME_");
}

std::string PositionText(v1::Position::Kind kind) {
  return Words(v1::Position::Kind_Name(kind), "KIND_");
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
