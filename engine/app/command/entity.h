// Reading entities: from a stored row to the message that clients see.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/domain/organisation.h"
#include "engine/store/rows.h"
#include "engine/store/view.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

std::string SpecSubject(std::string_view key);
std::string MeetingSubject(std::string_view id);
std::string PlanningSubject(std::string_view area);
std::string PersonSubject(std::string_view person);
std::string RuleSubject(std::string_view rule);
// `end` is a decision's id, or the number of the event that withdrew the spec.
std::string ReviewEndSubject(std::string_view key, std::string_view end);
std::string ProposalSubject(std::string_view source_hash);
inline constexpr std::string_view kPolicySubject = "policy";

// Guards writes: `"<version>-<8 hex of row_hash>"`, quotes included (durability.md 2.5).
std::string EtagOf(const store::EntityRow& row);

absl::Status UnreadableRow(const store::EntityRow& row);

// The message in a row's body. DATA_LOSS `STORE_CORRUPT` when it does not parse.
template <typename Message>
absl::StatusOr<Message> ParseRow(const store::EntityRow& row) {
  Message message;
  if (!message.ParseFromString(row.body)) return UnreadableRow(row);
  return message;
}

// The message with `etag` filled in. DATA_LOSS `STORE_CORRUPT` when the body does not parse.
absl::StatusOr<v1::Spec> SpecFromRow(const store::EntityRow& row);
absl::StatusOr<v1::Meeting> MeetingFromRow(const store::EntityRow& row);

// Straight from a view. NOT_FOUND `SPEC_NOT_FOUND` or `MEETING_NOT_FOUND`.
absl::StatusOr<v1::Spec> ReadSpec(const store::View& view, std::string_view key);
absl::StatusOr<v1::Meeting> ReadMeeting(const store::View& view, std::string_view id);

absl::Status SpecNotFound(std::string_view key);
absl::Status MeetingNotFound(std::string_view id);
absl::Status AreaNotFound(std::string_view id);

// Of an area that narrows a list: NOT_FOUND `AREA_NOT_FOUND` unless it is empty or there.
absl::Status CheckArea(const Organisation& organisation, std::string_view id);

}  // namespace gavel::app
