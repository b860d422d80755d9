#include "engine/store/sqlite/entity_reader.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/store/page_limit.h"
#include "engine/store/sqlite/statement_rows.h"

namespace gavel::store {
namespace {

EntityRow ReadEntity(const Statement& row) {
  return {.subject = row.Bytes(0),
          .kind = row.Bytes(1),
          .area = row.Bytes(2),
          .state = row.Bytes(3),
          .sort_us = row.Int(4),
          .version = row.Int(5),
          .create_seq = row.Int(6),
          .update_seq = row.Int(7),
          .body = row.Bytes(8),
          .row_hash = row.Bytes(9)};
}

// SQLite has no page checksums: this is what notices a damaged body.
absl::Status CheckHash(const EntityRow& row) {
  if (Sha256(row.body) == row.row_hash) return absl::OkStatus();
  return StoreCorrupt(row.subject + " does not match its row_hash");
}

// What a page consists of, before its bodies are read. Ordered by `create_seq`.
struct PageKey {
  int64_t create_seq;
  int64_t id;
  bool operator<(const PageKey& other) const { return create_seq < other.create_seq; }
};

PageKey ReadPageKey(const Statement& row) { return {row.Int(0), row.Int(1)}; }

constexpr char kSelectKeysSql[] = R"sql(
  SELECT create_seq, id FROM entity
  WHERE kind = ?1 AND create_seq > ?2 ORDER BY create_seq LIMIT ?3
)sql";

constexpr char kSelectKeysInAreaSql[] = R"sql(
  SELECT create_seq, id FROM entity
  WHERE kind = ?1 AND create_seq > ?2 AND area = ?4 ORDER BY create_seq LIMIT ?3
)sql";

// ?4 empty: every area. Answered by the index alone.
constexpr char kSelectKeysInStateSql[] = R"sql(
  SELECT create_seq, id FROM entity
  WHERE kind = ?1 AND create_seq > ?2 AND state = ?5 AND (?4 = '' OR area = ?4)
  ORDER BY create_seq LIMIT ?3
)sql";

// The keys of one page. Several states are read one by one and merged: each is a short range of an
// index, where one query for all of them would sort everything in these states.
absl::StatusOr<std::vector<PageKey>> ListKeys(Connection& database, const EntityQuery& query) {
  const auto& [kind, area, states, after, limit] = query;
  if (states.empty() && area.empty()) {
    return ReadAll(database.Query(kSelectKeysSql, kind, after, limit), ReadPageKey);
  }
  if (states.empty()) {
    return ReadAll(database.Query(kSelectKeysInAreaSql, kind, after, limit, area), ReadPageKey);
  }
  std::vector<PageKey> keys;
  for (const std::string& state : std::set(states.begin(), states.end())) {
    GAVEL_ASSIGN_OR_RETURN(const auto found, ReadAll(database.Query(kSelectKeysInStateSql, kind,
                                                                    after, limit, area, state),
                                                     ReadPageKey));
    keys.insert(keys.end(), found.begin(), found.end());
  }
  std::sort(keys.begin(), keys.end());
  keys.resize(std::min(keys.size(), static_cast<size_t>(limit)));
  return keys;
}

constexpr char kSelectEntityByIdSql[] = R"sql(
  SELECT subject, kind, area, state, sort_us, version, create_seq, update_seq, body, row_hash
  FROM entity WHERE id = ?1
)sql";

absl::StatusOr<EntityRow> ReadById(Connection& database, int64_t id) {
  GAVEL_ASSIGN_OR_RETURN(auto row, ReadOne(database.Query(kSelectEntityByIdSql, id), ReadEntity));
  if (!row.has_value()) return StoreCorrupt("an index of entity names a row that is not there");
  GAVEL_RETURN_IF_ERROR(CheckHash(*row));
  return *std::move(row);
}

}  // namespace

constexpr char kSelectEntitySql[] = R"sql(
  SELECT subject, kind, area, state, sort_us, version, create_seq, update_seq, body, row_hash
  FROM entity WHERE subject = ?1
)sql";

absl::StatusOr<std::optional<EntityRow>> FindEntity(Connection& database,
                                                    std::string_view subject) {
  GAVEL_ASSIGN_OR_RETURN(auto row, ReadOne(database.Query(kSelectEntitySql, subject), ReadEntity));
  if (row.has_value()) GAVEL_RETURN_IF_ERROR(CheckHash(*row));
  return row;
}

absl::StatusOr<std::vector<EntityRow>> ListEntities(Connection& database,
                                                    const EntityQuery& query) {
  GAVEL_RETURN_IF_ERROR(CheckLimit(query.limit, kMaxEntities));
  GAVEL_ASSIGN_OR_RETURN(const std::vector<PageKey> keys, ListKeys(database, query));
  std::vector<EntityRow> rows;
  rows.reserve(keys.size());
  for (const PageKey& key : keys) {
    GAVEL_ASSIGN_OR_RETURN(EntityRow row, ReadById(database, key.id));
    rows.push_back(std::move(row));
  }
  return rows;
}

// "sort_us <> 0" is what lets SQLite use the partial index.
constexpr char kSelectEntitiesBetweenSql[] = R"sql(
  SELECT subject, kind, area, state, sort_us, version, create_seq, update_seq, body, row_hash
  FROM entity
  WHERE kind = ?1 AND sort_us <> 0 AND sort_us >= ?3 AND sort_us < ?4 AND (?2 = '' OR area = ?2)
  ORDER BY sort_us, subject LIMIT ?5
)sql";

absl::StatusOr<std::vector<EntityRow>> ListEntitiesBetween(Connection& database,
                                                           std::string_view kind,
                                                           std::string_view area, int64_t from_us,
                                                           int64_t to_us, int limit) {
  GAVEL_RETURN_IF_ERROR(CheckLimit(limit, kMaxRows));
  GAVEL_ASSIGN_OR_RETURN(auto rows, ReadAll(database.Query(kSelectEntitiesBetweenSql, kind, area,
                                                           from_us, to_us, limit),
                                            ReadEntity));
  for (const EntityRow& row : rows) GAVEL_RETURN_IF_ERROR(CheckHash(row));
  return rows;
}

constexpr char kCountEntitiesSql[] = R"sql(
  SELECT coalesce(sum(count), 0) FROM entity_count WHERE kind = ?1 AND (?2 = '' OR area = ?2)
)sql";

absl::StatusOr<int64_t> CountEntities(Connection& database, std::string_view kind,
                                      std::string_view area) {
  return ReadInt(database.Query(kCountEntitiesSql, kind, area));
}

}  // namespace gavel::store
