#include "engine/store/sqlite/sqlite_view.h"

#include <set>

#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/store/page_limit.h"
#include "engine/store/search_words.h"
#include "engine/store/sqlite/entity_reader.h"
#include "engine/store/sqlite/statement_rows.h"

namespace gavel::store {
namespace {

constexpr char kSelectHeadSql[] = R"sql(
  SELECT log_id, head_seq, last_commit_us FROM log_head WHERE id = 1
)sql";

Head ReadHead(const Statement& row) {
  return {.log_id = row.Bytes(0), .seq = row.Int(1), .last_commit_us = row.Int(2)};
}

absl::StatusOr<Head> FindHead(Connection& connection) {
  GAVEL_ASSIGN_OR_RETURN(auto head, ReadOne(connection.Query(kSelectHeadSql), ReadHead));
  if (!head.has_value()) return StoreCorrupt("log_head is empty");
  return *std::move(head);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteView>> SqliteView::OfTransaction(Connection& connection) {
  GAVEL_ASSIGN_OR_RETURN(Head head, FindHead(connection));
  return std::unique_ptr<SqliteView>(new SqliteView(std::nullopt, connection, std::move(head)));
}

absl::StatusOr<std::unique_ptr<SqliteView>> SqliteView::OfSnapshot(ReaderPool::Lease reader) {
  Connection& connection = *reader;
  GAVEL_ASSIGN_OR_RETURN(Transaction transaction,
                         Transaction::Begin(connection, Transaction::Kind::kRead));
  GAVEL_ASSIGN_OR_RETURN(Head head, FindHead(connection));  // The first query fixes the snapshot.
  return std::unique_ptr<SqliteView>(new SqliteView(
      Snapshot{std::move(reader), std::move(transaction)}, connection, std::move(head)));
}

// Entities.

absl::StatusOr<std::optional<EntityRow>> SqliteView::Entity(std::string_view subject) const {
  return FindEntity(connection_, subject);
}

absl::StatusOr<std::vector<EntityRow>> SqliteView::Entities(const EntityQuery& query) const {
  return ListEntities(connection_, query);
}

absl::StatusOr<std::vector<EntityRow>> SqliteView::EntitiesBetween(std::string_view kind,
                                                                   std::string_view area,
                                                                   int64_t from_us, int64_t to_us,
                                                                   int limit) const {
  return ListEntitiesBetween(connection_, kind, area, from_us, to_us, limit);
}

absl::StatusOr<int64_t> SqliteView::CountEntities(std::string_view kind,
                                                  std::string_view area) const {
  return store::CountEntities(connection_, kind, area);
}

// Events.

static EventRow ReadEvent(const Statement& row) {
  return {.seq = row.Int(0),
          .command_seq = row.Int(1),
          .subject = row.Bytes(2),
          .subject_version = row.Int(3),
          .type = row.Bytes(4),
          .time_us = row.Int(5),
          .actor = row.Bytes(6),
          .payload = row.Bytes(7)};
}

constexpr char kSelectEventsAfterSql[] = R"sql(
  SELECT seq, command_seq, subject, subject_version, type, commit_us, actor, payload FROM event
  WHERE seq > ?1 ORDER BY seq LIMIT ?2
)sql";

absl::StatusOr<std::vector<EventRow>> SqliteView::EventsAfter(int64_t after_seq, int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  return ReadAll(connection_.Query(kSelectEventsAfterSql, after_seq, limit), ReadEvent);
}

// ?2 empty: every type.
constexpr char kSelectEventsOfSql[] = R"sql(
  SELECT seq, command_seq, subject, subject_version, type, commit_us, actor, payload FROM event
  WHERE subject = ?1 AND seq > ?3 AND (?2 = '' OR type = ?2) ORDER BY seq LIMIT ?4
)sql";

absl::StatusOr<std::vector<EventRow>> SqliteView::EventsOf(std::string_view subject,
                                                           std::string_view type, int64_t after_seq,
                                                           int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  return ReadAll(connection_.Query(kSelectEventsOfSql, subject, type, after_seq, limit), ReadEvent);
}

constexpr char kSelectLastVersionSql[] = R"sql(
  SELECT coalesce(
    (SELECT subject_version FROM event WHERE subject = ?1 ORDER BY seq DESC LIMIT 1), 0)
)sql";

absl::StatusOr<int64_t> SqliteView::LastVersion(std::string_view subject) const {
  return ReadInt(connection_.Query(kSelectLastVersionSql, subject));
}

// Documents: their bytes, their files, their words.

constexpr char kSelectBodySql[] = "SELECT bytes FROM body WHERE content_hash = ?1";

absl::StatusOr<std::optional<std::string>> SqliteView::Body(std::string_view content_hash) const {
  GAVEL_ASSIGN_OR_RETURN(auto bytes,
                         ReadOne(connection_.Query(kSelectBodySql, content_hash), ReadBytes));
  if (bytes.has_value() && Sha256Hex(*bytes) != content_hash) {
    return StoreCorrupt("body " + std::string(content_hash) + " does not match its content_hash");
  }
  return bytes;
}

constexpr char kSelectSubjectAtSql[] = R"sql(
  SELECT subject FROM path WHERE repository = ?1 AND path = ?2
)sql";

absl::StatusOr<std::optional<std::string>> SqliteView::SubjectAt(std::string_view repository,
                                                                 std::string_view path) const {
  return ReadOne(connection_.Query(kSelectSubjectAtSql, repository, path), ReadBytes);
}

// ?1 asks for every word anywhere, ?2 for every word in the title.
constexpr char kSearchSql[] = R"sql(
  SELECT search.subject FROM search_word JOIN search ON search.id = search_word.rowid
  WHERE search_word MATCH ?1
  ORDER BY search.id IN (SELECT rowid FROM search_word WHERE search_word MATCH ?2) DESC,
           search.update_seq DESC, search.subject
  LIMIT ?3
)sql";

// An FTS5 query for all of `words`, which are letters and digits: quotes make them plain strings.
static std::string MatchAll(const std::set<std::string>& words) {
  std::string match;
  for (const std::string& word : words) {
    if (!match.empty()) match += " AND ";
    match += '"' + word + '"';
  }
  return match;
}

absl::StatusOr<std::vector<std::string>> SqliteView::Search(const std::vector<std::string>& words,
                                                            int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  GAVEL_ASSIGN_OR_RETURN(const std::set<std::string> wanted, QueryWords(words));
  if (wanted.empty()) return std::vector<std::string>();
  const std::string anywhere = MatchAll(wanted);
  const std::string in_title = "title : (" + anywhere + ")";
  return ReadAll(connection_.Query(kSearchSql, anywhere, in_title, limit), ReadBytes);
}

// Idempotency.

static IdempotencyRow ReadIdempotency(const Statement& row) {
  return {.principal = row.Bytes(0),
          .method = row.Bytes(1),
          .request_id = row.Bytes(2),
          .fingerprint = row.Bytes(3),
          .first_seq = row.Int(4),
          .response = row.Bytes(5),
          .expires_us = row.Int(6)};
}

constexpr char kSelectIdempotencySql[] = R"sql(
  SELECT principal, method, request_id, fingerprint, first_seq, response, expires_us
  FROM idempotency
  WHERE principal = ?1 AND method = ?2 AND request_id = ?3 AND expires_us > ?4
)sql";

absl::StatusOr<std::optional<IdempotencyRow>> SqliteView::Idempotency(
    std::string_view principal, std::string_view method, std::string_view request_id) const {
  return ReadOne(
      connection_.Query(kSelectIdempotencySql, principal, method, request_id, head_.last_commit_us),
      ReadIdempotency);
}

// Timers.

static TimerRow ReadTimer(const Statement& row) {
  return {.subject = row.Bytes(0),
          .kind = row.Bytes(1),
          .due_us = row.Int(2),
          .generation = row.Int(3)};
}

constexpr char kSelectDueTimersSql[] = R"sql(
  SELECT subject, kind, due_us, generation FROM timer
  WHERE due_us <= ?1 ORDER BY due_us, subject, kind LIMIT ?2
)sql";

absl::StatusOr<std::vector<TimerRow>> SqliteView::DueTimers(int64_t now_us, int limit) const {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  return ReadAll(connection_.Query(kSelectDueTimersSql, now_us, limit), ReadTimer);
}

constexpr char kSelectTimersOfSql[] = R"sql(
  SELECT subject, kind, due_us, generation FROM timer WHERE subject = ?1 ORDER BY kind
)sql";

absl::StatusOr<std::vector<TimerRow>> SqliteView::TimersOf(std::string_view subject) const {
  return ReadAll(connection_.Query(kSelectTimersOfSql, subject), ReadTimer);
}

constexpr char kSelectNextTimerSql[] = "SELECT due_us FROM timer ORDER BY due_us LIMIT 1";

absl::StatusOr<std::optional<int64_t>> SqliteView::NextTimer() const {
  return ReadOne<int64_t>(connection_.Query(kSelectNextTimerSql),
                          [](const Statement& row) { return row.Int(0); });
}

constexpr char kCountTimersSql[] = "SELECT count(*) FROM timer";

absl::StatusOr<int64_t> SqliteView::CountTimers() const {
  return ReadInt(connection_.Query(kCountTimersSql));
}

// Review cases.

static ReviewCaseRow ReadReviewCase(const Statement& row) {
  return {.subject = row.Bytes(0),
          .submitted_day = static_cast<int32_t>(row.Int(1)),
          .body = row.Bytes(2)};
}

constexpr char kSelectReviewCaseSql[] = R"sql(
  SELECT subject, submitted_day, body FROM review_case WHERE subject = ?1
)sql";

absl::StatusOr<std::optional<ReviewCaseRow>> SqliteView::ReviewCase(
    std::string_view subject) const {
  return ReadOne(connection_.Query(kSelectReviewCaseSql, subject), ReadReviewCase);
}

// Each page is a query of its own, so that the budget of processor time is one page's.
constexpr int kCasePage = 4096;

// No index on the day: most scans want most rows, and those in the order of the table.
constexpr char kScanReviewCasesSql[] = R"sql(
  SELECT id, submitted_day, body FROM review_case WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";

absl::Status SqliteView::ScanReviewCases(int32_t since_day, int32_t until_day,
                                         VisitCase visit) const {
  int64_t last_id = 0;
  for (int rows = kCasePage; rows == kCasePage;) {
    Statement page = connection_.Query(kScanReviewCasesSql, last_id, kCasePage);
    for (rows = 0; rows < kCasePage; ++rows) {
      GAVEL_ASSIGN_OR_RETURN(const bool found, page.Next());
      if (!found) break;
      last_id = page.Int(0);
      const int64_t day = page.Int(1);
      if (day >= since_day && day <= until_day) GAVEL_RETURN_IF_ERROR(visit(page.Peek(2)));
    }
  }
  return absl::OkStatus();
}

}  // namespace gavel::store
