#include "engine/app/command/entity.h"

#include "absl/strings/escaping.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

template <typename Message>
absl::StatusOr<Message> ParseGuarded(const store::EntityRow& row) {
  GAVEL_ASSIGN_OR_RETURN(Message message, ParseRow<Message>(row));
  message.set_etag(EtagOf(row));
  return message;
}

}  // namespace

std::string SpecSubject(std::string_view key) { return fmt::format("specs/{}", key); }
std::string MeetingSubject(std::string_view id) { return fmt::format("meetings/{}", id); }
std::string PlanningSubject(std::string_view area) { return fmt::format("areas/{}", area); }
std::string PersonSubject(std::string_view person) { return fmt::format("people/{}", person); }
std::string RuleSubject(std::string_view rule) { return fmt::format("rules/{}", rule); }
std::string ReviewEndSubject(std::string_view key, std::string_view end) {
  return fmt::format("review-ends/{}/{}", key, end);
}
std::string ProposalSubject(std::string_view source_hash) {
  return fmt::format("proposals/{}", source_hash);
}

absl::Status UnreadableRow(const store::EntityRow& row) {
  return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                   fmt::format("The stored state of {} cannot be read.", row.subject),
                   {{"subject", row.subject}});
}

std::string EtagOf(const store::EntityRow& row) {
  return fmt::format("\"{}-{}\"", row.version, absl::BytesToHexString(row.row_hash).substr(0, 8));
}

absl::StatusOr<v1::Spec> SpecFromRow(const store::EntityRow& row) {
  return ParseGuarded<v1::Spec>(row);
}

absl::StatusOr<v1::Meeting> MeetingFromRow(const store::EntityRow& row) {
  return ParseGuarded<v1::Meeting>(row);
}

absl::StatusOr<v1::Spec> ReadSpec(const store::View& view, std::string_view key) {
  GAVEL_ASSIGN_OR_RETURN(const auto row, view.Entity(SpecSubject(key)));
  if (!row.has_value()) return SpecNotFound(key);
  return SpecFromRow(*row);
}

absl::StatusOr<v1::Meeting> ReadMeeting(const store::View& view, std::string_view id) {
  GAVEL_ASSIGN_OR_RETURN(const auto row, view.Entity(MeetingSubject(id)));
  if (!row.has_value()) return MeetingNotFound(id);
  return MeetingFromRow(*row);
}

absl::Status SpecNotFound(std::string_view key) {
  return MakeError(absl::StatusCode::kNotFound, "SPEC_NOT_FOUND",
                   fmt::format("There is no spec `{}`.", key), {{"spec", std::string(key)}});
}

absl::Status MeetingNotFound(std::string_view id) {
  return MakeError(absl::StatusCode::kNotFound, "MEETING_NOT_FOUND",
                   fmt::format("There is no meeting `{}`. Ids look like `2026-12-10-media`.", id),
                   {{"meeting", std::string(id)}});
}

absl::Status AreaNotFound(std::string_view id) {
  return MakeError(absl::StatusCode::kNotFound, "AREA_NOT_FOUND",
                   fmt::format("There is no area `{}`.", id), {{"area", std::string(id)}});
}

absl::Status CheckArea(const Organisation& organisation, std::string_view id) {
  const bool known = id.empty() || organisation.FindArea(id) != nullptr;
  return known ? absl::OkStatus() : AreaNotFound(id);
}

}  // namespace gavel::app
