// Reading entities: by subject, in pages of creation order, and by time. Checks each row's hash.
// Semantics and errors: engine/store/view.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store/rows.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/view.h"

namespace gavel::store {

absl::StatusOr<std::optional<EntityRow>> FindEntity(Connection& database, std::string_view subject);

absl::StatusOr<std::vector<EntityRow>> ListEntities(Connection& database, const EntityQuery& query);

absl::StatusOr<std::vector<EntityRow>> ListEntitiesBetween(Connection& database,
                                                           std::string_view kind,
                                                           std::string_view area, int64_t from_us,
                                                           int64_t to_us, int limit);

absl::StatusOr<int64_t> CountEntities(Connection& database, std::string_view kind,
                                      std::string_view area);

}  // namespace gavel::store
