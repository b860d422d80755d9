#include "engine/store/memory/check_group.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/store/store_error.h"
#include "fmt/format.h"

namespace gavel::store {
namespace {

using Creation = std::pair<std::string, int64_t>;  // (kind, create_seq).

// The state, and what the rows looked at so far would add to it.
class Checker {
 public:
  Checker(const MemoryState& state, const Head& head) : state_(state), head_(head) {}

  absl::Status Check(const CommandRows& command) {
    for (const EntityRow& row : command.entities) GAVEL_RETURN_IF_ERROR(CheckEntity(row));
    for (const ReviewCaseRow& row : command.review_cases) GAVEL_RETURN_IF_ERROR(CheckCase(row));
    if (!command.idempotency.has_value()) return absl::OkStatus();
    return CheckAnswer(*command.idempotency);
  }

 private:
  absl::Status CheckEntity(const EntityRow& row) {
    const Creation creation(row.kind, row.create_seq);
    const auto stored = state_.entities.find(row.subject);
    const Creation first = stored == state_.entities.end()
                               ? created_.try_emplace(row.subject, creation).first->second
                               : Creation(stored->second->kind, stored->second->create_seq);
    if (first != creation) {
      return StoreMisuse(fmt::format("kind or create_seq of {} changed", row.subject));
    }
    const auto known = state_.creation_order.find(creation);
    const std::string& owner = known == state_.creation_order.end()
                                   ? owners_.try_emplace(creation, row.subject).first->second
                                   : known->second;
    if (owner == row.subject) return absl::OkStatus();
    return StoreMisuse(
        fmt::format("{} and {} share create_seq {}", owner, row.subject, row.create_seq));
  }

  absl::Status CheckAnswer(const IdempotencyRow& row) {
    const std::tuple key(row.principal, row.method, row.request_id);
    const auto stored = state_.idempotency.find(key);
    const bool kept =
        stored != state_.idempotency.end() && stored->second->expires_us > head_.last_commit_us;
    if (answered_.insert(key).second && !kept) return absl::OkStatus();
    return StoreMisuse(
        fmt::format("request {} of {} is answered already", row.request_id, row.principal));
  }

  absl::Status CheckCase(const ReviewCaseRow& row) {
    const auto stored = state_.review_case_of.find(row.subject);
    const int32_t day = stored == state_.review_case_of.end()
                            ? days_.try_emplace(row.subject, row.submitted_day).first->second
                            : state_.review_cases[stored->second]->submitted_day;
    if (day == row.submitted_day) return absl::OkStatus();
    return StoreMisuse(fmt::format("submitted_day of {} changed", row.subject));
  }

  const MemoryState& state_;
  const Head& head_;
  std::map<std::string, Creation> created_;                               // By subject.
  std::map<Creation, std::string> owners_;                                // Subjects.
  std::set<std::tuple<std::string, std::string, std::string>> answered_;  // Requests.
  std::map<std::string, int32_t> days_;                                   // By subject.
};

}  // namespace

absl::Status CheckGroup(const MemoryState& state, const Head& head, const Group& group) {
  Checker checker(state, head);
  for (const CommandRows& command : group.commands) GAVEL_RETURN_IF_ERROR(checker.Check(command));
  return absl::OkStatus();
}

}  // namespace gavel::store
