// One command's reading and writing inside a group commit. Reads see everything committed and every
// earlier command of the same group; writes become durable together with the group or not at all.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/command/entity.h"
#include "engine/base/status_macros.h"
#include "engine/store/rows.h"
#include "engine/store/view.h"
#include "gavel/v1/audit.pb.h"
#include "gavel/v1/backtest.pb.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/policy.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

// What the earlier commands of a group wrote: the newest rows, not yet durable.
struct Overlay {
  std::map<std::string, store::EntityRow, std::less<>> entities;
  std::map<std::string, std::string, std::less<>> bodies;
  std::map<std::pair<std::string, std::string>, std::string> paths;
  // Timers by subject, then kind. A subject that is present hides the stored timers.
  std::map<std::string, std::map<std::string, store::TimerRow>, std::less<>> timers;
  std::map<std::string, store::ReviewCaseRow, std::less<>> review_cases;
};

// Single-threaded. A failed command throws its transaction away; nothing of it reaches the group.
class Transaction {
 public:
  // `view` and `earlier` must outlive the transaction. `now` is the command's time, already later
  // than every time in the log; its first event gets the number `first_seq`.
  Transaction(const store::View& view, const Overlay& earlier, int64_t first_seq, absl::Time now);

  absl::Time now() const { return now_; }
  // The number the next event would get.
  int64_t next_seq() const { return next_seq_; }
  const store::View& view() const { return view_; }

  // Current state with `etag`, `version` and sequence numbers filled in; nothing when unknown.
  absl::StatusOr<std::optional<v1::Spec>> FindSpec(std::string_view key) const;
  absl::StatusOr<std::optional<v1::Meeting>> FindMeeting(std::string_view id) const;
  // Empty records where nothing was ever recorded.
  absl::StatusOr<v1::Planning> Planning(std::string_view area) const;
  absl::StatusOr<v1::PersonRecord> Person(std::string_view person) const;
  // What is remembered of a rule; an empty record where nothing is.
  absl::StatusOr<v1::RuleRecord> Rule(std::string_view rule) const;
  // The policy published last; nothing in an empty store.
  absl::StatusOr<std::optional<v1::PolicyPublished>> Policy() const;
  // The approvals of a source that is not in force: `source_hash`, `parent`, `approvers`.
  absl::StatusOr<v1::PolicyVersion> Proposal(std::string_view source_hash) const;

  // Specs of an area (empty: all) in the given states, oldest first. O(specs in those states).
  absl::StatusOr<std::vector<v1::Spec>> Specs(std::string_view area,
                                              const std::vector<v1::Spec::State>& states) const;
  // Specs that wait for somebody: whose attention set is not empty. Those that have waited longest
  // come first. O(those), however many have been decided.
  absl::StatusOr<std::vector<v1::Spec>> WaitingSpecs(std::string_view area) const;
  // Meetings of an area that start in [from, to), by start.
  absl::StatusOr<std::vector<v1::Meeting>> Meetings(std::string_view area, absl::Time from,
                                                    absl::Time to) const;
  // Reviews that ended in [from, to), oldest first. O(those).
  absl::StatusOr<std::vector<v1::ReviewEnd>> ReviewEnds(absl::Time from, absl::Time to) const;
  absl::StatusOr<std::optional<std::string>> Body(std::string_view content_hash) const;
  absl::StatusOr<std::optional<std::string>> SubjectAt(std::string_view repository,
                                                       std::string_view path) const;
  // Number of specs ever created in an area; the next key is one more.
  absl::StatusOr<int64_t> CountSpecs(std::string_view area) const;

  // The review case of a spec's subject; an empty one where it was never submitted.
  absl::StatusOr<v1::ReviewCase> ReviewCase(const std::string& subject) const;

  // Appends one event: numbers it, and folds it into every subject that it concerns (the spec, the
  // meeting it names, the area's planning, the person, the rule, how the review ended). `event`
  // needs `subject`, `actor` and its payload; `area`, `spec`, `meeting` where they apply.
  absl::Status Append(v1::Event event);

  void PutBody(std::string content_hash, std::string bytes);
  void PutPath(std::string repository, std::string path, std::string subject);
  void PutSearch(std::string subject, std::string title, std::string text);
  void PutReviewCase(const std::string& subject, const v1::ReviewCase& review);
  // Makes `timers` the only timers of `subject`: sets what is new or moved, cancels the rest.
  absl::Status ReplaceTimers(const std::string& subject,
                             const std::map<std::string, absl::Time>& timers);

  // The timers of a subject, by kind.
  absl::StatusOr<std::map<std::string, store::TimerRow>> TimersOf(const std::string& subject) const;

  // Subjects changed so far, in the order of their first change.
  const std::vector<std::string>& changed() const { return changed_; }
  // True where nothing was written: timers or bodies alone count as well.
  bool empty() const;

  // The rows of this command; `idempotency` is the committer's to fill. Ends the transaction.
  store::CommandRows TakeRows();
  // Adds what this transaction wrote to `overlay`; works before and after TakeRows.
  void MergeInto(Overlay& overlay) const;

 private:
  absl::StatusOr<std::optional<store::EntityRow>> FindRow(std::string_view subject) const;
  // The decoded body of a subject; the default message where it has no row.
  template <typename Message>
  absl::StatusOr<Message> Decode(const std::string& subject) const {
    GAVEL_ASSIGN_OR_RETURN(const auto row, FindRow(subject));
    if (!row.has_value()) return Message();
    return ParseRow<Message>(*row);
  }
  // Every entity of a kind that `wanted` selects, this group's changes included.
  absl::StatusOr<std::vector<store::EntityRow>> Rows(
      std::vector<store::EntityRow> stored,
      const std::function<bool(const store::EntityRow&)>& wanted) const;

  // Entities of a kind on its time line in [from, to), by time, then subject.
  absl::StatusOr<std::vector<store::EntityRow>> RowsBetween(std::string_view kind,
                                                            std::string_view area, absl::Time from,
                                                            absl::Time to) const;

  absl::Status FoldOwnSubject(v1::Event& event);
  absl::Status FoldOtherSubjects(const v1::Event& event);
  absl::Status FoldReviewEnd(const v1::Event& event);
  absl::Status FoldRuleBehind(const v1::Event& event);
  absl::Status FoldEditors(const v1::PolicyVersion& version, const v1::Event& event);
  absl::Status WriteRow(const v1::Event& event, const std::string& subject, std::string_view kind,
                        std::string area, std::string state, int64_t sort_us, std::string body);
  const store::View& view_;
  const Overlay& earlier_;
  const int64_t first_seq_;
  const absl::Time now_;
  int64_t next_seq_;
  Overlay own_;
  std::vector<std::string> changed_;
  store::CommandRows rows_;
};

}  // namespace gavel::app
