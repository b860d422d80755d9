#include "engine/store/sqlite/group_writer.h"

#include <set>
#include <string>

#include "engine/base/status_macros.h"
#include "engine/store/search_words.h"
#include "engine/store/sqlite/statement_rows.h"
#include "engine/store/store_error.h"
#include "fmt/format.h"

namespace gavel::store {

constexpr char kUpdateHeadSql[] = R"sql(
  UPDATE log_head SET head_seq = ?1, last_commit_us = ?2 WHERE id = 1
)sql";

absl::Status GroupWriter::Write(const Group& group, const Head& after) {
  for (const CommandRows& command : group.commands) GAVEL_RETURN_IF_ERROR(WriteCommand(command));
  GAVEL_RETURN_IF_ERROR(DeleteExpired());
  return database_.Run(kUpdateHeadSql, after.seq, after.last_commit_us);
}

absl::Status GroupWriter::WriteCommand(const CommandRows& command) {
  for (const EventRow& row : command.events) GAVEL_RETURN_IF_ERROR(InsertEvent(row));
  for (const EntityRow& row : command.entities) GAVEL_RETURN_IF_ERROR(PutEntity(row));
  for (const BodyRow& row : command.bodies) GAVEL_RETURN_IF_ERROR(PutBody(row));
  for (const PathRow& row : command.paths) GAVEL_RETURN_IF_ERROR(PutPath(row));
  for (const SearchRow& row : command.searches) GAVEL_RETURN_IF_ERROR(PutSearch(row));
  for (const TimerRow& row : command.timers_set) GAVEL_RETURN_IF_ERROR(PutTimer(row));
  for (const TimerKey& key : command.timers_cancelled) GAVEL_RETURN_IF_ERROR(CancelTimer(key));
  for (const ReviewCaseRow& row : command.review_cases) GAVEL_RETURN_IF_ERROR(PutReviewCase(row));
  return command.idempotency.has_value() ? PutIdempotency(*command.idempotency) : absl::OkStatus();
}

constexpr char kInsertEventSql[] = R"sql(
  INSERT INTO event (seq, command_seq, subject, subject_version, type, commit_us, actor, payload)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
)sql";

absl::Status GroupWriter::InsertEvent(const EventRow& row) {
  seq_ = row.seq;
  return database_.Run(kInsertEventSql, row.seq, row.command_seq, row.subject, row.subject_version,
                       row.type, row.time_us, row.actor, Blob{row.payload});
}

// Where an entity stands in the indexes.
struct Placement {
  int64_t id;
  std::string kind;
  std::string area;
  std::string state;
  int64_t sort_us;
  int64_t create_seq;
};

static Placement ReadPlacement(const Statement& row) {
  return {row.Int(0), row.Bytes(1), row.Bytes(2), row.Bytes(3), row.Int(4), row.Int(5)};
}

constexpr char kSelectPlacementSql[] = R"sql(
  SELECT id, kind, area, state, sort_us, create_seq FROM entity WHERE subject = ?1
)sql";

// Most commands leave an entity where it stands; then no index is touched.
constexpr char kUpdateEntitySql[] = R"sql(
  UPDATE entity SET version = ?2, update_seq = ?3, body = ?4, row_hash = ?5 WHERE id = ?1
)sql";

constexpr char kMoveEntitySql[] = R"sql(
  UPDATE entity SET version = ?2, update_seq = ?3, body = ?4, row_hash = ?5,
                    area = ?6, state = ?7, sort_us = ?8
  WHERE id = ?1
)sql";

absl::Status GroupWriter::PutEntity(const EntityRow& row) {
  GAVEL_ASSIGN_OR_RETURN(const auto stored,
                         ReadOne(database_.Query(kSelectPlacementSql, row.subject), ReadPlacement));
  if (!stored.has_value()) return InsertEntity(row);
  if (stored->kind != row.kind || stored->create_seq != row.create_seq) {
    return StoreMisuse(fmt::format("kind or create_seq of {} changed", row.subject));
  }
  if (stored->area == row.area && stored->state == row.state && stored->sort_us == row.sort_us) {
    return database_.Run(kUpdateEntitySql, stored->id, row.version, row.update_seq, Blob{row.body},
                         Blob{row.row_hash});
  }
  GAVEL_RETURN_IF_ERROR(database_.Run(kMoveEntitySql, stored->id, row.version, row.update_seq,
                                      Blob{row.body}, Blob{row.row_hash}, row.area, row.state,
                                      row.sort_us));
  if (stored->area == row.area) return absl::OkStatus();
  EntityRow left = row;
  left.area = stored->area;
  GAVEL_RETURN_IF_ERROR(AddToCount(left, -1));
  return AddToCount(row, +1);
}

// A `create_seq` that another entity of the kind has breaks entity_by_creation: INTERNAL.
constexpr char kInsertEntitySql[] = R"sql(
  INSERT INTO entity (subject, kind, area, state, sort_us, version, create_seq, update_seq, body,
                      row_hash)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
)sql";

absl::Status GroupWriter::InsertEntity(const EntityRow& row) {
  GAVEL_RETURN_IF_ERROR(database_.Run(kInsertEntitySql, row.subject, row.kind, row.area, row.state,
                                      row.sort_us, row.version, row.create_seq, row.update_seq,
                                      Blob{row.body}, Blob{row.row_hash}));
  return AddToCount(row, +1);
}

constexpr char kAddToCountSql[] = R"sql(
  INSERT INTO entity_count (kind, area, count) VALUES (?1, ?2, ?3)
  ON CONFLICT (kind, area) DO UPDATE SET count = count + excluded.count
)sql";

absl::Status GroupWriter::AddToCount(const EntityRow& row, int64_t difference) {
  return database_.Run(kAddToCountSql, row.kind, row.area, difference);
}

constexpr char kInsertBodySql[] = R"sql(
  INSERT INTO body (content_hash, bytes) VALUES (?1, ?2) ON CONFLICT (content_hash) DO NOTHING
)sql";

absl::Status GroupWriter::PutBody(const BodyRow& row) {
  return database_.Run(kInsertBodySql, row.content_hash, Blob{row.bytes});
}

constexpr char kUpsertPathSql[] = R"sql(
  INSERT INTO path (repository, path, subject) VALUES (?1, ?2, ?3)
  ON CONFLICT (repository, path) DO UPDATE SET subject = excluded.subject
)sql";

absl::Status GroupWriter::PutPath(const PathRow& row) {
  return database_.Run(kUpsertPathSql, row.repository, row.path, row.subject);
}

constexpr char kUpsertSearchSql[] = R"sql(
  INSERT INTO search (subject, update_seq) VALUES (?1, ?2)
  ON CONFLICT (subject) DO UPDATE SET update_seq = excluded.update_seq
  RETURNING id
)sql";

constexpr char kReplaceSearchWordSql[] = R"sql(
  INSERT OR REPLACE INTO search_word (rowid, title, text) VALUES (?1, ?2, ?3)
)sql";

absl::Status GroupWriter::PutSearch(const SearchRow& row) {
  GAVEL_ASSIGN_OR_RETURN(const int64_t id,
                         ReadInt(database_.Query(kUpsertSearchSql, row.subject, seq_)));
  const std::string title = fmt::format("{}", fmt::join(SearchWords(row.title), " "));
  const std::string text = fmt::format("{}", fmt::join(SearchWords(row.text), " "));
  return database_.Run(kReplaceSearchWordSql, id, title, text);
}

constexpr char kUpsertTimerSql[] = R"sql(
  INSERT INTO timer (subject, kind, due_us, generation) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (subject, kind) DO UPDATE SET due_us = excluded.due_us,
                                            generation = excluded.generation
)sql";

absl::Status GroupWriter::PutTimer(const TimerRow& row) {
  return database_.Run(kUpsertTimerSql, row.subject, row.kind, row.due_us, row.generation);
}

constexpr char kDeleteTimerSql[] = "DELETE FROM timer WHERE subject = ?1 AND kind = ?2";

absl::Status GroupWriter::CancelTimer(const TimerKey& key) {
  return database_.Run(kDeleteTimerSql, key.subject, key.kind);
}

constexpr char kUpsertReviewCaseSql[] = R"sql(
  INSERT INTO review_case (subject, submitted_day, body) VALUES (?1, ?2, ?3)
  ON CONFLICT (subject) DO UPDATE SET body = excluded.body
  WHERE submitted_day = excluded.submitted_day
)sql";

absl::Status GroupWriter::PutReviewCase(const ReviewCaseRow& row) {
  GAVEL_RETURN_IF_ERROR(
      database_.Run(kUpsertReviewCaseSql, row.subject, row.submitted_day, Blob{row.body}));
  if (database_.changes() == 1) return absl::OkStatus();
  return StoreMisuse(fmt::format("submitted_day of {} changed", row.subject));
}

// Replaces an answer that has expired (?8), and nothing else.
constexpr char kInsertIdempotencySql[] = R"sql(
  INSERT INTO idempotency (principal, method, request_id, fingerprint, first_seq, response,
                           expires_us)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
  ON CONFLICT (principal, method, request_id) DO UPDATE
  SET fingerprint = excluded.fingerprint, first_seq = excluded.first_seq,
      response = excluded.response, expires_us = excluded.expires_us
  WHERE idempotency.expires_us <= ?8
)sql";

absl::Status GroupWriter::PutIdempotency(const IdempotencyRow& row) {
  GAVEL_RETURN_IF_ERROR(database_.Run(kInsertIdempotencySql, row.principal, row.method,
                                      row.request_id, Blob{row.fingerprint}, row.first_seq,
                                      Blob{row.response}, row.expires_us, expired_us_));
  if (database_.changes() == 1) return absl::OkStatus();
  return StoreMisuse(
      fmt::format("request {} of {} is answered already", row.request_id, row.principal));
}

// More per group than a group can add, so that the table stays as long as seven days are; few
// enough that a long pause is not paid for by one commit.
constexpr char kDeleteExpiredSql[] = R"sql(
  DELETE FROM idempotency WHERE id IN (
    SELECT id FROM idempotency WHERE expires_us <= ?1 ORDER BY expires_us LIMIT 512)
)sql";

absl::Status GroupWriter::DeleteExpired() { return database_.Run(kDeleteExpiredSql, expired_us_); }

}  // namespace gavel::store
